"""Reads the journal in order, a few thousand entries at a time, from one unmoving view of the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db import connection

from fristed.ground.ids import Id
from fristed.journal.entry import NO_HEAD, Head

BATCH = 2_000
_COLUMNS = "key, site_id, seq, act, thing, happened, recorded, text, hash"


class Kept(NamedTuple):
    """An entry as the table holds it."""

    key: Id
    site: Id
    seq: int
    act: str
    thing: Id
    happened: int
    recorded: int
    text: str
    hash: str


@contextmanager
def snapshot() -> Iterator[None]:
    """Inside, every query sees the same moment, while others may write."""
    how = "" if connection.vendor == "sqlite" else "ISOLATION LEVEL REPEATABLE READ READ ONLY"
    ask(f"BEGIN {how}")
    try:
        yield
    finally:
        ask("ROLLBACK")


def sites() -> list[Id]:
    """The sites that have a journal, by their ids."""
    found: list[Id] = []
    while rows := ask("SELECT site_id FROM journal_entry WHERE site_id > %s ORDER BY site_id LIMIT 1", _last(found)):
        found.append(rows[0][0])
    return found


def head(site: Id) -> Head:
    """The last entry of a site."""
    rows = ask("SELECT seq, hash FROM journal_entry WHERE site_id = %s ORDER BY seq DESC LIMIT 1", site)
    return Head(*rows[0]) if rows else NO_HEAD


def entry_hash(site: Id, seq: int) -> str | None:
    """The hash of one entry."""
    rows = ask("SELECT hash FROM journal_entry WHERE site_id = %s AND seq = %s", site, seq)
    return str(rows[0][0]) if rows else None


def forwards(site: Id) -> Iterator[list[Kept]]:
    """A site's entries from the first, in batches."""
    sql = f"SELECT {_COLUMNS} FROM journal_entry WHERE site_id = %s AND seq > %s ORDER BY seq LIMIT {BATCH}"  # noqa: S608  # names and a number from code
    after = -(2**62)
    while rows := ask(sql, site, after):
        yield [Kept(*row) for row in rows]
        after = rows[-1][2]


def backwards(site: Id) -> Iterator[list[str]]:
    """The texts of a site's entries from the last, in batches."""
    sql = f"SELECT seq, text FROM journal_entry WHERE site_id = %s AND seq < %s ORDER BY seq DESC LIMIT {BATCH}"  # noqa: S608  # names and a number from code
    before = 2**62
    while rows := ask(sql, site, before):
        yield [row[1] for row in rows]
        before = rows[-1][0]


def ask(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """The rows of one query; none for a command."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return list(cursor.fetchall()) if cursor.description else []


def _last(found: list[Id]) -> Id:
    return found[-1] if found else ""
