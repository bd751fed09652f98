"""What was published beside what was lived, with the interval in which chance alone leaves a number of this room.

The room file's rates give each number's mean. Arrivals are a Poisson stream and purpose and emergencies are drawn
visit by visit, so accesses, episodes and emergencies of a month are Poisson; the share of a substance is binomial;
different people are a sum of independent draws over a Poisson number of visits (normal). The interval is of 99 % for
one number: of 50 numbers of a true room, one lies outside in every second table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, lgamma, log, sqrt
from statistics import NormalDist
from typing import Protocol

from fristed.rehearsal.arrivals import expected
from fristed.rehearsal.crowd import new_chance
from fristed.rehearsal.plan import consume_share, substance_mix
from fristed.rehearsal.roomfile import RoomFile

LEVEL = 0.99
_Z = NormalDist().inv_cdf((1 + LEVEL) / 2)


class Month(Protocol):
    """A counted month, as a report has it."""

    @property
    def month(self) -> str: ...
    @property
    def accesses(self) -> int: ...
    @property
    def episodes(self) -> int: ...
    @property
    def emergencies(self) -> int: ...
    def percent(self, substance: str) -> float | None: ...


@dataclass(frozen=True, slots=True)
class Cell:
    """One number: its column, month or day, whether the life read it, both values, and the interval."""

    column: str
    when: str
    kind: str  # input, outcome
    published: float
    lived: float
    low: float
    high: float

    @property
    def agrees(self) -> bool:
        """Whether both the published and the lived number are what chance leaves of this room."""
        return self.low <= self.published <= self.high and self.low <= self.lived <= self.high


def compare(room: RoomFile, months: list[Month], people: dict[str, int]) -> list[Cell]:
    """Every published number of the months counted and of the days for which people were counted."""
    lived = {m.month: m for m in months}
    cells = [cell for m in lived.values() for cell in _month(room, m)]
    for column in room.published:
        if column.column == "persons":
            wanted = ((day, published) for day, published in column.values.items() if day in people)
            cells += [
                Cell("persons", day, column.kind, published, people[day], *_people(room, date.fromisoformat(day)))
                for day, published in wanted
            ]
    return cells


def _month(room: RoomFile, lived: Month) -> Iterator[Cell]:
    days = _days(room, lived.month)
    accesses = sum(expected(room, day) for day in days)
    uses = sum(expected(room, day) * consume_share(room, day) for day in days) * (1 + room.purpose.second_use.value)
    means = {"accesses": accesses, "episodes": uses, "emergencies": uses * room.emergencies.per_1000.value / 1000}
    counted = {"accesses": lived.accesses, "episodes": lived.episodes, "emergencies": lived.emergencies}
    for column in room.published:
        published = column.values.get(lived.month)
        if published is None:
            continue
        if column.column in means:
            interval = poisson_interval(means[column.column])
            yield Cell(column.column, lived.month, column.kind, published, counted[column.column], *interval)
        else:
            share = lived.percent(column.column) or 0.0
            low, high = _share(room, column.column, days[0], uses)
            yield Cell(column.column, lived.month, column.kind, published, share, low, high)


def poisson_interval(mean: float) -> tuple[int, int]:
    """The smallest and largest count that are not in the outer half percent on either side."""
    outside, low, below = (1 - LEVEL) / 2, -1, 0.0
    for count in range(10 * round(mean) + 50):
        below += exp(count * log(mean) - mean - lgamma(count + 1))
        if low < 0 and below > outside:
            low = count
        if below >= 1 - outside:
            break
    return low, count


def _share(room: RoomFile, substance: str, day: date, uses: float) -> tuple[float, float]:
    mix = substance_mix(room, day)
    share = mix[substance] / sum(mix.values())
    width = _Z * sqrt(share * (1 - share) / uses)
    rounding = 0.0005
    return round(100 * (share - width - rounding), 1), round(100 * (share + width + rounding), 1)


def _people(room: RoomFile, last: date) -> tuple[int, int]:
    """Different people up to a day: who is new is drawn visit by visit; how many visits is Poisson."""
    assert room.first_day is not None
    days = (last - room.first_day).days + 1
    visits = sum(expected(room, room.first_day + timedelta(days=n)) for n in range(days))
    news = [new_chance(room.persons, n) for n in range(round(visits))]
    mean = sum(news)
    spread = sqrt(sum(p * (1 - p) for p in news) + news[-1] ** 2 * visits)
    return round(mean - _Z * spread), round(mean + _Z * spread)


def _days(room: RoomFile, month: str) -> list[date]:
    year, number = map(int, month.split("-"))
    day = date(year, number, 1)
    every = [day + timedelta(days=n) for n in range(31)]
    return [d for d in every if d.month == number and (room.first_day is None or d >= room.first_day)]
