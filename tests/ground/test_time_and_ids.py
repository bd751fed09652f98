"""Moments are exact whole numbers; ids follow time; a night belongs to its evening."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from datetime import time as wall_time
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fristed.ground.ids import derived_id, is_id, new_id
from fristed.ground.moments import DAY, HOUR, SECOND, at_wall, clock_of, local, moment_of, now, start_of_day
from fristed.ground.site import WEEKDAYS, Hours, is_open, opening, service_day
from tests.support.cast import site_file

LONDON = "Europe/London"
moments = st.integers(0, 100 * 365 * DAY)


@given(moments)
def test_a_moment_survives_its_way_over_the_wall_clock_and_back(moment: int) -> None:
    assert moment_of(local(moment, LONDON)) == moment


def test_a_time_without_a_zone_is_no_moment() -> None:
    with pytest.raises(ValueError, match="zone"):
        moment_of(datetime(2025, 1, 1))  # noqa: DTZ001  # the mistake under test


def test_the_day_on_which_clocks_change_is_an_hour_shorter_or_longer() -> None:
    spring, autumn = date(2025, 3, 30), date(2025, 10, 26)
    for day, hours in ((spring, 23), (autumn, 25), (date(2025, 6, 1), 24)):
        assert start_of_day(day + timedelta(days=1), LONDON) - start_of_day(day, LONDON) == hours * HOUR
    assert at_wall(autumn, wall_time(1, 30), LONDON) == moment_of(datetime(2025, 10, 26, 0, 30, tzinfo=ZoneInfo("UTC")))


def test_the_clock_is_the_one_that_was_set() -> None:
    with clock_of(lambda: 5 * SECOND):
        assert now() == 5 * SECOND
    assert now() > 5 * SECOND


@given(moments, moments)
def test_ids_stand_in_the_order_of_their_milliseconds(one: int, other: int) -> None:
    first, second = new_id(one), new_id(other)
    assert is_id(first)
    assert (first[:12] < second[:12]) == (one // 1000 < other // 1000)


def test_a_derived_id_keeps_the_time_and_differs_by_its_part() -> None:
    key = new_id()
    parts = {derived_id(key, part) for part in ("code", "identity")} | {key}
    assert len(parts) == 3
    assert all(is_id(part) and part[:12] == key[:12] for part in parts)


@pytest.mark.parametrize("text", ["", "a" * 31, "A" * 32, "g" * 32, "a" * 33, "a" * 32 + "\n"])
def test_anything_else_is_no_id(text: str) -> None:
    assert not is_id(text)


def test_a_night_belongs_to_its_evening() -> None:
    file = site_file()
    friday = date(2025, 3, 7)
    opens, closes = opening(file, friday) or (0, 0)
    assert closes - opens == 7 * HOUR
    assert service_day(file, closes - 1) == friday
    assert service_day(file, closes) == date(2025, 3, 8)
    assert is_open(file, opens)
    assert is_open(file, closes - 1)
    assert not is_open(file, opens - 1)
    assert not is_open(file, closes)


def test_a_night_after_the_clocks_changed_is_open_to_its_end() -> None:
    late = dict.fromkeys(WEEKDAYS, Hours("10:00", "04:00"))
    file = msgspec.structs.replace(site_file(), zone="America/Vancouver", hours=late)
    for day in (date(2026, 3, 7), date(2026, 3, 8), date(2026, 10, 31), date(2026, 11, 1)):
        opens, closes = opening(file, day) or (0, 0)
        for moment in range(opens, closes, HOUR // 2):
            assert is_open(file, moment), local(moment, file.zone)
        assert not is_open(file, closes)


def test_a_day_without_hours_stays_shut() -> None:
    assert opening(site_file(), date(2025, 3, 9)) is None
    assert not is_open(site_file(), at_wall(date(2025, 3, 9), wall_time(12), LONDON))
