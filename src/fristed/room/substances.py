"""What people declare, as data: codes and English names. A site's file picks from them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

import msgspec

from fristed.ground.site import SiteFile


class Substance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One choice at the door."""

    code: str
    name: str
    source: str


@cache
def substances() -> dict[str, Substance]:
    """Every substance that may be declared, by code."""
    text = resources.files("fristed.room").joinpath("data/substances.toml").read_text(encoding="utf-8")
    return {s.code: s for s in msgspec.convert(tomllib.loads(text)["substance"], tuple[Substance, ...])}


def choices(file: SiteFile) -> dict[str, str]:
    """Code → English name of what this site offers; a code of the site's own is its own name. Never without unknown."""
    known = substances()
    codes = dict.fromkeys((*(file.substances or known), "unknown"))
    return {code: known[code].name if code in known else code.replace("_", " ") for code in codes}


def named(code: str) -> str:
    """The English name of a code."""
    known = substances().get(code)
    return known.name if known else code.replace("_", " ")
