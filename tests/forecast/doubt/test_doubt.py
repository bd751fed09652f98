"""Acceptability, information and convergence on cases whose answer is known."""

import math

import numpy as np
import pytest

from fristed_forecast.argument.areas import area
from fristed_forecast.doubt import acceptability, convergence, information, step, step_people, tornado
from fristed_forecast.doubt.weights import read
from fristed_forecast.evidence.draws import centre
from fristed_forecast.evidence.table import numbers
from fristed_forecast.rates.build import build, for_people
from fristed_forecast.rates.structure import Structure
from fristed_forecast.week.inputs import Policy

RNG = np.random.default_rng(3)


def test_the_frontier_changes_option_where_a_qaly_becomes_worth_its_price() -> None:
    qalys = np.stack([np.zeros(50), np.ones(50)])
    pounds = np.stack([np.zeros(50), np.full(50, 30_000.0)])
    chosen, share = acceptability.frontier(qalys, pounds)
    assert (chosen == (acceptability.WORTHS > 30_000)).all()
    assert (share == 1).all()
    assert (acceptability.curves(qalys, pounds).sum(axis=1) == 1).all()


def test_information_about_the_only_number_that_matters_is_worth_what_theory_says() -> None:
    matters, idle = RNG.standard_normal(4000), RNG.standard_normal(4000)
    benefit = np.stack([np.zeros(4000), 100 * matters], axis=1)
    found = {w.symbol: w for w in information.first_to_collect({"matters": matters, "idle": idle}, benefit)}
    theory = 100 / math.sqrt(2 * math.pi)  # mean of the positive part of a normal
    assert abs(found["matters"].pounds - theory) < 4 * found["matters"].error
    assert found["idle"].pounds < 2.0
    assert information.perfect(benefit) == pytest.approx(theory, rel=0.08)


def test_left_over_chance_of_replicates_is_the_share_theory_says() -> None:
    paired = RNG.standard_normal((2000, 1)) + 2 * RNG.standard_normal((2000, 4))
    assert convergence.noise_share(paired) == pytest.approx(0.5, abs=0.05)  # 4 / 4 against 1 + 4 / 4
    steps = convergence.settling(paired)
    assert steps[-1].draws == 2000 and steps[-1].error < steps[0].error
    assert [r for r, _, _ in convergence.by_replicates(paired)] == [1, 2]


def test_a_tornado_begins_at_the_medians_and_reaches_both_ends() -> None:
    place = area("durham-2014")
    free, draws = tornado.ends(place)
    assert len(draws["c_HAT_fix"]) == 1 + 2 * len(free)
    k = free.index("c_HAT_fix")
    low, high = draws["c_HAT_fix"][1 + 2 * k], draws["c_HAT_fix"][2 + 2 * k]
    assert low < draws["c_HAT_fix"][0] < high
    assert np.ptp(np.delete(draws["c_HAT_fix"], [1 + 2 * k, 2 + 2 * k])) == 0


def test_every_assumption_that_a_run_reads_has_been_weighed() -> None:
    weighed = read()
    mine = [n.symbol for n in numbers().values() if n.role == "prior" and n.used_by]
    assert not [symbol for symbol in mine if symbol not in weighed]
    assert max(w.share for w in weighed.values()) == 1.0


def test_half_weeks_change_little() -> None:
    rates = for_people(build(centre(), Structure()), 1700)
    for row in step.compare(rates, Policy(hat_open=True, hat_places=50), 1700, 156):
        assert abs(row.half / row.whole - 1) < 0.03, row.name


def test_people_in_steps_of_half_a_week_live_as_people_in_steps_of_a_week() -> None:
    rates = for_people(build(centre(), Structure()), 1700)
    for one in step_people.compare(rates, Policy(hat_open=True, hat_places=50), 1700, 156, 40):
        assert abs(one.half - one.whole) < 4 * one.error + 0.01 * one.whole, one.name


def test_clocks_of_half_a_week_are_twice_as_long_and_their_chances_meet_again_after_two() -> None:
    rates = for_people(build(centre(), Structure()), 1700)
    half = step_people.half_people(rates)
    assert (half.fresh_weeks, half.detox_weeks) == (2 * rates.fresh_weeks, 2 * rates.detox_weeks)
    for weeks in range(100):
        both = 1 - (1 - half.leave[:, 2 * weeks]) * (1 - half.leave[:, 2 * weeks + 1])
        assert np.allclose(both, rates.leave[:, weeks])
    assert np.allclose(half.stay[..., 1:200:2], rates.stay[..., :100])
