"""A tap is dated by our clock, however wrong the tablet's is, and whatever was done to it meanwhile."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fristed.ground.moments import DAY, HOUR, MINUTE, SECOND, Moment
from fristed.house.clock_error import AGREEMENT, CLOCK_AHEAD, CLOCK_WAS_SET, LONGEST_AGO, Stamp, happened

NOW: Moment = 1_750_000_000 * SECOND
wrong = st.integers(-400 * DAY, 400 * DAY)
waited = st.integers(0, 12 * HOUR)
transit = st.integers(0, 2 * SECOND)


@given(wrong, waited, transit)
def test_a_constant_error_is_taken_out(error: Moment, ago: Moment, way: Moment) -> None:
    """`error` is how far the tablet lags; only the way of the message to us remains unknown."""
    stamp = Stamp(at=NOW - ago - error, sent=NOW - error, error=error)
    at, doubts = happened(stamp, NOW + way)
    assert doubts == ()
    assert 0 <= at - (NOW - ago) <= way


@given(wrong, wrong, waited)
def test_a_clock_set_between_tap_and_sending_is_judged_by_the_pages_steady_clock(
    before: Moment, after: Moment, ago: Moment
) -> None:
    stamp = Stamp(at=NOW - ago - before, sent=NOW - after, age=ago, error=before)
    at, doubts = happened(stamp, NOW)
    assert abs(at - (NOW - ago)) <= AGREEMENT
    assert (CLOCK_WAS_SET in doubts) == (abs(before - after) > AGREEMENT)


@given(wrong, wrong, waited)
def test_with_the_page_closed_meanwhile_the_error_measured_before_the_tap_decides(
    before: Moment, after: Moment, ago: Moment
) -> None:
    at, _ = happened(Stamp(at=NOW - ago - before, sent=NOW - after, error=before), NOW)
    assert abs(at - (NOW - ago)) <= AGREEMENT


@given(wrong, waited, waited)
def test_a_tablet_that_slept_while_its_steady_clock_stood_still_is_believed(
    error: Moment, ago: Moment, slept: Moment
) -> None:
    stamp = Stamp(at=NOW - ago - error, sent=NOW - error, age=max(0, ago - slept), error=error)
    assert happened(stamp, NOW)[0] == NOW - ago


@given(
    st.integers(-(2**72), NOW + 400 * DAY),
    st.integers(-(2**72), NOW + 400 * DAY),
    st.none() | st.integers(-HOUR, 12 * HOUR),
    st.none() | wrong,
)
def test_nothing_happens_later_than_now_or_before_any_pocket(
    at: Moment, sent: Moment, age: Moment | None, error: Moment | None
) -> None:
    dated, doubts = happened(Stamp(at, sent, age, error), NOW)
    assert NOW - LONGEST_AGO <= dated <= NOW
    assert (CLOCK_AHEAD in doubts) <= (dated == NOW)


def test_order_on_one_tablet_is_kept() -> None:
    made = [NOW - minutes * MINUTE for minutes in (9, 6, 6, 1)]
    dated = [happened(Stamp(at=m + 7 * MINUTE, sent=NOW + 7 * MINUTE, error=-7 * MINUTE), NOW)[0] for m in made]
    assert dated == made
