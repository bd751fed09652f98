"""Erasing what the room wrote about someone under keys of its own: a visit without a code, an emergency, a note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

import msgspec

from fristed.ground.act import MANAGER, Objection, Verdict
from fristed.ground.ids import Id
from fristed.ground.store import Row, opened
from fristed.journal.frame import Scene, act
from fristed.people.acts.erasure import erasure_of, sealed_elsewhere
from fristed.people.rules import erasure
from fristed.people.rules.codes import normal
from fristed.people.rules.words import unknown
from fristed.room.acts.load import row_of

NOTES = {
    "incident": "room_incident",
    "found": "room_found",
    "handover": "staff_handover",
    "complaint": "neighbourhood_complaint",
    "emergency": "room_emergency",
}
_OF_A_VISIT = ("room_consumption", "room_stay", "room_watch", "room_observation", "room_emergency")


@act(roles=frozenset({MANAGER}), signed_in=True)
def erase_visit(scene: Scene, *, visit: Id, why: str) -> Verdict:
    """What was personal about one visit without a code becomes unreadable, for good."""
    row = row_of(scene, "room_visit", visit)
    if row is None:
        return unknown("visit")
    subjects = (visit, *_about(scene, [row], ()))
    verdict = erasure.erase(visit, erasure_of(scene, (), subjects), why, scene.tap.happened)
    sentence = "This visit belongs to a person's record. Erase the person."
    return verdict.but(Objection("visit_of_client", sentence, recordable=False) if row["client_id"] else None)


@act(roles=frozenset({MANAGER}), signed_in=True)
def erase_words(
    scene: Scene, *, kind: Literal["incident", "found", "handover", "complaint", "emergency"], note: Id, why: str
) -> Verdict:
    """The words of one note become unreadable, for good: they name or describe someone who is to be forgotten."""
    row = row_of(scene, NOTES[kind], note)
    if row is None:
        return unknown("note")
    verdict = erasure.erase(note, erasure_of(scene, (), (note,)), why, scene.tap.happened)
    sentence = "These words belong to a person's visit. Erase the person or the visit."
    return verdict.but(Objection("words_of_visit", sentence, recordable=False) if row.get("visit_id") else None)


@act(roles=frozenset({MANAGER}), signed_in=True)
def hold_visit(scene: Scene, *, visit: Id) -> Verdict:
    """A court or the law wants a visit without a code kept: it cannot be erased until the hold is released."""
    if row_of(scene, "room_visit", visit) is None:
        return unknown("visit")
    tap = scene.tap
    return erasure.hold(visit, erasure_of(scene, (), (visit,)), tap.key, tap.reason, tap.happened)


@sealed_elsewhere
def about_people(scene: Scene, records: tuple[Id, ...]) -> Iterator[Id]:
    """Keys of what tells of these records: emergencies before anyone knew who it was, taps that found no place."""
    visits = [visit for record in records for visit in scene.store.find("room_visit", client_id=record)]
    codes = [code for record in records for code in scene.store.find("people_code", client_id=record)]
    said = (opened(scene.store, code["client_id"], code["sealed"]).get("code") for code in codes)
    return _about(scene, visits, (*records, *(str(code) for code in said if code)))


def _about(scene: Scene, visits: Iterable[Row], named: tuple[str, ...]) -> Iterator[Id]:
    """`named`: what else than a visit tells that a tap is about this person: a record's id, a code."""
    things = {*named, *(visit["id"] for visit in visits)}
    for visit in visits:
        rows = {table: scene.store.find(table, visit_id=visit["id"]) for table in _OF_A_VISIT}
        things.update(row["id"] for found in rows.values() for row in found)
        yield from (row["id"] for row in rows["room_emergency"])
    told_by = {normal(thing) for thing in things}
    for row in scene.store.find("room_unplaced", site_id=scene.site.id):
        args = opened(scene.store, row["subject"], row["sealed"]).get("args") if row["subject"] == row["id"] else None
        if args and not told_by.isdisjoint(_words(msgspec.json.decode(args))):
            yield row["id"]


def _words(asked: Any) -> Iterator[str]:
    """Every text in what was asked, written as codes are compared."""
    if isinstance(asked, str):
        yield normal(asked)
    elif isinstance(asked, dict | list):
        for part in asked.values() if isinstance(asked, dict) else asked:
            yield from _words(part)
