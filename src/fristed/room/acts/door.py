"""At the door."""

from __future__ import annotations

from fristed.ground.act import FLOOR, Verdict
from fristed.ground.ids import Id
from fristed.ground.store import opened
from fristed.journal.frame import Scene, act
from fristed.room.acts.load import day_of, door, open_stays, row_of, unknown, visit_of
from fristed.room.rules import declaration
from fristed.room.rules import door as rules


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
    if client is not None and row_of(scene, "people_client", client) is None:
        return unknown("client")
    return rules.check_in(door(scene, client), _coming(scene, client, purpose, route, call_word, note))


@act(roles=FLOOR)
def turn_away(
    scene: Scene, *, client: Id | None, rule: str, offered: str, route: str = "", call_word: str = "", note: str = ""
) -> Verdict:
    """Someone is not given a place: by which rule, and what was offered instead."""
    ask = _coming(scene, client, "consume", route, call_word, note)
    return rules.turn_away(door(scene, client), ask, rule, offered)


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
    said = declaration.Declaration(
        scene.tap.key,
        scene.tap.happened,
        substances,
        route,
        last_use,
        depressants,
        tolerance,
        assisted,
        helper,
        product_seen,
        rules_told,
    )
    seated = bool(open_stays(scene, visit_id=visit))
    return declaration.declare(scene.site.id, day_of(scene), visit_of(row), said, seated=seated)


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


def _coming(scene: Scene, client: Id | None, purpose: str, route: str, call_word: str, note: str) -> rules.CheckIn:
    personal = {"call_word": call_word or _usual_call_word(scene, client), "note": note}
    kept = {name: text for name, text in personal.items() if text}
    return rules.CheckIn(scene.tap.key, scene.tap.happened, client, purpose, route, personal=kept)


def _usual_call_word(scene: Scene, client: Id | None) -> str:
    row = None if client is None else row_of(scene, "people_client", client)
    return "" if row is None else str(opened(scene.store, row["id"], row["sealed"]).get("call_word", ""))
