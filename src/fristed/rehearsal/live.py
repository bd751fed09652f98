"""Lives on at a pace: each tap is sent when the rehearsal's clock reaches its moment."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta

from fristed.ground.moments import MINUTE, Moment, local
from fristed.rehearsal.hands import Refused
from fristed.rehearsal.life import BEFORE_OPENING, Life
from fristed.rehearsal.stage import Story

_NAP = 0.2  # seconds


def days_from(life: Life, start: Moment, opened: Callable[[date], bool]) -> None:
    """Puts this day's remaining stories on the stage, and every later day as its opening comes near."""
    day = local(start, life.file.zone).date()
    for candidate in (day - timedelta(days=1), day):
        opens, closes = life.file_opening(candidate)
        if opens - 2 * BEFORE_OPENING <= start < closes:
            life.begin_day(candidate, since=start if opened(candidate) else 0)
            day = candidate
            break
    life.stage.begin(start, _days(life, day + timedelta(days=1)))


def _days(life: Life, day: date) -> Story:
    while True:
        opens, _ = life.file_opening(day)
        if opens - BEFORE_OPENING > life.stage.now:
            yield opens - BEFORE_OPENING - MINUTE
            life.begin_day(day)
        day += timedelta(days=1)


def live_on(life: Life, now: Callable[[], Moment], tell: Callable[[str], None]) -> None:
    """Goes on until interrupted. What the house refuses (a visitor took the place) ends that story only."""
    while True:
        due = life.stage.next()
        if due is None or due > now():
            time.sleep(_NAP)
            continue
        try:
            life.stage.step()
        except Refused as refused:
            tell(str(refused))
