"""Erasing one person, and the legal holds that forbid it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from fristed.ground.act import MANAGER, Verdict
from fristed.ground.ids import Id
from fristed.journal.frame import Scene, act
from fristed.people.acts.load import client_of, records_of
from fristed.people.rules import erasure
from fristed.people.rules.words import unknown

Finder = Callable[[Scene, tuple[Id, ...]], Iterable[Id]]
_finders: list[Finder] = []


def sealed_elsewhere(finder: Finder) -> Finder:
    """Enters who answers, for the records of one person, the keys under which a room sealed what tells of them."""
    _finders.append(finder)
    return finder


@act(roles=frozenset({MANAGER}), signed_in=True)
def erase(scene: Scene, *, client: Id, why: str) -> Verdict:
    """One person's personal content becomes unreadable everywhere, for good.

    Every record, every name kept apart, and what was written about them before anyone knew who they were.
    """
    row = client_of(scene, client)
    if row is None:
        return unknown("client")
    records = records_of(scene.store, client)
    identities = tuple(i["id"] for record in records for i in scene.store.find("people_identity", client_id=record))
    elsewhere = tuple(subject for find in _finders for subject in find(scene, records))
    now = erasure_of(scene, records, records + identities + elsewhere)
    return erasure.erase(client, now, why, scene.tap.happened)


@act(roles=frozenset({MANAGER}), signed_in=True)
def hold(scene: Scene, *, client: Id) -> Verdict:
    """A court or the law wants this person's record kept: it cannot be erased until the hold is released."""
    if client_of(scene, client) is None:
        return unknown("client")
    tap = scene.tap
    return erasure.hold(client, erasure_of(scene, (), (client,)), tap.key, tap.reason, tap.happened)


@act(roles=frozenset({MANAGER}), signed_in=True)
def release_hold(scene: Scene, *, hold: Id) -> Verdict:
    """Whoever ordered the hold says that it is over."""
    row = scene.store.get("ground_hold", hold)
    if row is None or row["site_id"] != scene.site.id:
        return unknown("hold")
    return erasure.release(hold, row["subject"], row["released"], scene.tap.happened)


def erasure_of(scene: Scene, records: tuple[Id, ...], subjects: tuple[Id, ...]) -> erasure.Erasure:
    """What is true of these subjects now. Those already destroyed are left out."""
    left = tuple(s for s in subjects if scene.store.get("ground_destroyedkey", s) is None)
    holds = [h["since"] for s in subjects for h in scene.store.find("ground_hold", subject=s, released=None)]
    return erasure.Erasure(scene.site.id, records, left, tuple(holds), gone=not left)
