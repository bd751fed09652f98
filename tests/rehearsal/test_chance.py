"""Chance is owned: the same seed lives the same life, and one purpose never disturbs another."""

from __future__ import annotations

from datetime import date
from statistics import mean, stdev

from msgspec.structs import replace

from fristed.rehearsal.arrivals import arrivals, expected
from fristed.rehearsal.chance import Chance, exponential, lognormal
from fristed.rehearsal.crowd import Crowd
from fristed.rehearsal.figures import Figure
from fristed.rehearsal.plan import coming
from fristed.rehearsal.roomfile import read_room

DAY = date(2026, 3, 4)


def test_a_draw_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    assert Chance(1).uniform("stay", DAY, 3) == Chance(1).uniform("stay", DAY, 3)
    others = {Chance(2).uniform("stay", DAY, 3), Chance(1).uniform("route", DAY, 3), Chance(1).uniform("stay", DAY, 4)}
    assert len(others | {Chance(1).uniform("stay", DAY, 3)}) == 4


def test_draws_are_uniform_and_their_quantiles_have_the_mean_they_are_given() -> None:
    draws = [Chance(7).uniform("test", n) for n in range(20_000)]
    assert abs(mean(draws) - 0.5) < 4 * (1 / 12) ** 0.5 / 20_000**0.5
    assert abs(mean(exponential(u, 20) for u in draws) - 20) < 4 * 20 / 20_000**0.5
    long = [lognormal(u, 20, 0.6) for u in draws]
    assert abs(mean(long) - 20) < 4 * 12 / 20_000**0.5
    assert abs(stdev(long) / 20 - 0.6) < 0.03


def test_a_busier_day_keeps_who_came_and_adds() -> None:
    """Common random numbers: the n-th visit is the same visit, only earlier."""
    room, chance = read_room("thistle"), Chance(1)
    quiet = list(arrivals(room, chance, DAY, purpose="arrivals", rate=100))
    busy = list(arrivals(room, chance, DAY, purpose="arrivals", rate=150))
    assert len(busy) > len(quiet)
    assert all(b <= q for b, q in zip(busy, quiet, strict=False))


def test_changing_one_purpose_leaves_every_other_draw_as_it_was() -> None:
    room, chance = read_room("thistle"), Chance(1)
    longer = replace(room, times=replace(room.times, recovery=Figure(60, "another scenario")))
    for n in range(200):
        one, other = (coming(r, chance, DAY, n, registered=True) for r in (room, longer))
        assert (one.uses, one.exit, one.referral, one.needles) == (
            other.uses,
            other.exit,
            other.referral,
            other.needles,
        )
        assert one.recovery < other.recovery


def test_paydays_bring_more() -> None:
    room = read_room("thistle")
    tuesday_payday, tuesday = date(2026, 9, 15), date(2026, 9, 22)
    assert expected(room, tuesday_payday) == expected(room, tuesday) * room.arrivals.payday.factor


def test_nobody_comes_who_is_still_here() -> None:
    crowd = Crowd(read_room("thistle").persons, Chance(1))
    here: set[int] = set()
    for n in range(300):
        person = crowd.comes(DAY, n, here)
        assert person not in here
        here.add(person)
