"""Invented people: an alias, a call word, a card. Nobody real; a number makes the same person every time."""

from __future__ import annotations

from dataclasses import dataclass

from fristed.rehearsal.chance import Chance
from fristed.rehearsal.roomfile import RoomFile

_FIRST = (
    "amber", "brisk", "calm", "copper", "dusky", "early", "fern", "gentle", "golden", "harbour", "hazel", "hidden",
    "indigo", "island", "jolly", "keen", "lively", "lone", "maple", "meadow", "misty", "mossy", "noble", "northern",
    "ochre", "pebble", "quick", "quiet", "rainy", "river", "rosy", "rowan", "russet", "saffron", "salt", "silver",
    "slate", "snowy", "spring", "starry", "stony", "sunny", "swift", "tidal", "velvet", "western", "windy", "winter",
)  # fmt: skip
_BIRDS = (
    "robin", "wren", "kestrel", "lark", "swift", "finch", "merle", "plover", "heron", "dunlin", "curlew", "siskin",
    "linnet", "martin", "swallow", "pipit", "dipper", "osprey", "fulmar", "gannet", "petrel", "puffin", "tern", "knot",
    "ruff", "snipe", "teal", "pochard", "smew", "grebe", "bittern", "crane", "stork", "egret", "hobby", "merlin",
    "harrier", "buzzard", "kite", "raven", "rook", "jay", "magpie", "starling", "oriole", "shrike", "thrush", "wagtail",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """Who someone invented is at the door."""

    alias: str
    call_word: str
    born: int
    gender: str


def invented(room: RoomFile, chance: Chance, number: int) -> Person:
    """The invented person of this number."""
    first, bird = _FIRST[number % len(_FIRST)], _BIRDS[number // len(_FIRST) % len(_BIRDS)]
    again = number // (len(_FIRST) * len(_BIRDS))
    man = chance.happens(room.persons.men.value, "gender", number)
    return Person(
        alias=f"{first}-{bird}" + (f"-{again + 1}" if again else ""),
        call_word=bird.capitalize(),
        born=1960 + int(45 * chance.uniform("born", number)),
        gender="male" if man else "female",
    )
