"""What each number counts, in words, with whose definition it is. Printed on every report that uses it."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

import msgspec


class Definition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One number: its name on a report, what it counts, and who published it so."""

    code: str
    name: str
    counts: str
    source: str


@cache
def definitions() -> dict[str, Definition]:
    """Every definition by its code."""
    text = resources.files("fristed.evidence").joinpath("data/definitions.toml").read_text(encoding="utf-8")
    found = msgspec.convert(tomllib.loads(text)["definition"], list[Definition])
    return {definition.code: definition for definition in found}


def chosen(*codes: str) -> tuple[Definition, ...]:
    """These definitions, in this order."""
    return tuple(definitions()[code] for code in codes)
