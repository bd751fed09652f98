"""Erasing what is personal: whose keys are destroyed, and what forbids it. Times, codes of things and counts stay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fristed.ground.act import Objection, Put, Verdict, add, amend
from fristed.ground.ids import Id
from fristed.ground.moments import Moment
from fristed.people.rules.words import not_on_list

GROUNDS = ("asked", "time_over")  # the person asked for it; the time for which records are kept is over


@dataclass(frozen=True, slots=True)
class Erasure:
    """Whose keys are destroyed together: `records` of one person, the `subjects` that hold keys, `holds` in force."""

    site: Id
    records: tuple[Id, ...]
    subjects: tuple[Id, ...]
    held_since: tuple[Moment, ...]
    gone: bool


def erase(thing: Id, now: Erasure, why: str, at: Moment) -> Verdict:
    """Destroys the keys. Cannot be undone. A legal hold forbids it, even late: it has not happened yet."""
    puts = tuple(amend("people_client", record, erased=at) for record in now.records)
    return Verdict(thing, puts + tuple(destroy(now.site, now.subjects, why, at))).but(
        not_on_list("why", why, GROUNDS),
        _held() if now.held_since else None,
        Objection("already_erased", "This was already erased.", recordable=False) if now.gone else None,
    )


def destroy(site: Id, subjects: Iterable[Id], why: str, at: Moment) -> Iterable[Put]:
    """A row for each key that is destroyed: putting it is what destroys the key."""
    return (add("ground_destroyedkey", subject, site_id=site, destroyed=at, why=why) for subject in subjects)


def hold(subject: Id, now: Erasure, id: Id, reason: str, at: Moment) -> Verdict:
    """A court or the law wants this kept: until released, it cannot be erased. Why is the tap's reason.

    Refused, even late, once it is erased: a hold on the list would tell a court that there is something to read.
    """
    verdict = Verdict(subject, (add("ground_hold", id, site_id=now.site, subject=subject, since=at),), subject=subject)
    needed = Objection("reason_needed", "Write who ordered the hold, and for what.", recordable=False)
    return verdict.but(_nothing_left() if now.gone else None, None if reason.strip() else needed)


def release(id: Id, subject: Id, released: Moment | None, at: Moment) -> Verdict:
    """The hold is over."""
    verdict = Verdict(id, (amend("ground_hold", id, released=at),), subject=subject)
    over = Objection("hold_released", "This hold was already released.", recordable=False)
    return verdict.but(over if released is not None else None)


def _nothing_left() -> Objection:
    sentence = "This was already erased, so nothing is left to hold. Tell whoever ordered the hold."
    return Objection("nothing_to_hold", sentence, recordable=False)


def _held() -> Objection:
    return Objection(
        "legal_hold",
        "A legal hold forbids this erasure. Release the hold first, when whoever ordered it says so.",
        recordable=False,
    )
