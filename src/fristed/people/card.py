"""What a person may say about themself at registration, as data: questions, answers, where the question is used."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

import msgspec


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question. `options`: code → the answer in English."""

    code: str
    name: str
    source: str
    options: dict[str, str] = {}


@cache
def card_fields() -> tuple[Field, ...]:
    """The questions of the card, in the order they are asked. All may be left out."""
    text = resources.files("fristed.people").joinpath("data/card.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text)["field"], tuple[Field, ...])
