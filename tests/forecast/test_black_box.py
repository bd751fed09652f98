"""The model as a black box: extreme inputs must give what anybody expects of them."""

import numpy as np

from fristed_forecast import ledger
from fristed_forecast.evidence.draws import draw
from fristed_forecast.rates.build import build
from fristed_forecast.rates.structure import variants
from fristed_forecast.runs.execute import one_draw
from fristed_forecast.runs.horizon import expected
from fristed_forecast.week import counts, states
from fristed_forecast.week.inputs import Policy, Rates
from fristed_forecast.week.run import simulate

DEAD = [counts.DEATHS_POISONING, counts.DEATHS_OTHER]


def test_every_weekly_chance_is_a_chance() -> None:
    draws = draw(5, 4)
    for k, structure in enumerate(variants()):
        rates = build(one_draw(draws, k % 4), structure)
        for name in ("leave", "shift", "remit", "ask_rehab", "poison", "other", "recorded", "goes", "start", "stay"):
            table = getattr(rates, name)
            assert table.min() >= 0 and table.max() <= 1 + 1e-12, name
        for name in ("fatal", "charged", "custody", "treated_inside", "abandon", "join_room", "ask_hat", "lasting"):
            assert 0 <= getattr(rates, name) <= 1, name


def test_without_hazards_nobody_dies(rates: Rates) -> None:
    safe = rates._replace(poison=rates.poison * 0, other=rates.other * 0)
    assert simulate(safe, Policy(), 1700, 104, 2).weekly[:, DEAD].sum() == 0


def test_with_certain_death_nobody_is_left(rates: Rates) -> None:
    sure = rates._replace(other=rates.other * 0 + 1.0, other_row=rates.other_row * 0 + 1.0)
    week = simulate(sure, Policy(), 1700, 2, 2).weekly
    assert week[:, counts.ALIVE].tolist() == [0, 0]


def test_dearer_is_dearer_and_deadlier_is_deadlier(rates: Rates, theta: dict[str, float]) -> None:
    years = simulate(rates, Policy(), 1700, 104, 2).weekly.reshape(2, 52, -1).sum(axis=1)
    dear = ledger.amounts(ledger.lines(theta | {"c_od": theta["c_od"] * 2}, {}), years).sum()
    assert dear > ledger.amounts(ledger.lines(theta, {}), years).sum()
    deadly = simulate(rates._replace(poison=np.minimum(1, rates.poison * 2)), Policy(), 1700, 104, 2).weekly
    assert deadly[:, DEAD].sum() > years[:, DEAD].sum()


def test_without_discounting_the_sum_is_plain() -> None:
    values = np.array([1.0, 2.0, 3.0])
    assert ledger.discounted(values, 0.0) == 6.0
    assert ledger.discounted(values, 0.05) < ledger.discounted(values, 0.015) < 6.0


def test_qalys_never_exceed_life_years(rates: Rates, theta: dict[str, float]) -> None:
    years = simulate(rates, Policy(), 1700, 104, 2).weekly.reshape(2, 52, -1).sum(axis=1)
    lived = years[:, counts.PEOPLE : counts.PEOPLE + 2 * states.ROWS].sum() / 52
    assert 0.3 * lived < ledger.qalys(theta, years).sum() < lived
    assert expected(years.astype(np.float64), theta, {})["qalys"] < lived
