"""The machine's own limit: the same rows as bare durable commits, one transaction an act."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from bench.place import use_fresh
from fristed.ground.ids import Id
from fristed.journal.entry import parse
from fristed.journal.tables import blank_row

Statement = tuple[str, tuple[Any, ...]]


def rows_of(site: Id, count: int) -> list[list[Statement]]:
    """The statements of the site's last acts, ready to run: one list an act. Read from the database in use."""
    with connection.cursor() as cursor:
        columns = "key, site_id, seq, act, thing, happened, recorded, text, hash"
        order = "WHERE site_id = %s ORDER BY seq DESC LIMIT %s"
        cursor.execute(f"SELECT {columns} FROM journal_entry {order}", (site, count))  # noqa: S608  # our own names
        entries = cursor.fetchall()[::-1]
    insert = f"INSERT INTO journal_entry ({columns}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"  # noqa: S608  # our own names
    return [[(insert, entry), *map(_statement, parse(entry[7]).rows)] for entry in entries]


def per_second(database: str, home: Path, acts: list[list[Statement]]) -> float:
    """Durable commits a second of these rows on a fresh database: no rule, no chain, no look-up, no request."""
    use_fresh(database, home)
    call_command("migrate", verbosity=0)
    without_references()
    started = time.perf_counter()
    for statements in acts:
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            for sql, values in statements:
                cursor.execute(sql, values)
    return len(acts) / (time.perf_counter() - started)


def _statement(row: tuple[str, str, Id, dict[str, Any]]) -> Statement:
    mark, table, id, values = row
    if mark == "+":
        full = blank_row(table) | values | {"id": id}
        names, marks = ", ".join(f'"{n}"' for n in full), ", ".join(["%s"] * len(full))
        return f'INSERT INTO "{table}" ({names}) VALUES ({marks})', tuple(full.values())  # noqa: S608  # our own names
    changes = ", ".join(f'"{name}" = %s' for name in values)
    return f'UPDATE "{table}" SET {changes} WHERE "id" = %s', (*values.values(), id)  # noqa: S608  # our own names


def without_references() -> None:
    """What these rows point at is in the other database; the commit is what is measured."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys = OFF")
        else:
            cursor.execute("SET session_replication_role = replica")
