"""The tables that acts write, as Django knows them: their columns and what a new row holds where nothing was said."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.apps import apps
from django.db import models

from fristed.ground.store import Row

DESTROYED = "ground_destroyedkey"  # a row put here deletes the key of the same id

NOT_BY_ACTS = {
    "journal_entry": "the journal itself: one row for each act",
    "ground_subjectkey": "the key store: a key cannot stand in a journal, and destroying it must leave no copy",
    "staff_account": "sign-in: passwords and last sign-in",
    "staff_pin": "sign-in: PIN hashes and lock-outs",
}


@cache
def act_written() -> tuple[str, ...]:
    """The tables of the house that only acts write: every one but the named exceptions."""
    house = (m._meta.db_table for m in apps.get_models() if m.__module__.startswith("fristed."))
    return tuple(sorted(set(house) - NOT_BY_ACTS.keys()))


@cache
def blank_row(table: str) -> Row:
    """Every column of a table with its default; None where there is none. Raises KeyError on an unknown table."""
    return {
        str(field.column): field.get_default() if field.has_default() else None
        for field in _models()[table]._meta.concrete_fields
    }


class Overlong(ValueError):
    """A text that its column does not hold; PostgreSQL would say so too, SQLite would keep it."""


def refuse_overlong(table: str, values: Mapping[str, object]) -> None:
    """Raises Overlong on a text longer than its column."""
    for column, most in _lengths(table).items():
        value = values.get(column)
        if isinstance(value, str) and len(value) > most:
            raise Overlong(f"{table}.{column}")


@cache
def _lengths(table: str) -> dict[str, int]:
    fields = _models()[table]._meta.concrete_fields
    return {str(field.column): field.max_length for field in fields if field.max_length is not None}


@cache
def _models() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_models()}
