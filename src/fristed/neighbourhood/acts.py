"""What staff count in the street, and what neighbours say."""

from __future__ import annotations

from typing import Literal

from fristed.ground.act import FLOOR, Objection, Verdict
from fristed.ground.ids import Id
from fristed.ground.notes import Note, set_aside
from fristed.ground.site import service_day
from fristed.journal.frame import Scene, act
from fristed.neighbourhood import rules

TABLES = {
    "needles": "neighbourhood_needlefind",
    "complaint": "neighbourhood_complaint",
    "public_use": "neighbourhood_publicuse",
    "patrol": "neighbourhood_patrol",
}


@act(roles=FLOOR)
def find_needles(scene: Scene, *, spot: str, count: int) -> Verdict:
    """Discarded needles were picked up."""
    return rules.needles(_note(scene), spot, count)


@act(roles=FLOOR)
def count_public_use(scene: Scene, *, spot: str, count: int) -> Verdict:
    """People were seen using in public."""
    return rules.public_use(_note(scene), spot, count)


@act(roles=FLOOR)
def walk_patrol(scene: Scene, *, spot: str, minutes: int) -> Verdict:
    """Staff walked around the room."""
    return rules.patrol(_note(scene), spot, minutes)


@act(roles=FLOOR)
def take_complaint(scene: Scene, *, channel: str, category: str, text: str = "") -> Verdict:
    """A neighbour said something."""
    return rules.complaint(_note(scene), channel, category, text)


@act(roles=FLOOR)
def set_note_aside(scene: Scene, *, kind: Literal["needles", "complaint", "public_use", "patrol"], note: Id) -> Verdict:
    """A note was a wrong tap: it stays to be read and counts no more."""
    row = scene.store.get(TABLES[kind], note)
    if row is None or row["site_id"] != scene.site.id:
        sentence = "This note is not known here. Reload the page."
        return Verdict(note).but(Objection("unknown_note", sentence, recordable=False))
    return set_aside(TABLES[kind], note, row["undone"], scene.tap.happened)


def _note(scene: Scene) -> Note:
    day = service_day(scene.site.file, scene.tap.happened).isoformat()
    return Note(scene.tap.key, scene.site.id, day, scene.tap.happened)
