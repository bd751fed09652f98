"""A person's codes."""

from __future__ import annotations

from fristed.ground.act import FLOOR, Verdict
from fristed.ground.ids import Id
from fristed.journal.frame import Scene, act
from fristed.people.acts.load import client_of, owned
from fristed.people.rules import codes
from fristed.people.rules.words import unknown


@act(roles=FLOOR)
def add_code(scene: Scene, *, client: Id, code: str, kind: str = "alias") -> Verdict:
    """A person is found by one more code."""
    if client_of(scene, client) is None:
        return unknown("client")
    return codes.add_code(scene.site.id, client, scene.tap.key, kind, code)


@act(roles=FLOOR)
def retire_code(scene: Scene, *, code: Id) -> Verdict:
    """A code finds nobody any more: a lost card, an alias given up."""
    row = owned(scene, "people_code", code)
    if row is None:
        return unknown("code")
    return codes.retire_code(codes.CodeNow(code, row["client_id"], row["retired"]), scene.tap.happened)
