"""Puts a backup in the place of a database that is not there, or is set aside. Then erases again whoever was erased."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, transaction

from fristed.journal import erasure, triggers
from fristed.journal.backup.file import encrypted_file, file_key
from fristed.journal.backup.rows import Tick, copy_rows
from fristed.journal.verify.pages import file_damage


class RestoreError(ValueError):
    """Why this backup cannot be restored here, and what to do."""


def restore(backup: Path, destroyed: Path, tick: Tick = lambda done, total: None) -> int:
    """Restores into the database of this service, which must not hold a journal; nothing else may be running.

    `destroyed` is the list of destroyed keys: what it names is erased before this returns; answers how many were.
    Raises RestoreError, ListError.
    """
    erasure.read_list(destroyed)
    for damage in file_damage(backup, file_key()):
        raise RestoreError(f"{backup}: {damage}. Nothing was restored; take another backup.")
    if connection.vendor == "sqlite":
        _to_file(backup, Path(str(connection.settings_dict["NAME"])))
    else:
        _to_server(backup, tick)
    triggers.install()
    return erasure.reapply(destroyed)


def set_aside(database: Path, name: str) -> None:
    """Moves an encrypted file, with its write-ahead log, out of the way."""
    for ending in ("", "-wal", "-shm"):
        if (file := database.with_name(database.name + ending)).exists():
            file.rename(database.with_name(name + ending))


def _to_file(backup: Path, live: Path) -> None:
    if live.exists():
        raise RestoreError(f"{live}: there is a database already. With --replace it is set aside first.")
    part = live.with_name(f"{live.name}.part")
    shutil.copyfile(backup, part)
    part.rename(live)
    call_command("migrate", verbosity=0)


def _to_server(backup: Path, tick: Tick) -> None:
    if _holds_a_journal():
        raise RestoreError(
            "This PostgreSQL database holds a journal already. Name an empty one: --database for a new folder."
        )
    copy = backup.with_name(f"{backup.name}.restoring")
    shutil.copyfile(backup, copy)
    try:
        with encrypted_file(copy) as source:
            call_command("migrate", database=source, verbosity=0)  # a backup may be older than this version
            call_command("migrate", verbosity=0)
            with transaction.atomic():
                copy_rows(source, DEFAULT_DB_ALIAS, tick)
    finally:
        for ending in ("", "-wal", "-shm"):
            copy.with_name(copy.name + ending).unlink(missing_ok=True)


def _holds_a_journal() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM journal_entry LIMIT 1")
            return cursor.fetchone() is not None
    except DatabaseError:
        return False
