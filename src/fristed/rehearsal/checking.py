"""The story of a sample: taken in, checked, told, destroyed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fristed.ground.act import ROOM_WORKER
from fristed.ground.ids import Id
from fristed.rehearsal.chance import exponential
from fristed.rehearsal.plan import Coming
from fristed.rehearsal.stage import Story

if TYPE_CHECKING:
    from fristed.rehearsal.life import Life


def sample(life: Life, plan: Coming, visit: Id) -> None:
    """Some bring a little of it to be checked, where the room does that."""
    checking, of = life.room.checking, (plan.day, plan.number)
    if checking is None or not life.chance.happens(checking.samples.value, "sample", *of):
        return
    label = f"R-{plan.day:%m%d}-{plan.number}"
    declared = plan.uses[0].substance
    id = life.tap(ROOM_WORKER, "room.register_sample", label=label, declared=declared, visit=visit)
    minutes = exponential(life.chance.uniform("checking", *of), checking.minutes.value)
    life.stage.begin(life.after(minutes), _checked(life, plan, id))


def _checked(life: Life, plan: Coming, id: Id) -> Story:
    checking, of = life.room.checking, (plan.day, plan.number)
    assert checking is not None, "a sample is taken in only where there is checking"
    method = life.chance.one_of(checking.methods.parts, "method", *of)
    result = life.chance.one_of(checking.results.parts, "result", *of)
    life.tap(ROOM_WORKER, "room.record_result", sample=id, method=method, result=result)
    if life.chance.happens(checking.told.value, "told", *of):
        life.tap(ROOM_WORKER, "room.tell_result", sample=id)
    life.tap(ROOM_WORKER, "room.end_sample", sample=id, how="destroyed")
    yield from ()
