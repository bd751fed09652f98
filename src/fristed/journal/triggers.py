"""Triggers that refuse UPDATE, DELETE and TRUNCATE on tables that only grow. On both databases.

Django's table remakes on SQLite drop triggers silently, so they are installed after every migrate,
looked for at start, and again by `fristed verify`.
"""

from __future__ import annotations

from django.db import connection

APPEND_ONLY = ("journal_entry",)

_SQLITE = """CREATE TRIGGER IF NOT EXISTS "{table}_no_{deed}" BEFORE {deed} ON "{table}"
BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"""

_POSTGRES_REFUSE = """CREATE OR REPLACE FUNCTION fristed_only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME; END $$"""
_POSTGRES = """CREATE OR REPLACE TRIGGER "{table}_no_{deed}" BEFORE {deed} ON "{table}"
FOR EACH {level} EXECUTE FUNCTION fristed_only_grows()"""


def install() -> None:
    """Makes every missing trigger."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for table, deed in _wanted():
                cursor.execute(_SQLITE.format(table=table, deed=deed))
            return
        cursor.execute(_POSTGRES_REFUSE)
        for table, deed in _wanted():
            level = "STATEMENT" if deed == "truncate" else "ROW"
            cursor.execute(_POSTGRES.format(table=table, deed=deed, level=level))
            cursor.execute(f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{table}_no_{deed}"')


def missing() -> list[str]:
    """The names of triggers that should be there and are not, or are switched off."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled = 'A'")
        there = {row[0] for row in cursor.fetchall()}
    return [f"{table}_no_{deed}" for table, deed in _wanted() if f"{table}_no_{deed}" not in there]


def _wanted() -> list[tuple[str, str]]:
    deeds = ("update", "delete") if connection.vendor == "sqlite" else ("update", "delete", "truncate")
    return [(table, deed) for table in APPEND_ONLY for deed in deeds]
