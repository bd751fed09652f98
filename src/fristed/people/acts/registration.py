"""First visits, and what a person later changes about themself."""

from __future__ import annotations

from fristed.ground.act import FLOOR, Verdict
from fristed.ground.ids import Id
from fristed.ground.store import opened
from fristed.journal.frame import Scene, act
from fristed.people.acts.load import client_of
from fristed.people.rules import registration
from fristed.people.rules.words import unknown


@act(roles=FLOOR)
def register(
    scene: Scene,
    *,
    code: str = "",
    letters: str = "",
    born: str = "",
    gender: str = "",
    health_number: str = "",
    call_word: str = "",
    card: dict[str, str] | None = None,
    eligibility: dict[str, str] | None = None,
    given_by: str = "client",
    consents: dict[str, str] | None = None,
    consent_version: str = "",
) -> Verdict:
    """Someone is registered under the site's identification policy."""
    said = registration.Registration(
        scene.tap.key,
        scene.tap.happened,
        scene.site.file.identification,
        code,
        call_word,
        letters,
        born,
        gender,
        health_number,
        card or {},
        eligibility or {},
        given_by,
        consents or {},
        consent_version,
    )
    return registration.register(scene.site.id, said)


@act(roles=FLOOR)
def change_card(scene: Scene, *, client: Id, born: str = "", card: dict[str, str] | None = None) -> Verdict:
    """What a person said about themself changes."""
    row = client_of(scene, client)
    if row is None:
        return unknown("client")
    old = opened(scene.store, client, row["sealed"])
    return registration.change_card(client, old, {**({"born": born} if born else {}), **(card or {})})


@act(roles=FLOOR)
def change_call_word(scene: Scene, *, client: Id, call_word: str) -> Verdict:
    """A person wants to be called by another word from the next visit on."""
    row = client_of(scene, client)
    if row is None:
        return unknown("client")
    old = opened(scene.store, client, row["sealed"])
    return registration.change_card(client, old, {"call_word": call_word.strip()})
