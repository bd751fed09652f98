"""Triggers that refuse UPDATE, DELETE, TRUNCATE and INSERT OR REPLACE on tables that only grow. On both databases.

Django's table remakes on SQLite drop triggers silently, so they are installed after every migrate,
looked for at start, and again by `fristed verify`. Looked for means: there, switched on, and saying what they should.
"""

from __future__ import annotations

from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections

# What a new row may not collide with: INSERT OR REPLACE would delete the old row without asking a DELETE trigger,
# unless the connection has switched recursive triggers on.
APPEND_ONLY = {
    "journal_entry": "key = NEW.key OR (site_id = NEW.site_id AND seq = NEW.seq) OR rowid = NEW.rowid",
    "ground_destroyedkey": "id = NEW.id OR rowid = NEW.rowid",
}


class Trigger(NamedTuple):
    """One trigger: its name, its table, what it refuses, and the statement that makes it."""

    name: str
    table: str
    sql: str


_SQLITE = """CREATE TRIGGER "{table}_no_{deed}" BEFORE {deed} ON "{table}"
BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"""
_SQLITE_REPLACE = """CREATE TRIGGER "{table}_no_replace" BEFORE insert ON "{table}"
WHEN EXISTS (SELECT 1 FROM "{table}" WHERE {collides})
BEGIN SELECT RAISE(ABORT, '{table} only grows: UNIQUE'); END"""

_POSTGRES_BODY = " BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME; END "
_POSTGRES_FUNCTION = (
    f"CREATE OR REPLACE FUNCTION fristed_only_grows() RETURNS trigger LANGUAGE plpgsql AS $${_POSTGRES_BODY}$$"
)
_POSTGRES = """CREATE OR REPLACE TRIGGER "{table}_no_{deed}" BEFORE {deed} ON "{table}"
FOR EACH {level} EXECUTE FUNCTION fristed_only_grows()"""
_POSTGRES_THERE = """SELECT t.tgname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
WHERE t.tgenabled = 'A' AND t.tgqual IS NULL AND t.tgattr = '' AND p.proname = 'fristed_only_grows' AND p.prosrc = %s"""


def install(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Makes every trigger that is missing or not as it should be; answers their names."""
    absent = set(missing(using))
    with connections[using].cursor() as cursor:
        if absent and connections[using].vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
        for trigger in wanted(using):
            if trigger.name not in absent:
                continue
            if connections[using].vendor == "sqlite":
                cursor.execute(f'DROP TRIGGER IF EXISTS "{trigger.name}"')
                cursor.execute(trigger.sql)
            else:
                cursor.execute(trigger.sql)
                cursor.execute(f'ALTER TABLE "{trigger.table}" ENABLE ALWAYS TRIGGER "{trigger.name}"')
    return sorted(absent)


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """The names of triggers that should be there and are not, are switched off, or say something else."""
    with connections[using].cursor() as cursor:
        if connections[using].vendor == "sqlite":
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
            there = {row[0] for row in cursor.fetchall()}
            return [trigger.name for trigger in wanted(using) if trigger.sql not in there]
        cursor.execute(_POSTGRES_THERE, [_POSTGRES_BODY])
        names = {row[0] for row in cursor.fetchall()}
        return [trigger.name for trigger in wanted(using) if trigger.name not in names]


def wanted(using: str = DEFAULT_DB_ALIAS) -> list[Trigger]:
    """Every trigger that this kind of database needs."""
    return [t for table in APPEND_ONLY for t in (_on_sqlite(table) if _sqlite(using) else _on_postgres(table))]


def _sqlite(using: str) -> bool:
    return connections[using].vendor == "sqlite"


def _on_sqlite(table: str) -> list[Trigger]:
    refuse = [Trigger(f"{table}_no_{d}", table, _SQLITE.format(table=table, deed=d)) for d in ("update", "delete")]
    replace = _SQLITE_REPLACE.format(table=table, collides=APPEND_ONLY[table])
    return [*refuse, Trigger(f"{table}_no_replace", table, replace)]


def _on_postgres(table: str) -> list[Trigger]:
    levels = {"update": "ROW", "delete": "ROW", "truncate": "STATEMENT"}
    return [
        Trigger(f"{table}_no_{deed}", table, _POSTGRES.format(table=table, deed=deed, level=level))
        for deed, level in levels.items()
    ]
