"""A backup is made while people write, holds one moment, and comes back on either database with the same head."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test import override_settings

from fristed.ground.act import MANAGER
from fristed.ground.ids import Id
from fristed.ground.keyring import DatabaseKeyring
from fristed.house.configuration import Service
from fristed.journal import erasure
from fristed.journal.backup import RestoreError, back_up, restore
from fristed.journal.backup.restoring import set_aside
from fristed.journal.entry import Head
from fristed.journal.verify import verify
from fristed.people.acts.erasure import erase
from fristed.staff.models import Account
from tests.journal import life
from tests.journal.test_verify import Evening
from tests.support import databases
from tests.support.cast import done


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path) -> Iterator[None]:
    with override_settings(SERVICE=Service(home=str(tmp_path))):
        yield


def go_elsewhere(folder: Path) -> None:
    """Django is pointed at a database of the same kind that holds nothing yet."""
    if connection.vendor == "sqlite":
        folder.mkdir()
        databases.use_sqlite(folder / "fristed.db")
    else:
        databases.use_postgres(
            databases.create_postgres(f"elsewhere_{os.getpid()}_{next(databases.numbers)}", "template0")
        )


def hash_at(site: Id, seq: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT hash FROM journal_entry WHERE site_id = %s AND seq = %s", (site, seq))
        return str(cursor.fetchone()[0])


class Writers:
    """Threads that look at one person again and again until told to stop; the entries they were promised."""

    def __init__(self, evening: Evening, count: int) -> None:
        self.evening, self.stopping = evening, threading.Event()
        self.kept: list[int] = []
        self.taps = threading.Lock()
        self.threads = [threading.Thread(target=self._write) for _ in range(count)]

    def __enter__(self) -> Writers:
        for thread in self.threads:
            thread.start()
        while len(self.kept) < 20:
            pass
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        for thread in self.threads:
            thread.join()

    def _write(self) -> None:
        while not self.stopping.is_set():
            with self.taps:
                tap = self.evening.room.tap()
            self.kept.append(done(life.look(tap, visit=self.evening.visits[0])).seq)
        connections["default"].close()


def test_a_backup_under_load_holds_one_moment_and_is_restored_with_the_same_head(database: str, tmp_path: Path) -> None:
    evening = Evening()
    site = evening.room.site
    with Writers(evening, 4) as writers:
        promised = max(writers.kept)
        heads = back_up(tmp_path / "copy")
        promised_after = len(writers.kept)
    assert promised <= heads[site].seq
    assert len(writers.kept) >= promised_after
    assert heads[site].hash == hash_at(site, heads[site].seq)
    go_elsewhere(tmp_path / "elsewhere")
    restore(tmp_path / "copy", tmp_path / erasure.FILE)
    report = verify()
    assert report.findings == []
    assert report.heads == heads
    done(life.look(evening.room.tap(), visit=evening.visits[0]))
    assert verify().heads[site].seq == heads[site].seq + 1


def test_a_backup_of_one_database_is_restored_to_the_other(
    sqlite_template: Path, postgres_template: str, tmp_path: Path
) -> None:
    databases.use_sqlite(Path(shutil.copy(sqlite_template, tmp_path / "fristed.db")))
    evening = Evening()
    Account.objects.create_user("invented", password=None)
    heads = back_up(tmp_path / "first")
    databases.use_postgres(databases.create_postgres(f"elsewhere_{os.getpid()}_{next(databases.numbers)}", "template0"))
    restore(tmp_path / "first", tmp_path / erasure.FILE)
    assert (verify().findings, verify().heads) == ([], heads)
    Account.objects.create_user("another", password=None)
    assert back_up(tmp_path / "second") == heads
    connections["default"].close()
    databases.use_sqlite(tmp_path / "third.db")
    restore(tmp_path / "second", tmp_path / erasure.FILE)
    assert (verify().findings, verify().heads) == ([], heads)
    assert list(Account.objects.order_by("pk").values_list("username", flat=True)) == ["invented", "another"]
    assert life.card_of(evening.client) == {"call_word": "Kestrel (invented)"}


def test_whoever_was_erased_after_the_backup_does_not_come_back_with_it(database: str, tmp_path: Path) -> None:
    evening = Evening()
    back_up(tmp_path / "copy")
    done(erase(evening.room.tap(MANAGER), client=evening.client, why="asked"))
    go_elsewhere(tmp_path / "elsewhere")
    assert restore(tmp_path / "copy", tmp_path / erasure.FILE) == 1
    assert not DatabaseKeyring().key_is_there(evening.client)
    assert verify().findings == []


def test_a_backup_is_encrypted_and_never_replaces_another(database: str, tmp_path: Path) -> None:
    Evening()
    back_up(tmp_path / "copy")
    kept = (tmp_path / "copy").read_bytes()
    assert b"SQLite format 3" not in kept
    assert b"journal_entry" not in kept
    with pytest.raises(FileExistsError):
        back_up(tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == kept


def test_a_damaged_backup_is_refused_by_its_page_and_nothing_is_restored(database: str, tmp_path: Path) -> None:
    Evening()
    back_up(tmp_path / "copy")
    whole = bytearray((tmp_path / "copy").read_bytes())
    whole[4096 * 20 + 9] ^= 1
    (tmp_path / "copy").write_bytes(whole)
    go_elsewhere(tmp_path / "elsewhere")
    with pytest.raises(RestoreError, match="page 21"):
        restore(tmp_path / "copy", tmp_path / erasure.FILE)
    assert "journal_entry" not in connection.introspection.table_names()


def test_a_backup_is_not_restored_over_a_journal(database: str, tmp_path: Path) -> None:
    evening = Evening()
    back_up(tmp_path / "copy")
    with pytest.raises(RestoreError, match="already"):
        restore(tmp_path / "copy", tmp_path / erasure.FILE)
    assert verify().heads[evening.room.site].seq == 10


def test_a_file_is_set_aside_with_its_log(tmp_path: Path) -> None:
    for name in ("fristed.db", "fristed.db-wal"):
        (tmp_path / name).write_text(name)
    set_aside(tmp_path / "fristed.db", "before")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["before", "before-wal"]


def test_heads_in_a_backup_are_those_of_every_site(database: str, tmp_path: Path) -> None:
    from tests.support.cast import Room, a_monday_evening, site_file

    first = Evening().room.site
    second = Room(a_monday_evening(), site_file(slug="harbour")).site
    heads = back_up(tmp_path / "copy")
    assert {site: head.seq for site, head in heads.items()} == {first: 10, second: 1}
    assert heads[second] == Head(1, hash_at(second, 1))


def test_progress_of_a_backup_ends_with_all_of_it(database: str, tmp_path: Path) -> None:
    Evening()
    told: list[tuple[int, int]] = []
    back_up(tmp_path / "copy", lambda done, total: told.append((done, total)))
    assert told
    assert all(done <= total for done, total in told)
    assert told[-1][0] == told[-1][1] > 10
