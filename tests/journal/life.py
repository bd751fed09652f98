"""A few invented acts over the real tables, so that the frame is tested apart from what the rooms decide.

They are not entered in the list of acts.
"""

from __future__ import annotations

from typing import Any

from fristed.ground.act import ANYONE_ON_THE_FLOOR, CARE, Objection, Secret, Verdict, add, amend
from fristed.ground.ids import Id, derived_id
from fristed.ground.store import DatabaseStore, opened
from fristed.journal.frame import Act, Scene

DAY = "2025-03-03"


def _register(scene: Scene, *, alias: str) -> Verdict:
    """Someone new, with one code."""
    client, site, at = scene.tap.key, scene.site.id, scene.tap.happened
    code = derived_id(client, "code")
    person = add("people_client", client, site_id=site, registered=at, sealed=Secret(client, {"call_word": alias}))
    card = Secret(client, {"code": alias})
    return Verdict(
        client, (person, add("people_code", code, site_id=site, client_id=client, kind="alias", sealed=card))
    )


def _come(scene: Scene, *, client: Id | None, note: str = "") -> Verdict:
    """A visit, with a client or without."""
    visit = scene.tap.key
    owner = client or visit
    row = add(
        "room_visit",
        visit,
        site_id=scene.site.id,
        client_id=client,
        day=DAY,
        came=scene.tap.happened,
        purpose="consume",
        outcome="waiting",
        sealed=Secret(owner, {"note": note} if note else {}),
    )
    stranger = client is not None and scene.store.get("people_client", client) is None
    nobody = Objection("unknown_client", "There is no such person.", recordable=False)
    return Verdict(visit, (row,), (nobody,) if stranger else (), owner)


def _look(scene: Scene, *, visit: Id) -> Verdict:
    """Someone saw this person breathing."""
    return Verdict(visit, (amend("room_visit", visit, seen=scene.tap.happened),), _unknown(scene, visit), visit)


def _sit(scene: Scene, *, visit: Id, place: int) -> Verdict:
    """A person takes a place; one that is taken objects, and a late one is kept contested."""
    stay, at = scene.tap.key, scene.tap.happened
    taken = scene.store.find("room_stay", site_id=scene.site.id, place=place, freed=None, contested=None)
    twice = scene.store.find("room_stay", visit_id=visit, freed=None, contested=None)
    contested = at if taken or twice else None
    row = add("room_stay", stay, site_id=scene.site.id, visit_id=visit, place=place, seated=at, contested=contested)
    objection = Objection("place_taken", "Someone is there.", override_by=CARE)
    return Verdict(stay, (row,), ((objection,) if contested else ()) + _unknown(scene, visit), visit)


def _leave(scene: Scene, *, visit: Id) -> Verdict:
    """The person goes; every stay ends."""
    at = scene.tap.happened
    stays = scene.store.find("room_stay", visit_id=visit, freed=None)
    puts = (amend("room_visit", visit, left=at, exit="well"), *(amend("room_stay", s["id"], freed=at) for s in stays))
    return Verdict(visit, puts, _unknown(scene, visit), visit)


def _unknown(scene: Scene, visit: Id) -> tuple[Objection, ...]:
    known = scene.store.get("room_visit", visit)
    return () if known else (Objection("unknown_visit", "There is no such visit.", recordable=False),)


register = Act("test.register", CARE, _register)
come = Act("test.come", CARE, _come)
look = Act("test.look", ANYONE_ON_THE_FLOOR, _look, alarm=True)
sit = Act("test.sit", CARE, _sit)
leave = Act("test.leave", CARE, _leave)


def card_of(client: Id) -> dict[str, Any]:
    """What is sealed in a client's row, opened."""
    row = DatabaseStore().get("people_client", client)
    assert row is not None
    return opened(DatabaseStore(), client, row["sealed"])
