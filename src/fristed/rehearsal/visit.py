"""The story of one visit: door, declaration, place, use, recovery, exit. Told through the acts of staff."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from fristed.ground.act import NURSE, RECEPTION, ROOM_WORKER
from fristed.ground.ids import Id, derived_id
from fristed.rehearsal.plan import Coming, Use
from fristed.rehearsal.stage import Story, Wanted

if TYPE_CHECKING:
    from fristed.rehearsal.life import Life


def visit(life: Life, plan: Coming, *, registered: bool) -> Story:
    """Someone comes, with a code or without, and leaves again."""
    with _inside(life, plan, registered) as client:
        route = plan.uses[0].route if plan.uses else ""
        purpose = "consume" if plan.uses else "service"
        visit = life.tap(RECEPTION, "room.check_in", client=client, purpose=purpose, route=route)
        if not plan.uses:
            yield from _service(life, plan, visit)
            return
        yield life.after(plan.declaring)
        for use in plan.uses:
            stayed = yield from _use(life, plan, visit, use)
            if not stayed:
                return
        yield from _recover(life, plan, visit)


@contextmanager
def _inside(life: Life, plan: Coming, registered: bool) -> Iterator[Id | None]:
    """Who it is, registered at the first visit; nobody comes a second time while still here."""
    person = life.crowd.comes(plan.day, plan.number, life.here) if registered else None
    life.inside += 1
    if person is not None:
        life.here.add(person)
    try:
        yield None if person is None else life.client_of(person)
    finally:
        life.inside -= 1
        if person is not None:
            life.here.discard(person)


def _use(life: Life, plan: Coming, visit: Id, use: Use) -> Generator[int | Wanted, int | None, bool]:
    """One declaration and one stay. Answers whether a place was given before patience ran out."""
    consumption = life.tap(
        RECEPTION, "room.declare", visit=visit, substances=(use.substance,), route=use.route, **use.answers
    )
    place = yield Wanted(use.route, life.patience(plan))
    if place is None:
        life.tap(RECEPTION, "room.give_up", visit=visit)
        return False
    seated = life.stage.now
    stay = life.tap(ROOM_WORKER, "room.seat", visit=visit, place=place)
    yield seated + life.minutes(use.started)
    life.tap(ROOM_WORKER, "room.use", consumption=consumption)
    yield seated + life.minutes(use.stay - use.turnover)
    life.tap(ROOM_WORKER, "room.finish", consumption=consumption)
    life.tap(ROOM_WORKER, "room.leave_place", stay=stay)
    life.watched.setdefault(visit, []).append(derived_id(consumption, "watch"))
    if use.turnover:
        life.stage.begin(seated + life.minutes(use.stay), _wipe(life, place))
    else:
        life.wipe(place)
    return True


def _wipe(life: Life, place: int) -> Story:
    life.wipe(place)
    yield from ()


def _recover(life: Life, plan: Coming, visit: Id) -> Story:
    """Someone looks, a nurse releases, the person leaves."""
    yield life.after(plan.recovery / 2)
    life.tap(ROOM_WORKER, "room.seen_breathing", visit=visit)
    yield life.after(plan.recovery / 2)
    watches = life.watched.pop(visit, [])
    if plan.exit == "well":
        for watch in watches:
            life.tap(NURSE, "room.release", watch_id=watch)
    life.tap(RECEPTION, "room.leave_house", visit=visit, how=plan.exit)


def _service(life: Life, plan: Coming, visit: Id) -> Story:
    yield life.after(plan.service_minutes)
    life.tap(RECEPTION, "room.leave_house", visit=visit, how="well")
