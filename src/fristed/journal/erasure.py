"""What must follow when a key is destroyed: no trace of it in the database's files, and a list that outlives backups.

The list lies in the service's folder, never in a backup: one line per subject, its id and the moment. Before a restored
copy may serve, `reapply` destroys in it every key that the list names; so nobody comes back with an old backup.
"""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from fristed.ground.ids import Id, is_id
from fristed.ground.keyring import DatabaseKeyring
from fristed.ground.moments import Moment

FILE = "destroyed.keys"


class ListError(ValueError):
    """The list of destroyed keys cannot be read: where and what to do."""


def list_path() -> Path:
    """Where this service keeps its list."""
    return Path(settings.SERVICE.home) / FILE


def after_commit(subject: Id, moment: Moment) -> None:
    """Once the act is kept: names the subject on the list and wipes what the database's files still hold of its key."""
    transaction.on_commit(lambda: _follow_up(subject, moment))


def reapply(path: Path) -> int:
    """Brings list and database to the same: before serving, and after restoring. Answers how many keys it destroyed.

    A crash between an erasure and its line on the list is made good here. Raises ListError.
    """
    listed = read_list(path)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, destroyed FROM ground_destroyedkey ORDER BY id")
        _append(path, {id: moment for id, moment in cursor.fetchall() if id not in listed})
    keyring = DatabaseKeyring()
    found = [id for id in listed if keyring.key_is_there(id)]
    with transaction.atomic():
        for id in found:
            keyring.destroy(id)
    if found:
        _wipe()
    return len(found)


def read_list(path: Path) -> dict[Id, Moment]:
    """The subjects on a list; none where there is no list yet. Raises ListError."""
    if not path.exists():
        return {}
    found: dict[Id, Moment] = {}
    for number, line in enumerate(path.read_text(encoding="ascii", errors="replace").splitlines(), 1):
        id, _, moment = line.partition(" ")
        if not is_id(id) or not moment.isdecimal():
            raise ListError(f"{path}, line {number}: this is not a destroyed key. Bring back the file as it was.")
        found[id] = int(moment)
    return found


def _follow_up(subject: Id, moment: Moment) -> None:
    _append(list_path(), {subject: moment})
    _wipe()


def _append(path: Path, subjects: dict[Id, Moment]) -> None:
    if not subjects:
        return
    with path.open("a", encoding="ascii") as file:
        file.writelines(f"{id} {moment}\n" for id, moment in subjects.items())
        file.flush()
        os.fsync(file.fileno())


def _wipe() -> None:
    """Old pages leave the write-ahead log (SQLite) or the table (PostgreSQL); a reader in the way delays it only."""
    with connection.cursor() as cursor:
        sqlite = connection.vendor == "sqlite"
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)" if sqlite else "VACUUM ground_subjectkey")
        if sqlite:
            cursor.fetchall()
