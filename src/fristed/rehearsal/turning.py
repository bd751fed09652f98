"""Stories of those who are not given a place: turned away at the door, or excluded and back too early."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from fristed.ground.act import NURSE, RECEPTION, ROOM_WORKER
from fristed.ground.ids import Id
from fristed.ground.moments import DAY, HOUR, local
from fristed.rehearsal.around import Door
from fristed.rehearsal.chance import exponential
from fristed.rehearsal.hands import Refused
from fristed.rehearsal.stage import Story

if TYPE_CHECKING:
    from fristed.rehearsal.life import Life

_THINKS_IT_OVER = 5.0  # minutes


def turned_away(life: Life, door: Door, day: date, n: int) -> Story:
    """Someone without a code comes for a place and is not admitted."""
    rule = life.chance.one_of(door.rules.parts, "turned away by", day, n)
    life.tap(RECEPTION, "room.turn_away", client=None, rule=rule, offered=_offer(life, door, day, n), route=life.route)
    yield from ()


def exclude(life: Life, door: Door, person: int, visit: Id, day: date, n: int) -> None:
    """A visit ends badly: it is written down, and the person may not come to a place for a time. They may try."""
    reason = life.chance.one_of(door.reasons.parts, "excluded for", day, n)
    days = max(1, round(door.days.value))
    life.tap(ROOM_WORKER, "room.report_incident", kind=reason, visit=visit)
    life.tap(NURSE, "people.exclude", client=life.client_of(person), reason=reason, number=days, unit="days")
    until = life.stage.now + days * DAY
    life.barred[person] = until
    tomorrow = local(life.stage.now, life.file.zone).date() + timedelta(days=1)
    opens, closes = life.file_opening(tomorrow)
    again = opens + round(exponential(life.chance.uniform("tries again", day, n), HOUR))
    if again < min(closes, until):
        life.stage.begin(again, _tries_again(life, door, person, day, n))


def _tries_again(life: Life, door: Door, person: int, day: date, n: int) -> Story:
    client = life.client_of(person)
    try:
        visit = life.tap(RECEPTION, "room.check_in", client=client, purpose="consume", route=life.route)
    except Refused:
        offered = _offer(life, door, day, n)
        life.tap(RECEPTION, "room.turn_away", client=client, rule="excluded", offered=offered, route=life.route)
        return
    yield life.after(_THINKS_IT_OVER)  # somebody has ended the exclusion
    life.tap(RECEPTION, "room.give_up", visit=visit)


def _offer(life: Life, door: Door, day: date, n: int) -> tuple[str, ...]:
    return (life.chance.one_of(door.offered.parts, "offered instead", day, n),)
