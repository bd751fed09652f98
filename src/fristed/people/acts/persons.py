"""Records that are one person, who looked, the sealed identity."""

from __future__ import annotations

from fristed.ground.act import FLOOR, LEAD, Objection, Verdict
from fristed.ground.ids import Id
from fristed.ground.notes import LINE, fits
from fristed.journal.frame import Scene, act
from fristed.people.acts.load import client_of, owned, records_of
from fristed.people.rules import persons, registration
from fristed.people.rules.words import empty, not_on_list, unknown


@act(roles=FLOOR, late=False)
def merge(scene: Scene, *, client: Id, other: Id) -> Verdict:
    """Two records are one person. The other's codes find this one from now on; it can be undone."""
    if client_of(scene, client) is None or client_of(scene, other) is None:
        return unknown("client")
    kept, gone = records_of(scene.store, client)[0], records_of(scene.store, other)[0]
    return persons.merge(kept, gone, same=kept == gone, id=scene.tap.key, at=scene.tap.happened)


@act(roles=FLOOR, late=False)
def unmerge(scene: Scene, *, merge_id: Id) -> Verdict:
    """They were two people after all."""
    row = owned(scene, "people_merge", merge_id)
    if row is None:
        return unknown("merge")
    return persons.unmerge(persons.MergeNow(merge_id, row["client_id"], row["undone"]), scene.tap.happened)


@act(roles=FLOOR, own_page=True)
def look(scene: Scene, *, client: Id, what: str = "page") -> Verdict:
    """A worker looked at what is kept of a person: journalled once per person, page and turn."""
    if client_of(scene, client) is None:
        return unknown("client")
    verdict = persons.look(client, scene.tap.key, what, scene.tap.worker, scene.tap.happened)
    return verdict.but(not_on_list("what", what, persons.LOOKS))


@act(roles=LEAD, late=False)
def keep_identity(scene: Scene, *, client: Id, kind: str, text: str) -> Verdict:
    """A name or health number is sealed apart, because this person wants care that needs it."""
    if client_of(scene, client) is None:
        return unknown("client")
    put = registration.keep_identity(scene.tap.key, client, kind, text, scene.tap.happened)
    return Verdict(client, (put,), subject=scene.tap.key).but(
        not_on_list("kind", kind, ("name", "health_number")),
        empty(text, Objection("text_empty", "Write the name or number.")),
        fits(text, LINE),
    )


@act(roles=LEAD, signed_in=True)
def open_identity(scene: Scene, *, client: Id, why: str) -> Verdict:
    """The sealed name or number is opened for a few minutes, for a reason that stays in the journal."""
    if client_of(scene, client) is None:
        return unknown("client")
    return persons.open_identity(client, scene.tap.key, scene.tap.worker, why, scene.tap.happened)
