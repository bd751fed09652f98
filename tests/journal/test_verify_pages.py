"""A damaged page is found and named, on the disk of either database."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from fristed.house.configuration import Service
from fristed.house.configuration import databases as configured
from fristed.journal.grants import grant
from fristed.journal.verify import verify
from tests.journal import life
from tests.support import contrib, databases
from tests.support.cast import Room, a_monday_evening, done, site_file

PAGE = {"sqlite": 4096, "postgres": 8192}


def live(visits: int = 60, slug: str = "lantern") -> None:
    room = Room(a_monday_evening(), site_file(slug=slug))
    for _ in range(visits):
        visit = done(life.come(room.tap(), client=None, note="invented " * 20)).thing
        done(life.leave(room.tap(), visit=visit))


def flip(path: Path, page: int, offset: int, size: int) -> None:
    """Turns one bit of one page around. Pages count from zero."""
    with path.open("r+b") as file:
        file.seek(page * size + offset)
        byte = file.read(1)[0]
        file.seek(page * size + offset)
        file.write(bytes([byte ^ 0x10]))


@pytest.fixture
def closed_file(sqlite_template: Path, tmp_path: Path) -> Path:
    """An encrypted file in which a room has lived, with nobody reading it."""
    import shutil

    path = Path(shutil.copy(sqlite_template, tmp_path / "fristed.db"))
    databases.use_sqlite(path)
    live()
    connections["default"].close()
    return path


def test_every_one_of_forty_flipped_bits_in_the_encrypted_file_is_found_on_its_page(closed_file: Path) -> None:
    whole = closed_file.read_bytes()
    chance = random.Random(2025)  # where bits are flipped, not a secret
    for _ in range(40):
        page = chance.randrange(1, len(whole) // 4096)
        closed_file.write_bytes(whole)
        flip(closed_file, page, chance.randrange(4096), 4096)
        databases.use_sqlite(closed_file)
        found = [finding.where for finding in verify().findings if finding.check == "pages"]
        connections["default"].close()
        assert found[0] == f"page {page + 1}"


def test_a_damaged_first_page_is_told_as_that_or_a_wrong_key(closed_file: Path) -> None:
    flip(closed_file, 0, 700, 4096)
    databases.use_sqlite(closed_file)
    finding, *_ = verify().findings
    connections["default"].close()
    assert finding.where == "page 1"


def test_a_file_cut_short_is_found(closed_file: Path) -> None:
    whole = closed_file.read_bytes()
    closed_file.write_bytes(whole[: len(whole) // 2])
    databases.use_sqlite(closed_file)
    findings = verify().findings
    connections["default"].close()
    assert any(finding.check == "pages" for finding in findings)


@pytest.fixture
def damaged_server(postgres_template: str) -> Iterator[str]:
    """A database whose journal has one flipped bit on its second page, which no memory of the server has read."""
    lived, damaged = "test_pages_lived", "test_pages_damaged"
    databases.use_postgres(databases.create_postgres(lived, postgres_template))
    live()
    connections["default"].close()
    with psycopg.connect(databases.address("postgres"), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {damaged} TEMPLATE {lived} STRATEGY file_copy")
        folder = Path(server.execute("SHOW data_directory").fetchone()[0])  # type: ignore[index]  # there is a row
        with psycopg.connect(databases.address(lived)) as inside:
            file = inside.execute("SELECT pg_relation_filenode('journal_entry')").fetchone()[0]  # type: ignore[index]  # there is a row
        oid = server.execute("SELECT oid FROM pg_database WHERE datname = %s", (damaged,)).fetchone()[0]  # type: ignore[index]  # there is a row
    flip(folder / "base" / str(oid) / str(file), 1, 5000, 8192)
    databases.use_postgres(damaged)
    yield damaged
    connections["default"].close()
    for name in (lived, damaged):
        databases.drop_postgres(name)


def test_a_flipped_bit_in_a_postgresql_table_is_found_on_its_page(damaged_server: str) -> None:
    report = verify()
    assert "journal_entry, page 1" in [finding.where for finding in report.findings if finding.check == "pages"]


def test_what_cannot_be_looked_at_here_is_said(database: str) -> None:
    notes = " ".join(verify().notes)
    if connection.vendor == "sqlite":
        assert "write-ahead log" in notes
        return
    assert "amcheck is not installed" in notes
    assert "not read again from the disk" in notes


@pytest.fixture
def indexed() -> Iterator[str]:
    """A database of this machine's own PostgreSQL with amcheck in it; the bundled one where the system has none."""
    found = contrib.binaries()
    if found is None:
        databases.use_postgres(databases.create_postgres("test_amcheck", "template0"))
        call_command("migrate", verbosity=0)
        live()
        yield ""
        connections["default"].close()
        databases.drop_postgres("test_amcheck")
        return
    with contrib.system_server(found) as server:
        databases.use(configured(Service(database=server.format("postgres")), settings.SERVICE_KEY)["default"])
        call_command("migrate", verbosity=0)
        live()
        yield server
        connections["default"].close()


def sql(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_an_index_that_has_lost_an_entry_is_named_where_amcheck_is_and_its_absence_is_said(indexed: str) -> None:
    assert "amcheck is not installed" in " ".join(verify().notes)
    if not indexed:
        print("this system has no amcheck (Debian: apt install postgresql-contrib): only its absence was tested")
        return
    sql("CREATE EXTENSION amcheck")
    sound = verify()
    assert sound.findings == []
    assert "amcheck" not in " ".join(sound.notes)
    hide = "UPDATE pg_index SET indisready = {} WHERE indexrelid = 'entry_by_thing'::regclass"
    sql(hide.format("false"))
    live(1, "harbour")  # these entries are in the table and not in the index
    sql(hide.format("true"))
    connections["default"].close()
    (finding,) = verify().findings
    assert (finding.check, finding.where) == ("pages", "entry_by_thing")
    assert "lacks matching index tuple" in finding.sentence


def test_a_role_that_may_not_run_amcheck_says_so(indexed: str) -> None:
    if not indexed:
        assert "amcheck is not installed" in " ".join(verify().notes)
        return
    sql("CREATE EXTENSION amcheck", "CREATE ROLE serving LOGIN")
    grant("serving")
    serving = indexed.replace("//postgres@", "//serving@").format("postgres")
    databases.use(configured(Service(database=serving), settings.SERVICE_KEY)["default"])
    assert "may not run amcheck" in " ".join(verify().notes)
