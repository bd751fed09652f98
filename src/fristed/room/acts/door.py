"""At the door."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fristed.ground.act import FLOOR, Objection, Put, Secret, Verdict, amend
from fristed.ground.ids import Id, derived_id
from fristed.ground.notes import TEXT, WORD, fits, said
from fristed.ground.store import opened
from fristed.journal.frame import Scene, act
from fristed.people.acts.load import client_of, records_of
from fristed.room.acts.calling import named, ticket
from fristed.room.acts.load import day_of, door, open_stays, row_of, unknown, visit_of
from fristed.room.rules import declaration
from fristed.room.rules import door as rules
from fristed.room.substances import choices


@act(roles=FLOOR)
def check_in(
    scene: Scene,
    *,
    client: Id | None,
    purpose: str = "consume",
    route: str = "inject",
    call_word: str = "",
    note: str = "",
) -> Verdict:
    """Someone comes to the door, with a code or without, for a place or another service."""
    if client is not None and client_of(scene, client) is None:
        return unknown("client")
    return _come(scene, client, purpose, route, call_word, note)


@act(roles=FLOOR)
def arrive(
    scene: Scene,
    *,
    client: Id | None,
    route: str,
    substances: tuple[str, ...] = (),
    call_word: str = "",
    note: str = "",
    last_use: str = "not_asked",
    depressants: str = "not_asked",
    tolerance: str = "not_asked",
    assisted: str = "not_asked",
    helper: Id | None = None,
    product_seen: str = "not_asked",
    rules_told: str = "not_asked",
) -> Verdict:
    """Someone comes, and may say at once what they will use: check-in and declaration in one tap."""
    if client is not None and client_of(scene, client) is None:
        return unknown("client")
    came = _come(scene, client, "consume", route, call_word, note)
    answers = (last_use, depressants, tolerance, assisted, helper, product_seen, rules_told)
    id = derived_id(scene.tap.key, "consumption")
    said = declaration.Declaration(id, scene.tap.happened, substances, route, *answers)
    if said.silent:
        return came
    row = declaration.consumption(scene.site.id, day_of(scene), came.thing, said)
    return Verdict(came.thing, (*came.puts, row), came.objections, came.subject).but(
        declaration.nothing_named(said), _misworded(scene, said)
    )


@act(roles=FLOOR)
def turn_away(
    scene: Scene,
    *,
    client: Id | None,
    rule: str,
    offered: tuple[str, ...] = (),
    route: str = "",
    call_word: str = "",
    note: str = "",
) -> Verdict:
    """Someone is not given a place: by which rule, and what was offered instead."""
    if client is not None and client_of(scene, client) is None:
        return unknown("client")
    ask, _ = _coming(scene, client, "consume", route, call_word, note)
    return rules.turn_away(door(scene, client), ask, rule, offered).but(fits(note, TEXT), fits(call_word, WORD))


@act(roles=FLOOR)
def refuse(scene: Scene, *, visit: Id, rule: str, offered: tuple[str, ...] = ()) -> Verdict:
    """Someone who waited is not given a place: by which rule, and what was offered instead."""
    row = row_of(scene, "room_visit", visit)
    return unknown("visit") if row is None else rules.refuse(visit_of(row), rule, offered, scene.tap.happened)


@act(roles=FLOOR)
def declare(
    scene: Scene,
    *,
    visit: Id,
    substances: tuple[str, ...],
    route: str,
    last_use: str = "not_asked",
    depressants: str = "not_asked",
    tolerance: str = "not_asked",
    assisted: str = "not_asked",
    helper: Id | None = None,
    product_seen: str = "not_asked",
    rules_told: str = "not_asked",
) -> Verdict:
    """What a person says before a place is given: what, how, and what else matters."""
    row = row_of(scene, "room_visit", visit)
    if row is None:
        return unknown("visit")
    answers = (last_use, depressants, tolerance, assisted, helper, product_seen, rules_told)
    said = declaration.Declaration(scene.tap.key, scene.tap.happened, substances, route, *answers)
    seated = bool(open_stays(scene, visit_id=visit))
    verdict = declaration.declare(scene.site.id, day_of(scene), visit_of(row), said, seated=seated)
    return verdict.but(_misworded(scene, said))


@act(roles=FLOOR)
def call(scene: Scene, *, visit: Id) -> Verdict:
    """The next person is called."""
    row = row_of(scene, "room_visit", visit)
    return unknown("visit") if row is None else rules.call(visit_of(row), scene.tap.happened)


@act(roles=FLOOR)
def reorder(scene: Scene, *, visit: Id, priority: int) -> Verdict:
    """Someone is moved ahead in the queue, or back."""
    row = row_of(scene, "room_visit", visit)
    return unknown("visit") if row is None else rules.reorder(visit_of(row), priority)


@act(roles=FLOOR)
def give_up(scene: Scene, *, visit: Id) -> Verdict:
    """Someone stopped waiting and left."""
    row = row_of(scene, "room_visit", visit)
    return unknown("visit") if row is None else rules.give_up(visit_of(row), scene.tap.happened)


@act(roles=FLOOR)
def change_call_word(scene: Scene, *, visit: Id, call_word: str) -> Verdict:
    """A person wants to be called by another word, today and at later visits."""
    row = row_of(scene, "room_visit", visit)
    if row is None:
        return unknown("visit")
    here, word = visit_of(row), call_word.strip()
    old = opened(scene.store, here.subject, row["sealed"])
    verdict = rules.rename(here, named(scene, visit, word, old))
    record = None if here.client is None else client_of(scene, here.client)
    if record is not None:
        card = opened(scene.store, record["id"], record["sealed"])
        verdict = replace(verdict, puts=verdict.puts + _usually(record["id"], card, word))
    return verdict.but(said(word, WORD))


def _come(scene: Scene, client: Id | None, purpose: str, route: str, call_word: str, note: str) -> Verdict:
    ask, renamed = _coming(scene, client, purpose, route, call_word, note)
    verdict = rules.check_in(door(scene, client), ask)
    return Verdict(verdict.thing, verdict.puts + renamed, verdict.objections, verdict.subject).but(
        rules.unknown_route(ask, _routes(scene)), fits(call_word, WORD), fits(note, TEXT)
    )


def _coming(
    scene: Scene, client: Id | None, purpose: str, route: str, call_word: str, note: str
) -> tuple[rules.CheckIn, tuple[Put, ...]]:
    """Who comes, under the record that others were put under; and the new usual call word, where it changed."""
    record = None if client is None else client_of(scene, records_of(scene.store, client)[0])
    card = {} if record is None else opened(scene.store, record["id"], record["sealed"])
    usual, wanted = str(card.get("call_word", "")), call_word.strip()
    personal = named(scene, scene.tap.key, wanted or usual or ticket(scene.tap.key), {"note": note})
    kept = {name: text for name, text in personal.items() if text}
    id = None if record is None else record["id"]
    ask = rules.CheckIn(scene.tap.key, scene.tap.happened, id, purpose, route, personal=kept)
    if id is None or wanted in ("", usual):
        return ask, ()
    return ask, _usually(id, card, wanted)


def _usually(client: Id, card: dict[str, Any], word: str) -> tuple[Put, ...]:
    """The person's record with this word to be called by from now on."""
    return (amend("people_client", client, sealed=Secret(client, {**card, "call_word": word})),)


def _misworded(scene: Scene, said: declaration.Declaration) -> Objection | None:
    helper = said.helper
    if helper is not None and client_of(scene, helper) is None:
        return unknown("client").objections[0]
    return declaration.misworded(said, choices(scene.site.file), _routes(scene))


def _routes(scene: Scene) -> set[str]:
    return {route for place in scene.site.file.places for route in place.routes}
