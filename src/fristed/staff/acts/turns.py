"""Turns on shared tablets. The PIN itself and the session are sign-in's; that they were used is a fact."""

from __future__ import annotations

from fristed.ground.act import DEVICE, FLOOR, Verdict
from fristed.ground.ids import Id
from fristed.journal.frame import Scene, act
from fristed.staff import rules


@act(roles=FLOOR, own_page=True)
def begin_turn(scene: Scene) -> Verdict:
    """A worker took this tablet over with name and PIN; what is tapped on it from now on is theirs."""
    return Verdict(scene.tap.worker or "").but(rules.unknown("device", scene.tap.device is not None))


@act(roles=FLOOR, own_page=True)
def end_turn(scene: Scene) -> Verdict:
    """A worker stepped away from this tablet, or handed it to the next."""
    return Verdict(scene.tap.worker or "")


@act(roles=frozenset({DEVICE}) | FLOOR, own_page=True)
def lock_pin(scene: Scene, *, worker: Id, failures: int) -> Verdict:
    """Too many wrong PINs for one worker: that PIN rests. Emergencies stay open to everyone."""
    row = scene.store.get("staff_worker", worker)
    return Verdict(worker).but(rules.unknown("worker", row is not None and row["site_id"] == scene.site.id))
