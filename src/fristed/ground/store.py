"""What acts load from: rows as plain mappings, asked by table and equal columns. Nothing here writes.

The database answers live acts; a rehearsal's memory answers batch-made history. Both give the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Protocol

from django.db import connection

from fristed.ground import seal
from fristed.ground.ids import Id
from fristed.ground.keyring import DatabaseKeyring, Keyring

Row = dict[str, Any]


class Store(Protocol):
    """How an act reads. Rows come in the order of their ids, which is the order in which they were made."""

    @property
    def keyring(self) -> Keyring:
        """Where subjects' keys are."""

    def get(self, table: str, id: Id) -> Row | None:
        """One row, or None."""

    def find(self, table: str, **equals: str | int | None) -> list[Row]:
        """The rows whose columns equal these values (None: is null)."""

    def latest(self, table: str, **equals: str | int | None) -> Row | None:
        """The newest of `find`, or None."""


def opened(store: Store, subject: Id, sealed: str) -> dict[str, Any]:
    """Personal content of a row; empty when it was erased."""
    return _opened(store.keyring.key(subject), subject, sealed)


def opened_each(store: Store, rows: Iterable[tuple[Id, str]]) -> list[dict[str, Any]]:
    """The content of (subject, sealed) pairs, in order, with one question for all keys; empty where erased."""
    pairs = list(rows)
    keys = store.keyring.keys(subject for subject, sealed in pairs if sealed)
    return [_opened(keys.get(subject), subject, sealed) for subject, sealed in pairs]


def _opened(key: bytes | None, subject: Id, sealed: str) -> dict[str, Any]:
    try:
        return seal.unseal(key, subject, sealed)
    except seal.Unreadable:
        return {}


class DatabaseStore:
    """Reads the current rows in the transaction of the act."""

    def __init__(self) -> None:
        self.keyring = DatabaseKeyring()

    def get(self, table: str, id: Id) -> Row | None:
        found = self._rows(table, ("id",), (id,), "")
        return found[0] if found else None

    def find(self, table: str, **equals: str | int | None) -> list[Row]:
        return self._rows(table, tuple(equals), tuple(equals.values()), " ORDER BY id")

    def latest(self, table: str, **equals: str | int | None) -> Row | None:
        found = self._rows(table, tuple(equals), tuple(equals.values()), " ORDER BY id DESC LIMIT 1")
        return found[0] if found else None

    def _rows(self, table: str, columns: tuple[str, ...], values: tuple[str | int | None, ...], tail: str) -> list[Row]:
        nulls = tuple(value is None for value in values)
        with connection.cursor() as cursor:
            cursor.execute(_select(table, columns, nulls) + tail, [v for v in values if v is not None])
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@lru_cache(maxsize=512)
def _select(table: str, columns: tuple[str, ...], nulls: tuple[bool, ...]) -> str:
    tests = (f'"{c}" IS NULL' if null else f'"{c}" = %s' for c, null in zip(columns, nulls, strict=True))
    return f'SELECT * FROM "{table}" WHERE ' + (" AND ".join(tests) or "TRUE")  # noqa: S608  # names from code only
