"""One life, kept three ways: in memory, act by act on a database, in batches. The same rows, entries and hashes."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection
from msgspec.structs import replace

from fristed.ground.store import DatabaseStore, Row
from fristed.journal.entry import canonical
from fristed.journal.frame import kept_in
from fristed.journal.memory import MemoryBook
from fristed.journal.tables import act_written
from fristed.rehearsal.figures import Figure
from fristed.rehearsal.history import begin, forget_the_past, make_history
from fristed.rehearsal.roomfile import RoomFile, read_room
from tests.support.uncounted import uncounted

FIRST = date(2025, 3, 8)


def rows(table: str) -> dict[str, Row]:
    return {row["id"]: row for row in DatabaseStore().find(table)}


def entries() -> list[tuple[int, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, text, hash FROM journal_entry ORDER BY seq")
        return [(seq, text, hash) for seq, text, hash in cursor.fetchall()]


@uncounted()
def live(room: RoomFile, days: int) -> None:
    life = begin(room, FIRST)
    for n in range(days):
        life.live_day(FIRST + timedelta(days=n))


def test_three_days_give_the_same_rows_in_memory_and_act_by_act(database: str) -> None:
    room = eventful(read_room("thistle"))
    book = MemoryBook()
    with kept_in(book):
        live(room, 3)
    live(room, 3)
    assert len(rows("room_visit")) > 50
    assert {visit["refused_by"] for visit in rows("room_visit").values()} >= {"excluded", "intoxicated"}
    for table in LIVED:
        assert rows(table), f"nothing of {table} was lived"
    for table in act_written():
        assert rows(table) == book.store.tables[table], table
    assert [text for _, text, _ in entries()] == texts(book)


LIVED = (
    "people_exclusion", "room_incident", "room_sample", "room_referral", "room_supply", "room_emergency",
    "neighbourhood_needlefind", "neighbourhood_publicuse", "neighbourhood_patrol", "neighbourhood_complaint",
)  # fmt: skip


def eventful(room: RoomFile) -> RoomFile:
    """The same room, in which more goes wrong than anywhere."""
    assert room.door is not None
    assert room.checking is not None
    often = Figure(0.2, "this test's")
    door = replace(room.door, excluded=often, turned_away=often)
    emergencies = replace(room.emergencies, per_1000=Figure(100, "this test's"))
    return replace(room, door=door, checking=replace(room.checking, samples=often), emergencies=emergencies)


def texts(book: MemoryBook) -> list[str]:
    return [canonical(entry) for entry in sorted(book.entries.values(), key=lambda e: e.seq)]


def test_a_day_of_batch_made_history_lived_again_act_by_act_gives_the_same_rows_and_hashes(database: str) -> None:
    """The last of six days is lived again on the database that holds the first five, one act at a time."""
    room, last = read_room("thistle-2025"), FIRST + timedelta(days=5)
    batch = MemoryBook()
    with kept_in(batch):
        live(room, 6)
    life = make_history(room, FIRST, 5)
    before = len(entries())
    life.live_day(last)
    assert len(entries()) > before + 100
    assert [hash for _, _, hash in entries()][-1] == batch.head(life.site).hash
    assert [text for _, text, _ in entries()] == texts(batch)
    for table in act_written():
        assert rows(table) == batch.store.tables[table], table


def test_what_was_written_in_batches_is_forgotten_in_memory() -> None:
    room, book = read_room("thistle-2025"), MemoryBook()
    with kept_in(book):
        live(room, 2)
    assert book.store.tables["room_visit"]
    forget_the_past(book)
    assert not book.store.tables["room_visit"]
    assert not book.store.tables["room_watch"]
    assert book.store.tables["people_client"]
