"""How acts read emergencies: rows into the plain values that rules see."""

from __future__ import annotations

from fristed.ground.act import Put
from fristed.ground.ids import Id, derived_id, is_id
from fristed.ground.store import Row
from fristed.journal.frame import Scene
from fristed.room.acts.load import day_of, row_of, visit_of, watch_of
from fristed.room.rules import emergency as rules
from fristed.room.rules.door import Visit
from fristed.room.rules.emergency import EmergencyNow, Hand, StepNow
from fristed.room.rules.watch import WatchNow


def hand(scene: Scene, named: Id | None = None) -> Hand:
    """Whose tap this is. `named`: who does it, where someone else taps; only people who have a post here."""
    tap = scene.tap
    known = named if named is not None and row_of(scene, "staff_worker", named) else None
    return Hand(scene.site.id, day_of(scene), tap.key, tap.happened, tap.recorded, tap.worker, tap.device, known)


def found(scene: Scene, id: Id) -> tuple[EmergencyNow | None, tuple[Put, ...]]:
    """The emergency a tap is about. One that a second call joined is found by that call; one not yet known is made."""
    row = scene.store.get("room_emergency", id)
    again = scene.store.get("room_step", id) if row is None else None
    if again is not None:
        row = scene.store.get("room_emergency", again["emergency_id"])
    if row is not None:
        return (emergency_of(scene, row), ()) if row["site_id"] == scene.site.id else (None, ())
    made, put = rules.found_out_late(hand(scene), id if is_id(id) else derived_id(scene.tap.key, "emergency"))
    return made, (put,)


def of_step(scene: Scene, id: Id) -> tuple[EmergencyNow, StepNow] | None:
    """A tap on a timeline, and its emergency."""
    row = row_of(scene, "room_step", id)
    about = row and scene.store.get("room_emergency", row["emergency_id"])
    return (emergency_of(scene, about), step_of(row)) if row and about else None


def emergency_of(scene: Scene, row: Row) -> EmergencyNow:
    return EmergencyNow(
        row["id"], row["place"], row["kind"], row["raised"], row["ended"], visit(scene, row["visit_id"])
    )


def step_of(row: Row) -> StepNow:
    return StepNow(
        row["id"], row["kind"], row["at"], row["recorded"], row["undone"], row["micrograms"], row["signed_by"]
    )


def steps(scene: Scene, emergency: Id) -> tuple[StepNow, ...]:
    """Every tap on an emergency's timeline, those taken back too."""
    return tuple(step_of(row) for row in scene.store.find("room_step", emergency_id=emergency))


def visit(scene: Scene, id: Id | None) -> Visit | None:
    """A visit of this site, or None."""
    row = None if id is None else row_of(scene, "room_visit", id)
    return None if row is None else visit_of(row)


def watches(scene: Scene, visit: Visit | None) -> tuple[WatchNow, ...]:
    """The watches over a person that have not ended."""
    if visit is None:
        return ()
    return tuple(watch_of(row) for row in scene.store.find("room_watch", visit_id=visit.id, ended=None))
