"""Protocols: what a site has signed, and the examples that ship with the house, signed by nobody."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

import msgspec

from fristed.ground.ids import Id
from fristed.ground.moments import Moment
from fristed.room.models import Protocol as Row
from fristed.room.rules.protocol import Protocol, parse_protocol, text_of
from fristed.staff.models import Worker


@dataclass(frozen=True, slots=True)
class Signed:
    """A protocol in force here: what it says, since when, who signed."""

    id: Id
    protocol: Protocol
    since: Moment
    by: str


def signed(site: Id) -> list[Signed]:
    """The protocols in force, by kind."""
    names = dict(Worker.objects.filter(site=site).values_list("id", "name"))
    found = Row.objects.filter(site=site, retired=None).order_by("kind")
    return [Signed(row.id, parse_protocol(row.text), row.signed, names.get(row.signed_by or "", "")) for row in found]


@cache
def examples() -> tuple[Protocol, ...]:
    """The examples, to be read, changed and signed."""
    folder = resources.files("fristed.room").joinpath("data/protocols")
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(msgspec.convert(tomllib.loads(f.read_text(encoding="utf-8")), Protocol) for f in files)


def json_of(protocol: Protocol) -> str:
    """What the button that signs an example sends."""
    return '{"protocol": ' + text_of(protocol) + "}"
