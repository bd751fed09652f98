"""What people are called out by: never two alike in the house, or the wrong one is seated, watched and given a dose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fristed.ground.ids import Id
from fristed.ground.store import opened_each
from fristed.journal.frame import Scene
from fristed.room.acts.load import visit_of
from fristed.room.rules import door as rules

_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"  # without those that sound or look like digits


def named(scene: Scene, visit: Id, word: str, old: Mapping[str, Any] = {}) -> dict[str, Any]:
    """What is personal in a visit, with the word this person is called by today and, where it differs, the one wanted.

    `old` is what was kept before.
    """
    rest = {name: text for name, text in old.items() if name not in ("call_word", "wanted")}
    apart = rules.told_apart(word, _words_here(scene, visit))
    return rest | {"call_word": apart} | ({} if apart == word else {"wanted": word})


def ticket(key: Id) -> str:
    """What is called out for someone who gave no word: a letter and two digits, from the visit's own id."""
    number = int(key[-6:], 16)
    return f"{_LETTERS[number % len(_LETTERS)]} {number // len(_LETTERS) % 90 + 10}"


def _words_here(scene: Scene, but: Id) -> list[str]:
    """What everyone else who is here is called by."""
    rows = [row for row in scene.store.find("room_visit", site_id=scene.site.id, left=None) if row["id"] != but]
    opened = opened_each(scene.store, ((visit_of(row).subject, row["sealed"]) for row in rows))
    return [str(content["call_word"]) for content in opened if "call_word" in content]
