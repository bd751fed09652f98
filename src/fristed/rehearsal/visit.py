"""The story of one visit: door, declaration, place, use, recovery, exit. Told through the acts of staff."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from fristed.ground.act import NURSE, RECEPTION, ROOM_WORKER
from fristed.ground.ids import Id, derived_id
from fristed.rehearsal.alarm import emergency
from fristed.rehearsal.checking import sample
from fristed.rehearsal.hands import Refused
from fristed.rehearsal.plan import Alarm, Coming, Use
from fristed.rehearsal.stage import Story, Wanted
from fristed.rehearsal.turning import exclude

if TYPE_CHECKING:
    from fristed.rehearsal.life import Life

_HANDS_OFF = 30.0  # minutes

Stretch = Generator[int | Wanted, int | None, bool]
"""A part of a story; answers whether the person is still in the house."""


def visit(life: Life, plan: Coming, *, registered: bool) -> Story:
    """Someone comes, with a code or without, and leaves again."""
    with _inside(life, plan, registered) as person:
        client = None if person is None else life.client_of(person)
        route = plan.uses[0].route if plan.uses else ""
        purpose = "consume" if plan.uses else "service"
        id = life.tap(RECEPTION, "room.check_in", client=client, purpose=purpose, route=route)
        here = yield from (_using(life, plan, id) if plan.uses else _service(life, plan, id))
        if not here:
            return
        _offers(life, plan, id)
        if _ends_badly(life, plan, person, id):
            _leave(life, id, "asked_to_leave")
        else:
            _leave(life, id, plan.exit)


def _ends_badly(life: Life, plan: Coming, person: int | None, visit: Id) -> bool:
    door, of = life.room.door, (plan.day, plan.number)
    if door is None or person is None or not life.chance.happens(door.excluded.value, "excluded", *of):
        return False
    exclude(life, door, person, visit, *of)
    return True


@contextmanager
def _inside(life: Life, plan: Coming, registered: bool) -> Iterator[int | None]:
    """Who it is, by number; nobody comes a second time while still here."""
    person = life.crowd.comes(plan.day, plan.number, life.away()) if registered else None
    life.inside += 1
    if person is not None:
        life.here.add(person)
    try:
        yield person
    finally:
        life.inside -= 1
        if person is not None:
            life.here.discard(person)


def _using(life: Life, plan: Coming, visit: Id) -> Stretch:
    yield life.after(plan.declaring)
    for use in plan.uses:
        here = yield from _use(life, plan, visit, use)
        if not here:
            return False
    late = plan.uses[-1].alarm
    return (yield from _recover(life, plan, visit, late if late and late.spot == "recovery" else None))


def _use(life: Life, plan: Coming, visit: Id, use: Use) -> Stretch:
    """One declaration and one stay, if a place comes free before patience runs out."""
    consumption = life.tap(
        RECEPTION, "room.declare", visit=visit, substances=(use.substance,), route=use.route, **use.answers
    )
    place = yield Wanted(use.route, life.patience(plan))
    if place is None:
        life.tap(RECEPTION, "room.give_up", visit=visit)
        return False
    try:
        return (yield from _at_the_place(life, visit, use, consumption, place))
    except Refused:  # someone else acted on this place or person: leave it to them for a while
        life.stage.begin(life.after(_HANDS_OFF), _wipe(life, place))
        raise


def _at_the_place(life: Life, visit: Id, use: Use, consumption: Id, place: int) -> Stretch:
    seated = life.stage.now
    stay = life.tap(ROOM_WORKER, "room.seat", visit=visit, place=place)
    yield seated + life.minutes(use.started)
    life.tap(ROOM_WORKER, "room.use", consumption=consumption)
    life.watching(visit, consumption, derived_id(consumption, "watch"))
    if use.alarm is not None and use.alarm.spot == "place":
        yield life.after(use.alarm.after)
        here = yield from emergency(life, visit, use.alarm, place)  # its end frees the place
        life.stage.begin(life.after(use.turnover), _wipe(life, place))
        return here
    yield seated + life.minutes(use.stay - use.turnover)
    life.tap(ROOM_WORKER, "room.finish", consumption=consumption)
    life.tap(ROOM_WORKER, "room.leave_place", stay=stay)
    if use.turnover:
        life.stage.begin(seated + life.minutes(use.stay), _wipe(life, place))
    else:
        life.wipe(place)
    return True


def _wipe(life: Life, place: int) -> Story:
    life.wipe(place)
    yield from ()


def _recover(life: Life, plan: Coming, visit: Id, late: Alarm | None) -> Stretch:
    """Someone looks now and then; an emergency may come here too."""
    sample(life, plan, visit)
    yield life.after(plan.recovery / 2)
    if late is not None:
        return (yield from emergency(life, visit, late, None))
    life.tap(ROOM_WORKER, "room.seen_breathing", visit=visit)
    yield life.after(plan.recovery / 2)
    return True


def _service(life: Life, plan: Coming, visit: Id) -> Stretch:
    """A visit for something else than a place."""
    yield life.after(plan.service_minutes)
    life.tap(RECEPTION, "room.serve", kind=plan.service, minutes=round(plan.service_minutes), visit=visit)
    return True


def _offers(life: Life, plan: Coming, visit: Id) -> None:
    """What someone takes along, and what they are offered. Nothing depends on the answer."""
    if plan.needles:
        life.tap(RECEPTION, "room.give", item="needles", count=plan.needles, visit=visit)
    if plan.naloxone_kit:
        life.tap(RECEPTION, "room.give", item="naloxone_kit", count=1, visit=visit)
    if plan.referral:
        offer = life.tap(NURSE, "room.offer_referral", to=plan.referral, visit=visit)
        answer = "accepted" if plan.accepts else "declined"
        life.tap(NURSE, "room.answer_referral", referral=offer, answer=answer)


def _leave(life: Life, visit: Id, how: str) -> None:
    """A nurse releases who leaves well; nobody is kept."""
    watches = life.watched.pop(visit, {})
    if how == "well":
        for watch in watches.values():
            life.tap(NURSE, "room.release", watch_id=watch)
    life.tap(RECEPTION, "room.leave_house", visit=visit, how=how)
