"""Where entries and rows are written: the database. One act is one transaction, one site's acts run one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from typing import Any, Protocol

from django.db import connection, transaction

from fristed.ground.act import Put
from fristed.ground.ids import Id
from fristed.ground.store import DatabaseStore, Store
from fristed.journal import erasure
from fristed.journal.entry import NO_HEAD, EntryText, Head, canonical, chain, parse
from fristed.journal.tables import DESTROYED, blank_row

ALARM_CHANNEL = "fristed_alarm"


class Book(Protocol):
    """What the frame needs to keep an act: the database, or a rehearsal's memory."""

    def turn(self, site: Id) -> AbstractContextManager[Store]:
        """A transaction in which this site's chain is ours."""

    def known(self, key: Id) -> EntryText | None:
        """The entry that this key has already made."""

    def head(self, site: Id) -> Head:
        """The last entry's number and hash."""

    def write(self, entry: EntryText, previous: str, puts: Iterable[Put], *, alarm: bool) -> None:
        """Appends the entry to the chain after the entry with this hash, and applies its rows."""


class DatabaseBook:
    """Rows and entry in one durable transaction, in named SQL, under the site's lock."""

    def __init__(self) -> None:
        self.store = DatabaseStore()

    @contextmanager
    def turn(self, site: Id) -> Iterator[Store]:
        with transaction.atomic(durable=True):
            if connection.vendor == "postgresql":  # SQLite's BEGIN IMMEDIATE already lets one writer in
                _run("SELECT pg_advisory_xact_lock(%s)", _lock_number(site))
            yield self.store

    def known(self, key: Id) -> EntryText | None:
        found = _run("SELECT text FROM journal_entry WHERE key = %s", key)
        return parse(found[0]) if found else None

    def head(self, site: Id) -> Head:
        found = _run("SELECT seq, hash FROM journal_entry WHERE site_id = %s ORDER BY seq DESC LIMIT 1", site)
        return Head(*found) if found else NO_HEAD

    def write(self, entry: EntryText, previous: str, puts: Iterable[Put], *, alarm: bool) -> None:
        with connection.cursor() as cursor:
            text = canonical(entry)
            cursor.execute(
                "INSERT INTO journal_entry (key, site_id, seq, act, thing, happened, recorded, text, hash) "
                "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
                (*entry_columns(entry), text, chain(previous, text)),
            )
            for put in puts:
                _apply(cursor, put)
                if put.table == DESTROYED:
                    self.store.keyring.destroy(put.id)
                    erasure.after_commit(put.id, entry.recorded)
            if alarm and connection.vendor == "postgresql":
                cursor.execute("SELECT pg_notify(%s, %s)", (ALARM_CHANNEL, entry.site))


def entry_columns(entry: EntryText) -> tuple[str | int, ...]:
    """The columns that repeat parts of the text, in the order of the table."""
    return entry.key, entry.site, entry.seq, entry.act, entry.thing, entry.happened, entry.recorded


def _lock_number(site: Id) -> int:
    """The site's lock: there before the site is, so that two taps found it once. 63 bits of its id's random tail."""
    return int(site[-16:], 16) >> 1


def _run(sql: str, value: str | int) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, (value,))
        row: tuple[Any, ...] | None = cursor.fetchone()
        return row


def _apply(cursor: Any, put: Put) -> None:
    if put.new:
        row = blank_row(put.table) | dict(put.values) | {"id": put.id}
        cursor.execute(_statement(put.table, tuple(row), True), tuple(row.values()))
    else:
        cursor.execute(_statement(put.table, tuple(put.values), False), (*put.values.values(), put.id))
        if cursor.rowcount != 1:
            raise LookupError(f"{put.table} {put.id}: an act changes a row that is not there")


@lru_cache(maxsize=1024)
def _statement(table: str, columns: tuple[str, ...], new: bool) -> str:
    """The SQL that makes or changes a row; names come from code only."""
    if new:
        names = ", ".join(f'"{column}"' for column in columns)
        return f'INSERT INTO "{table}" ({names}) VALUES ({", ".join(["%s"] * len(columns))})'  # noqa: S608  # names from code only
    changes = ", ".join(f'"{column}" = %s' for column in columns)
    return f'UPDATE "{table}" SET {changes} WHERE "id" = %s'  # noqa: S608  # names from code only
