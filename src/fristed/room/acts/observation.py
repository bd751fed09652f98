"""Measuring, in an emergency and on a watch."""

from __future__ import annotations

from fristed.ground.act import ANYONE_ON_THE_FLOOR, Verdict
from fristed.ground.ids import Id
from fristed.journal.frame import Scene, act
from fristed.room.acts import load_emergency as load
from fristed.room.acts.load import row_of, unknown
from fristed.room.rules import observation as rules
from fristed.room.rules.observation import Measures


@act(roles=ANYONE_ON_THE_FLOOR)
def observe(
    scene: Scene,
    *,
    emergency: Id | None = None,
    visit: Id | None = None,
    breaths: int | None = None,
    oxygen: int | None = None,
    avpu: str = "",
    gcs: int | None = None,
    pulse: int | None = None,
    systolic: int | None = None,
    diastolic: int | None = None,
) -> Verdict:
    """What is measured or seen now: of whoever an emergency is about, or of someone who is watched."""
    now, made = (None, ()) if emergency is None else load.found(scene, emergency)
    person = (now.visit if now else None) or load.visit(scene, visit)
    if (emergency is not None and now is None) or (emergency is None and person is None):
        return unknown("person")
    measured = Measures(breaths, oxygen, avpu, gcs, pulse, systolic, diastolic)
    return rules.observe(load.hand(scene), person, now, measured).after(*made)


@act(roles=ANYONE_ON_THE_FLOOR)
def undo_observation(scene: Scene, *, observation: Id) -> Verdict:
    """A wrong measurement is taken back, as a new fact; after ten seconds with a reason."""
    row = row_of(scene, "room_observation", observation)
    if row is None:
        return unknown("observation")
    about = row["emergency_id"] and row_of(scene, "room_emergency", row["emergency_id"])
    now = load.emergency_of(scene, about) if about else None
    person = load.visit(scene, row["visit_id"])
    subject = person.subject if person else now.subject if now else observation
    return rules.undo(load.hand(scene), observation, row["recorded"], row["undone"], subject)
