"""What a place on the board is at this moment, in one word; and what of a person must be seen first. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

State = Literal["free", "preparing", "consuming", "observed", "watch", "emergency", "cleaning", "closed", "contested"]

WATCHED = frozenset({"sedated", "after_naloxone"})  # a watch after plain use is no state of its own


def state(
    *,
    seated: bool,
    started: bool = False,
    ended: bool = False,
    watches: Iterable[str] = (),
    emergency: bool = False,
    contested: bool = False,
    cleaning: bool = False,
    closed: bool = False,
) -> State:
    """The place's state; what matters more comes first."""
    if emergency:
        return "emergency"
    if contested:
        return "contested"
    if not seated:
        return "closed" if closed else "cleaning" if cleaning else "free"
    if WATCHED.intersection(watches):
        return "watch"
    if ended:
        return "observed"
    return "consuming" if started else "preparing"


def flags(said: Sequence[Mapping[str, Any]], alerts: Iterable[str], *, first_visit: bool) -> tuple[str, ...]:
    """What raises the risk of this person at this use, what was said here before, in the order in which it matters.

    `said`: the answers at each use of this visit, newest last. Known risk factors: depressants, reduced tolerance
    (MSIC, 197 cases); what was answered "yes" at an earlier use still counts, for that use is still in the blood.
    """
    standing = tuple(dict.fromkeys(alerts))
    found: list[str] = [alert for alert in ("overdose_here", "allergy", "seizure") if alert in standing]
    found += [risk for risk in ("depressants", "tolerance") if any(one.get(risk) == "yes" for one in said)]
    found += ["first_visit"] if first_visit else []
    found += ["assisted"] if said and said[-1].get("assisted") == "yes" else []
    return tuple(found) + tuple(alert for alert in standing if alert in ("helper", "other"))
