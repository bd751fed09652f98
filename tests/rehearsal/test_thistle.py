"""The Thistle of 2025, lived and then counted, against what Glasgow published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from msgspec.structs import replace

from fristed.evidence.queries.period import Period
from fristed.evidence.queries.visits import accesses
from fristed.evidence.thistle import Thistle, thistle
from fristed.rehearsal.compare import compare
from fristed.rehearsal.history import make_history
from fristed.rehearsal.roomfile import RoomFile, read_room

FIRST, LAST = date(2025, 1, 13), date(2025, 8, 31)
DAYS = (LAST - FIRST).days + 1


@pytest.fixture
def counted(database: str) -> Iterator[tuple[RoomFile, Thistle, dict[str, int]]]:
    """The room, its table from 13 January to 31 August, and different people up to the two published days."""
    room = read_room("thistle-2025")
    life = make_history(room, FIRST, DAYS)
    period = Period(life.site, FIRST, LAST)
    came = accesses(period)
    yield room, thistle(period), {day: int(came.until(day)) for day in ("2025-03-02", "2025-08-31")}


def test_the_published_table_is_lived_within_sampling_error(
    counted: tuple[RoomFile, Thistle, dict[str, int]],
) -> None:
    room, table, people = counted
    cells = compare(room, list(table.months), people)
    assert len([c for c in cells if c.kind == "outcome"]) == 8 + 8 + 2
    assert len([c for c in cells if c.kind == "input"]) == 8 * 4
    assert [c for c in cells if not c.agrees] == []


def test_no_monthly_value_of_an_outcome_is_read_by_the_life() -> None:
    """The same life with every published outcome taken away, and with wrong ones put in their place."""
    room = read_room("thistle-2025")
    assert {p.column for p in room.published if p.kind == "outcome"} == {"episodes", "emergencies", "persons"}
    inputs = replace(room, published=tuple(p for p in room.published if p.kind == "input"))
    from fristed.journal.frame import kept_in
    from fristed.journal.memory import MemoryBook
    from fristed.rehearsal.history import begin

    hashes = []
    for read in (room, inputs):
        book = MemoryBook()
        with kept_in(book):
            life = begin(read, FIRST)
            life.live_day(FIRST)
        hashes.append(book.head(life.site).hash)
    assert hashes[0] == hashes[1]
