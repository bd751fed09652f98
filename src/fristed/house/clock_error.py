"""When a tap happened, by our clock, from what a tablet says by its own. Pure.

A tablet's clock is wrong by some error, which each message measures: our time of receipt minus its time of sending.
Between a tap and its sending someone may have set that clock. Then the age by the page's own steady clock is the
better witness, and after that the error that was measured before the tap.
"""

from __future__ import annotations

from dataclasses import dataclass

from fristed.ground.moments import HOUR, SECOND, Moment

AGREEMENT: Moment = 5 * SECOND  # two measurements of one clock's error differ by less: transit and quartz
LONGEST_AGO: Moment = 48 * HOUR  # a pocket keeps taps for a day at most; what says more than two was misdated

CLOCK_AHEAD = "clock_ahead"
CLOCK_WAS_SET = "clock_was_set"
CLOCK_FAR = "clock_far"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A tap's time by the tablet: `at` and `sent` by its wall clock, `age` by the page's steady clock (None when the
    page was closed since), `error` as measured last before the tap (None when never). All in microseconds.
    """

    at: Moment
    sent: Moment
    age: Moment | None = None
    error: Moment | None = None


def happened(stamp: Stamp, received: Moment) -> tuple[Moment, tuple[str, ...]]:
    """When the tap happened by our clock, and what is doubtful about it: never later than now, never two days ago."""
    measured = received - stamp.sent
    doubts: tuple[str, ...] = ()
    at = stamp.at + measured
    if stamp.error is not None and abs(stamp.error - measured) > AGREEMENT:
        at = stamp.at + stamp.error if stamp.age is None else received - stamp.age
        doubts = (CLOCK_WAS_SET,)
    if at > received:
        return received, (*doubts, CLOCK_AHEAD)
    if received - at > LONGEST_AGO:
        return received, (*doubts, CLOCK_FAR)
    return at, doubts
