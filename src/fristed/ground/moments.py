"""Time. A moment is an integer: microseconds since 1970-01-01 in UTC. Zones appear only on screens.

Integers are equal on both databases, exact in a hash, and cannot be "naive".
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from datetime import time as wall_time
from zoneinfo import ZoneInfo

type_of_clock = Callable[[], int]
Moment = int

SECOND: Moment = 1_000_000
MINUTE: Moment = 60 * SECOND
HOUR: Moment = 60 * MINUTE
DAY: Moment = 24 * HOUR

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST: Moment = -62_135_510_400 * SECOND  # 2 January of the year 1 and 30 December 9999: in every zone a date
_LAST: Moment = 253_402_128_000 * SECOND


def world_clock() -> Moment:
    """The machine's clock, whatever clock the house runs by."""
    return time.time_ns() // 1000


_clock: ContextVar[type_of_clock | None] = ContextVar("clock", default=None)
_house_clock: type_of_clock = world_clock


def now() -> Moment:
    """The present moment, by the machine's clock or by the clock a rehearsal set."""
    return (_clock.get() or _house_clock)()


def run_by(read: type_of_clock) -> None:
    """From here on this process and what it forks run by this clock: a rehearsal's service, set at its start."""
    global _house_clock
    _house_clock = read


@contextmanager
def clock_of(read: type_of_clock) -> Iterator[None]:
    """Inside, `now()` reads this clock: a rehearsal's, a test's."""
    token = _clock.set(read)
    try:
        yield
    finally:
        _clock.reset(token)


def moment_of(when: datetime) -> Moment:
    """The moment of an aware datetime. Raises ValueError without a zone."""
    if when.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return (when - _EPOCH) // timedelta(microseconds=1)


def local(moment: Moment, zone: str) -> datetime:
    """The wall clock of a zone at a moment; what lies beyond all dates is shown as the first or the last of them."""
    return (_EPOCH + timedelta(microseconds=min(max(moment, _FIRST), _LAST))).astimezone(ZoneInfo(zone))


def offset(moment: Moment, zone: str) -> int:
    """How far a zone's clocks are from UTC at a moment, in seconds; east is positive."""
    ahead = local(moment, zone).utcoffset()
    return 0 if ahead is None else int(ahead.total_seconds())


def at_wall(day: date, hour: wall_time, zone: str) -> Moment:
    """The moment at which a zone's clocks show this hour on this day (the first of two in autumn)."""
    return moment_of(datetime.combine(day, hour, tzinfo=ZoneInfo(zone)))


def start_of_day(day: date, zone: str) -> Moment:
    """Midnight by the zone's clocks."""
    return at_wall(day, wall_time(0), zone)
