"""Exclusions, appeals, early ends."""

from __future__ import annotations

from fristed.ground.act import FLOOR, LEAD, Verdict
from fristed.ground.ids import Id
from fristed.ground.store import opened
from fristed.journal.frame import Scene, act
from fristed.people.acts.load import client_of, owned
from fristed.people.rules import exclusions
from fristed.people.rules.words import unknown


@act(roles=LEAD)
def exclude(scene: Scene, *, client: Id, reason: str, number: int, unit: str = "hours", note: str = "") -> Verdict:
    """Someone is not given a place for a time. Who taps has decided it."""
    if client_of(scene, client) is None:
        return unknown("client")
    length = exclusions.Length(number, unit)
    return exclusions.exclude(client, scene.tap.key, reason, length, note, scene.tap.worker, scene.tap.happened)


@act(roles=FLOOR)
def appeal_exclusion(scene: Scene, *, exclusion: Id, words: str) -> Verdict:
    """The person does not agree, and says why."""
    now = _now(scene, exclusion)
    return unknown("exclusion") if now is None else exclusions.appeal(now, words, scene.tap.happened)


@act(roles=LEAD)
def end_exclusion(scene: Scene, *, exclusion: Id, why: str) -> Verdict:
    """An exclusion ends before its time."""
    now = _now(scene, exclusion)
    return unknown("exclusion") if now is None else exclusions.end_early(now, why, scene.tap.happened)


def _now(scene: Scene, id: Id) -> exclusions.ExclusionNow | None:
    row = owned(scene, "people_exclusion", id)
    if row is None:
        return None
    words = opened(scene.store, row["client_id"], row["sealed"])
    return exclusions.ExclusionNow(
        id, row["client_id"], row["since"], row["until"], words, row["appealed"], row["ended"]
    )
