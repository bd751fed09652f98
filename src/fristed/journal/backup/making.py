"""Makes a backup while the service runs.

From the encrypted file, SQLite's own online copy, page by page, from one read transaction: writers go on meanwhile.
From PostgreSQL, the rows of one repeatable-read snapshot, written into an encrypted file with the same tables.
"""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from sqlcipher3 import dbapi2 as Database

from fristed.ground.ids import Id
from fristed.ground.sqlcipher.base import connect
from fristed.journal.backup.file import encrypted_file, file_key
from fristed.journal.backup.rows import Tick, copy_rows
from fristed.journal.entry import Head

_PAGES_AT_ONCE = 4_096  # 16 MB
_ONE_FILE = "PRAGMA journal_mode = DELETE"  # or whoever reads the copy leaves a -wal and a -shm beside it


def back_up(path: Path, tick: Tick = lambda done, total: None) -> dict[Id, Head]:
    """Writes a backup to a new file; answers the heads in it. A half-made one has the ending `.part` and no use.

    `tick` is told how much is done of how much: pages of a file, rows of PostgreSQL.
    Raises FileExistsError: a backup never replaces another.
    """
    if path.exists():
        raise FileExistsError(path)
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    if connection.vendor == "sqlite":
        _from_file(Path(str(connection.settings_dict["NAME"])), part, tick)
    else:
        _from_server(part, tick)
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.rename(path)
    return heads_in(path)


def heads_in(path: Path) -> dict[Id, Head]:
    """The last entry of each site in a backup."""
    sql = "SELECT site_id, seq, hash FROM journal_entry WHERE (site_id, seq) IN "
    with closing(connect(path, file_key(), read_only=True)) as file:
        rows = file.execute(f"{sql} (SELECT site_id, max(seq) FROM journal_entry GROUP BY site_id)").fetchall()  # noqa: S608  # no value from outside
    return {site: Head(seq, hash) for site, seq, hash in rows}


def _from_file(live: Path, copy: Path, tick: Tick) -> None:
    with closing(_opened(live, "?mode=ro")) as source, closing(_opened(copy, "")) as target:
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM journal_entry WHERE seq = 1").fetchone()  # from here on one moment is read
        source.backup(target, pages=_PAGES_AT_ONCE, progress=lambda _, left, total: tick(total - left, total))
        target.execute(_ONE_FILE)


def _opened(path: Path, mode: str) -> Any:
    opened = Database.connect(f"file:{path}{mode}", uri=True)
    opened.execute(f"PRAGMA key = \"x'{file_key()}'\"")
    opened.execute("PRAGMA busy_timeout = 60000")
    return opened


def _from_server(copy: Path, tick: Tick) -> None:
    with encrypted_file(copy) as target:
        call_command("migrate", database=target, verbosity=0)
        with connections[target].cursor() as cursor:
            cursor.execute("PRAGMA foreign_keys = OFF")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            with transaction.atomic(using=target):
                copy_rows(DEFAULT_DB_ALIAS, target, tick)
        with connections[target].cursor() as cursor:
            cursor.execute(_ONE_FILE).fetchall()
