"""When people come on one day: a Poisson stream whose rate follows month, weekday, payday and hour."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from fristed.rehearsal.chance import Chance, exponential
from fristed.rehearsal.roomfile import RoomFile


def expected(room: RoomFile, day: date) -> float:
    """How many registered visits this day brings on average."""
    weekday = room.arrivals.by_weekday.values
    level = _level(room, day) * weekday[day.weekday()] * 7 / sum(weekday)
    payday = room.arrivals.payday
    return level * payday.factor if day.day in payday.days else level


def arrivals(room: RoomFile, chance: Chance, day: date, *, purpose: str, rate: float) -> Iterator[float]:
    """Hours since opening at which someone comes, `rate` on average.

    A unit Poisson stream is drawn and mapped through the day's profile, so that a busier day keeps who came and adds.
    """
    profile = room.arrivals.by_hour.values
    passed, n = 0.0, 0
    while True:
        passed += exponential(chance.uniform(purpose, day, n), 1.0)
        if passed >= rate:
            return
        yield _hour_at(profile, passed / rate)
        n += 1


def _level(room: RoomFile, day: date) -> float:
    published = room.column("accesses", "input")
    month = f"{day:%Y-%m}"
    if published is not None and month in published.values:
        return published.values[month] / _days_open(room, day)
    if room.arrivals.per_day is not None:
        return room.arrivals.per_day.value
    raise LookupError(f"{room.slug}: nothing says how many come in {month}")


def _days_open(room: RoomFile, day: date) -> int:
    days = monthrange(day.year, day.month)[1]
    first = room.first_day
    if first is not None and (first.year, first.month) == (day.year, day.month):
        return days - first.day + 1
    return days


def _hour_at(profile: tuple[float, ...], share: float) -> float:
    """The time by which this share of the day's people has come."""
    wanted = share * sum(profile)
    for hour, weight in enumerate(profile):
        if wanted < weight:
            return hour + wanted / weight
        wanted -= weight
    return float(len(profile))
