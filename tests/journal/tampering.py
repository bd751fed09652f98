"""A hand with the key: changes rows behind the triggers' back and puts the triggers in place again."""

from __future__ import annotations

import msgspec
from django.db import connection

from fristed.ground.ids import Id
from fristed.journal import triggers
from fristed.journal.entry import GENESIS, canonical, chain, parse


def change(sql: str, *values: str | int | None) -> None:
    """Runs one statement as if no trigger and no foreign key were there."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys = OFF")
            names = cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for (name,) in names:
                cursor.execute(f'DROP TRIGGER "{name}"')
            cursor.execute(sql, values)
            cursor.execute("PRAGMA foreign_keys = ON")
        else:
            for table in triggers.APPEND_ONLY:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(sql, values)
            cursor.execute("SET session_replication_role = DEFAULT")
            for table in triggers.APPEND_ONLY:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER ALL")
    triggers.install()
    assert triggers.missing() == []


def rewrite_from(site: Id, seq: int, **fields: object) -> None:
    """Changes one entry's text and makes every hash from there on fit again: what only a signed head finds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, text, hash FROM journal_entry WHERE site_id = %s ORDER BY seq", (site,))
        entries = cursor.fetchall()
    previous = next((hash for number, _, hash in entries if number == seq - 1), GENESIS)
    for number, text, _ in entries:
        if number < seq:
            continue
        if number == seq:
            text = canonical(msgspec.structs.replace(parse(text), **fields))
        previous = chain(previous, text)
        change(
            "UPDATE journal_entry SET text = %s, hash = %s WHERE site_id = %s AND seq = %s",
            text,
            previous,
            site,
            number,
        )
