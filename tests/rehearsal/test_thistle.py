"""The Thistle of 2025, lived and then counted, against what Glasgow published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import exp, factorial

import pytest
from msgspec.structs import replace

from fristed.evidence.queries.period import Period
from fristed.evidence.queries.visits import accesses
from fristed.evidence.thistle import Thistle, thistle
from fristed.journal.frame import kept_in
from fristed.journal.memory import MemoryBook
from fristed.rehearsal.compare import LEVEL, compare, poisson_interval
from fristed.rehearsal.crowd import new_chance
from fristed.rehearsal.figures import Figure
from fristed.rehearsal.history import begin, make_history
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
    """A day of every month is the same to the last hash when every published outcome is taken away."""
    room = read_room("thistle-2025")
    assert {p.column for p in room.published if p.kind == "outcome"} == {"episodes", "emergencies", "persons"}
    inputs = replace(room, published=tuple(p for p in room.published if p.kind == "input"))
    assert {p.column for p in inputs.published} == {"accesses", "cocaine", "heroin", "snowball"}
    days = [FIRST, *(date(2025, month, 20) for month in range(2, 9))]
    assert [head_after(room, day) for day in days] == [head_after(inputs, day) for day in days]


def test_every_monthly_value_of_an_input_is_read_by_the_life() -> None:
    """What the last test would not see: a hash that does not change whatever the file says."""
    room = read_room("thistle-2025")
    for column in (p for p in room.published if p.kind == "input"):
        other = replace(column, values={month: value * 5 for month, value in column.values.items()})
        changed = replace(room, published=tuple(other if p is column else p for p in room.published))
        assert head_after(changed, FIRST) != head_after(room, FIRST), column.column


def head_after(room: RoomFile, day: date) -> str:
    book = MemoryBook()
    with kept_in(book):
        life = begin(room, day)
        life.live_day(day)
    return book.head(life.site).hash


@dataclass(frozen=True)
class AsPublished:
    """A month that was lived exactly as it was published."""

    room: RoomFile
    month: str

    def _of(self, column: str) -> float:
        return next(p.values[self.month] for p in self.room.published if p.column == column)

    @property
    def accesses(self) -> int:
        return int(self._of("accesses"))

    @property
    def episodes(self) -> int:
        return int(self._of("episodes"))

    @property
    def emergencies(self) -> int:
        return int(self._of("emergencies"))

    def percent(self, substance: str) -> float:
        return self._of(substance)


def disagreeing(room: RoomFile) -> set[str]:
    """The columns of which some published number is not what chance leaves of this room."""
    months = [AsPublished(room, f"2025-0{n}") for n in range(1, 9)]
    cells = compare(room, list(months), {"2025-03-02": 143, "2025-08-31": 418})
    return {c.column for c in cells if not c.agrees}


def test_what_was_published_is_within_chance_of_this_room_and_of_no_wrong_one() -> None:
    room = read_room("thistle-2025")
    assert disagreeing(room) == set()
    no_swing = replace(room, purpose=replace(room.purpose, swing=Figure(0, "wrong on purpose")))
    assert disagreeing(no_swing) == {"episodes"}
    twice_as_bad = replace(room, emergencies=replace(room.emergencies, per_1000=Figure(23.6, "wrong on purpose")))
    assert disagreeing(twice_as_bad) == {"emergencies"}
    more_new = replace(room, persons=replace(room.persons, decline=Figure(0.4, "wrong on purpose")))
    assert disagreeing(more_new) == {"persons"}


def test_the_law_of_new_people_gives_the_two_totals_it_was_chosen_by() -> None:
    persons = read_room("thistle-2025").persons
    assert round(sum(new_chance(persons, n) for n in range(10_819))) == 560
    assert round(sum(new_chance(persons, n) for n in range(11_348))) == 575


def test_the_interval_holds_what_it_says() -> None:
    low, high = poisson_interval(7.2)
    mass = [exp(-7.2) * 7.2**k / factorial(k) for k in range(60)]
    assert sum(mass[low : high + 1]) >= LEVEL
    assert sum(mass[:low]) <= (1 - LEVEL) / 2
    assert sum(mass[high + 1 :]) <= (1 - LEVEL) / 2
