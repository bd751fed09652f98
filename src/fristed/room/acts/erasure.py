"""Erasing what is personal about a visit without a code: nobody's record holds it, so it has a key of its own."""

from __future__ import annotations

from fristed.ground.act import MANAGER, Objection, Verdict
from fristed.ground.ids import Id
from fristed.journal.frame import Scene, act
from fristed.people.acts.erasure import erasure_of
from fristed.people.rules import erasure
from fristed.people.rules.words import unknown


@act(roles=frozenset({MANAGER}))
def erase_visit(scene: Scene, *, visit: Id, why: str) -> Verdict:
    """What was personal about one visit without a code becomes unreadable, for good."""
    row = scene.store.get("room_visit", visit)
    if row is None or row["site_id"] != scene.site.id:
        return unknown("visit")
    verdict = erasure.erase(visit, erasure_of(scene, (), (visit,)), why, scene.tap.happened)
    someone = Objection(
        "visit_of_client", "This visit belongs to a person's record. Erase the person.", recordable=False
    )
    return verdict.but(someone if row["client_id"] else None)


@act(roles=frozenset({MANAGER}))
def hold_visit(scene: Scene, *, visit: Id) -> Verdict:
    """A court or the law wants a visit without a code kept: it cannot be erased until the hold is released."""
    row = scene.store.get("room_visit", visit)
    if row is None or row["site_id"] != scene.site.id:
        return unknown("visit")
    tap = scene.tap
    return erasure.hold(visit, erasure_of(scene, (), (visit,)), tap.key, tap.reason, tap.happened)
