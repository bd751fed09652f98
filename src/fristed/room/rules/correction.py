"""A moment recorded wrong is set right as a new fact, between what must lie before it and what must lie after it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time as wall_time
from datetime import timedelta

from fristed.ground.act import LEAD, Objection, Put, Secret, Verdict, add, amend
from fristed.ground.ids import Id
from fristed.ground.moments import Moment, at_wall, local
from fristed.ground.notes import LINE, said
from fristed.room.rules.door import Visit

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?")
_ = str  # marks a sentence for the catalogues

MOMENTS = {
    "visit.came": ("room_visit", "came"),
    "visit.left": ("room_visit", "left"),
    "consumption.declared": ("room_consumption", "declared"),
    "consumption.started": ("room_consumption", "started"),
    "consumption.ended": ("room_consumption", "ended"),
    "stay.seated": ("room_stay", "seated"),
    "stay.freed": ("room_stay", "freed"),
    "emergency.raised": ("room_emergency", "raised"),
    "emergency.ended": ("room_emergency", "ended"),
    "step.at": ("room_step", "at"),
    "observation.at": ("room_observation", "at"),
}
COUNTED_ON = frozenset({"visit.came", "consumption.declared", "emergency.raised"})  # these decide the service day

TOO_EARLY: Mapping[str, str] = {
    "visit.came": _("That is before the person came, at {time}."),
    "consumption.declared": _("That is before the person said what they would use, at {time}."),
    "consumption.started": _("That is before the use, at {time}."),
    "stay.seated": _("That is before the person took the place, at {time}."),
    "stay.freed": _("That is before the person left the place, at {time}."),
    "consumption.ended": _("That is before the use was over, at {time}."),
    "emergency.raised": _("That is before the alarm, at {time}."),
    "step.at": _("That is before a step of this emergency, at {time}."),
}
TOO_LATE: Mapping[str, str] = {
    "visit.left": _("That is after the person left, at {time}."),
    "consumption.declared": _("That is after the person said what they would use, at {time}."),
    "consumption.started": _("That is after the use, at {time}."),
    "consumption.ended": _("That is after the use was over, at {time}."),
    "stay.seated": _("That is after the person took the place, at {time}."),
    "stay.freed": _("That is after the person left the place, at {time}."),
    "observation.at": _("That is after someone was observed, at {time}."),
    "emergency.ended": _("That is after the emergency ended, at {time}."),
    "step.at": _("That is after a step of this emergency, at {time}."),
}

ORDER = frozenset(
    {
        ("visit.came", "consumption.declared"),
        ("visit.came", "consumption.started"),
        ("visit.came", "stay.seated"),
        ("visit.came", "observation.at"),
        ("visit.came", "visit.left"),
        ("consumption.declared", "consumption.started"),
        ("consumption.started", "consumption.ended"),
        ("consumption.declared", "visit.left"),
        ("consumption.started", "visit.left"),
        ("consumption.ended", "visit.left"),
        ("stay.seated", "stay.freed"),
        ("stay.seated", "visit.left"),
        ("stay.freed", "visit.left"),
        ("emergency.raised", "step.at"),
        ("emergency.raised", "observation.at"),
        ("emergency.raised", "emergency.ended"),
        ("step.at", "emergency.ended"),
    }
)  # the first of each pair cannot lie after the second

Known = tuple[str, Moment]  # which moment, when


@dataclass(frozen=True, slots=True)
class Fix:
    """One moment to set right: of which thing, as it was, as it becomes, by whom, why."""

    id: Id
    site: Id
    moment: str
    thing: Id
    was: Moment
    becomes: Moment
    corrected: Moment
    worker: Id | None
    subject: Id
    why: str
    entry: Id | None = None


def correct(fix: Fix, around: Iterable[Known], follows: tuple[Put, ...], zone: str) -> Verdict:
    """The moment takes its new value; the old one is kept beside it. `follows`: what was recorded with it moves too."""
    table, column = MOMENTS[fix.moment]
    kept = add(
        "room_correction",
        fix.id,
        site_id=fix.site,
        thing=fix.thing,
        moment=fix.moment,
        was=fix.was,
        became=fix.becomes,
        corrected=fix.corrected,
        worker=fix.worker,
        entry=fix.entry,
        sealed=Secret(fix.subject, {"why": fix.why.strip()}),
    )
    puts = (amend(table, fix.thing, **{column: fix.becomes}), kept, *follows)
    verdict = Verdict(fix.thing, puts, subject=fix.subject).but(said(fix.why, LINE), _future(fix))
    return verdict.but(*(_out_of_order(fix, name, when, zone) for name, when in around))


def moment_at(clock: str, near: Moment, zone: str) -> Moment | None:
    """The moment nearest to another at which the zone's clocks show this; None when it is not a time."""
    if not _CLOCK.fullmatch(clock):
        return None
    shown = wall_time.fromisoformat(clock)
    day = local(near, zone).date()
    around = [at_wall(day + timedelta(days=d), shown, zone) for d in (-1, 0, 1)]
    return min(around, key=lambda moment: abs(moment - near))


def no_time(clock: str) -> Objection:
    """The objection to a text that is not a time."""
    sentence = "'{text}' is not a time. Write hours and minutes, such as 22:14."
    return Objection("not_a_time", sentence, recordable=False, values={"text": clock[:20]})


@dataclass(frozen=True, slots=True)
class Ended:
    """What ended with a visit: stays with the place (and whether someone else sits there now), watches, uses."""

    stays: tuple[tuple[Id, Id, bool], ...] = ()  # stay, place, taken
    watches: tuple[Id, ...] = ()
    uses: tuple[Id, ...] = ()


def come_back(visit: Visit, ended: Ended, *, today: bool, again: Id | None) -> Verdict:
    """The exit was a wrong tap: the visit goes on, with the watches and the place that ended with it.

    Whoever stopped waiting waits again from when they came. A place that is taken meanwhile is not taken back.
    """
    waiting = visit.outcome == "left_waiting"
    values: dict[str, str | int] = {"outcome": "waiting", "waiting": visit.came} if waiting else {}
    puts: list[Put] = [amend("room_visit", visit.id, left=None, exit="", **values)]
    for stay, place, taken in ended.stays:
        if not taken:
            puts += [amend("room_stay", stay, freed=None), amend("room_place", place, cleaning=None)]
    puts += [amend("room_watch", watch, ended=None, ended_how="") for watch in ended.watches]
    puts += [amend("room_consumption", use, ended=None) for use in ended.uses]
    verdict = Verdict(visit.id, tuple(puts), subject=visit.subject)
    return verdict.but(_still_here(visit), _turned_away(visit), _here_again(again), _long_gone(today))


def _out_of_order(fix: Fix, name: str, when: Moment, zone: str) -> Objection | None:
    values: dict[str, str | int] = {"time": f"{local(when, zone):%H:%M:%S}"}
    if (name, fix.moment) in ORDER and fix.becomes < when:
        return Objection("too_early", TOO_EARLY[name], values=values)
    if (fix.moment, name) in ORDER and fix.becomes > when:
        return Objection("too_late", TOO_LATE[name], values=values)
    return None


def _future(fix: Fix) -> Objection | None:
    return None if fix.becomes <= fix.corrected else Objection("in_the_future", "That has not happened yet.")


def _still_here(visit: Visit) -> Objection | None:
    return None if visit.left is not None else Objection("still_here", "This person has not left.")


def _turned_away(visit: Visit) -> Objection | None:
    if visit.outcome != "refused":
        return None
    return Objection("turned_away", "This person was not let in. Check them in as a new visit.")


def _here_again(again: Id | None) -> Objection | None:
    return None if again is None else Objection("already_here", "This person is already here again, with a new visit.")


def _long_gone(today: bool) -> Objection | None:
    sentence = "This visit was on another day. If the person is back, check them in as a new visit."
    return None if today else Objection("another_day", sentence, override_by=LEAD)
