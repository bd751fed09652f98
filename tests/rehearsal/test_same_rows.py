"""One life, kept three ways: in memory, act by act on a database, in batches. The same rows, entries and hashes."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection

from fristed.journal.frame import kept_in
from fristed.journal.memory import MemoryBook
from fristed.journal.tables import act_written
from fristed.ground.store import DatabaseStore, Row
from fristed.rehearsal.history import begin, make_history
from fristed.rehearsal.roomfile import RoomFile, read_room

FIRST = date(2025, 3, 8)


def rows(table: str) -> dict[str, Row]:
    return {row["id"]: row for row in DatabaseStore().find(table)}


def entries() -> list[tuple[int, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, text, hash FROM journal_entry ORDER BY seq")
        return [(seq, text, hash) for seq, text, hash in cursor.fetchall()]


def live(room: RoomFile, days: int) -> None:
    _, life = begin(room, FIRST)
    for n in range(days):
        life.live_day(FIRST + timedelta(days=n))


def test_three_days_give_the_same_rows_in_memory_and_act_by_act(database: str) -> None:
    room = read_room("thistle-2025")
    book = MemoryBook()
    with kept_in(book):
        live(room, 3)
    live(room, 3)
    assert len(rows("room_visit")) > 50
    for table in act_written():
        assert rows(table) == book.store.tables[table], table
    assert [text for _, text, _ in entries()] == [book_text for book_text in texts(book)]


def texts(book: MemoryBook) -> list[str]:
    from fristed.journal.entry import canonical

    return [canonical(entry) for entry in sorted(book.entries.values(), key=lambda e: e.seq)]


