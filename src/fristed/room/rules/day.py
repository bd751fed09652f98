"""The service day: what is checked before the door opens, how many staff are on, opening and closing.

A check or a number that nobody has set is said, never guessed. Closing a day ends nothing that is still open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from fristed.ground.act import LEAD, Objection, Put, Verdict, add, amend
from fristed.ground.ids import Id, derived_id
from fristed.ground.moments import Moment
from fristed.ground.notes import WORD, said

OPENING_ITEMS = ("oxygen", "aed", "bag_mask", "naloxone")
EXPIRING = frozenset({"naloxone"})

State = Literal["present", "missing", "expired", "undated", "unchecked"]


@dataclass(frozen=True, slots=True)
class Checked:
    """An item of the opening check as it was found. `expires` is an ISO date, or empty."""

    item: str
    found: str  # present, missing
    expires: str = ""
    at: Moment = 0


@dataclass(frozen=True, slots=True)
class DayNow:
    """A service day at this moment. `needed` None: nobody has set the minimum staff."""

    site: Id
    day: str
    exists: bool = False
    opened: Moment | None = None
    closed: Moment | None = None
    checks: Mapping[str, Checked] = field(default_factory=dict)
    staff: int = 0
    needed: int | None = None

    @property
    def id(self) -> Id:
        """The id of the day's row: follows from site and day."""
        return derived_id(self.site, f"day/{self.day}")

    @property
    def running(self) -> bool:
        return self.opened is not None and self.closed is None


def state_of(item: str, check: Checked | None, day: str) -> State:
    """How an item stands on a day. Expired, or present without its date where one is needed, is not there."""
    if check is None:
        return "unchecked"
    if check.found != "present":
        return "missing"
    if not check.expires:
        return "undated" if item in EXPIRING else "present"
    return "expired" if check.expires < day else "present"


def not_there(now: DayNow) -> tuple[str, ...]:
    """The items that do not hold today."""
    return tuple(i for i in OPENING_ITEMS if state_of(i, now.checks.get(i), now.day) != "present")


def check(now: DayNow, id: Id, found: Checked) -> Verdict:
    """Someone looked at one item. The newest look counts."""
    row = add(
        "room_openingcheck",
        id,
        site_id=now.site,
        day=now.day,
        item=found.item,
        found=found.found,
        expires=found.expires,
        at=found.at,
    )
    return Verdict(id, (row,)).but(said(found.item, WORD), _no_date(found.expires))


def open_day(now: DayNow, at: Moment) -> Verdict:
    """Admissions open. Kept as overridden when the check or the staff does not hold."""
    against = [o for o in (_unchecked(now), _short(now)) if o is not None]
    values = {"opened": now.opened or at, "closed": None, "overridden": at if against else None}
    row: Put = (
        amend("room_dayrecord", now.id, **values)
        if now.exists
        else add("room_dayrecord", now.id, site_id=now.site, day=now.day, **values)
    )
    return Verdict(now.id, (row,)).but(_already_open(now), _was_closed(now), *against)


def close_day(now: DayNow, at: Moment, still_open: Mapping[str, int]) -> Verdict:
    """The service day ends. What is still open is written down with it, and stays open."""
    left = " ".join(f"{what}={count}" for what, count in sorted(still_open.items()) if count)
    row: Put = (
        amend("room_dayrecord", now.id, closed=at, left_open=left)
        if now.exists
        else add("room_dayrecord", now.id, site_id=now.site, day=now.day, closed=at, left_open=left)
    )
    verdict = Verdict(now.id, (row,))
    return verdict if now.running else verdict.but(Objection("day_not_open", "This day is not open."))


def _no_date(text: str) -> Objection | None:
    try:
        whole = not text or date.fromisoformat(text).isoformat() == text
    except ValueError:
        whole = False
    if whole:
        return None
    sentence = "'{text}' is not a date. Write year, month and day as on the box, such as 2026-05-31."
    return Objection("not_a_date", sentence, recordable=False, values={"text": text[:WORD]})


def _unchecked(now: DayNow) -> Objection | None:
    absent = not_there(now)
    if not absent:
        return None
    sentence = "The opening check does not hold: {count} of {all} items are missing, expired or not looked at yet."
    values: dict[str, str | int] = {"count": len(absent), "all": len(OPENING_ITEMS)}
    return Objection("opening_check", sentence, override_by=LEAD, values=values)


def _short(now: DayNow) -> Objection | None:
    if now.needed is None:
        sentence = (
            "Nobody has set how many staff this room needs (minimum_staff: MUST SET). A lead opens with a reason."
        )
        return Objection("minimum_staff_unset", sentence, override_by=LEAD)
    if now.staff >= now.needed:
        return None
    sentence = "Too few staff on shift today: {staff} of {needed}."
    return Objection("minimum_staff", sentence, override_by=LEAD, values={"staff": now.staff, "needed": now.needed})


def _already_open(now: DayNow) -> Objection | None:
    return Objection("already_open", "The room is already open.") if now.running else None


def _was_closed(now: DayNow) -> Objection | None:
    if now.closed is None:
        return None
    return Objection("was_closed", "This day was closed. A lead may open it again with a reason.", override_by=LEAD)
