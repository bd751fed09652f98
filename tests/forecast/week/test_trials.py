"""Published stays come back when the published people are put into the kernel; shocks do what they must."""

import numpy as np
import pytest

from fristed_forecast.evidence.draws import draw
from fristed_forecast.rates.build import build, for_people
from fristed_forecast.rates.structure import Structure
from fristed_forecast.runs.execute import one_draw
from fristed_forecast.week import counts, states
from fristed_forecast.week.inputs import Policy, Rates
from fristed_forecast.week.run import simulate

PEOPLE = 4000


def starting_in(rates: Rates, row: int) -> Rates:
    """Everybody begins a stay in `row` today, nobody dies, offends, enters or comes back."""
    start, stay, leave = rates.start.copy(), rates.stay.copy(), rates.leave.copy()
    start[:], stay[:] = 0.0, 1.0
    start[:, row:] = 1.0
    leave[[states.USING, states.LEFT, states.RELEASED]] = 0.0
    return rates._replace(start=start, stay=stay, leave=leave, poison=rates.poison * 0, other=rates.other * 0,
                          offender=rates.offender * 0, entrants=0.0, living=1.0, ask_hat=0.0,
                          remit=rates.remit * 0, ask_rehab=rates.ask_rehab * 0)  # fmt: skip


def retained(rates: Rates, row: int, rows: tuple[int, ...], weeks: int) -> float:
    """Share still in `rows` after so many weeks."""
    policy = Policy(hat_open=True, hat_places=PEOPLE)
    last = simulate(starting_in(rates, row), policy, PEOPLE, weeks, 21).weekly[-1]
    return float(sum(last[counts.PEOPLE + 2 * r] + last[counts.PEOPLE + 2 * r + 1] for r in rows)) / PEOPLE


def to_nowhere(rates: Rates) -> Rates:
    """Those who leave HAT are not counted again in oral treatment."""
    goes = rates.goes.copy()
    goes[states.HAT] = [0.0, 1.0, 1.0]
    return rates._replace(goes=goes)


def test_nosyk_retention_comes_back_within_two_points(rates: Rates) -> None:
    assert retained(to_nowhere(rates), states.HAT, (states.HAT,), 52) == pytest.approx(0.668, abs=0.02)
    oral = (states.ONTOP, states.STABLE)
    assert retained(rates, states.ONTOP, oral, 52) == pytest.approx(0.569, abs=0.02)


def test_cochrane_retention_ratio_comes_back_under_its_structure(theta: dict[str, float]) -> None:
    rates = for_people(build(theta, Structure(retention="Cochrane")), PEOPLE)
    hat = retained(to_nowhere(rates), states.HAT, (states.HAT,), 52)
    oral = retained(rates, states.ONTOP, (states.ONTOP, states.STABLE), 52)
    assert 1.19 < hat / oral < 1.75


def test_relapse_after_rehabilitation_is_as_published(theta: dict[str, float], rates: Rates) -> None:
    people = starting_in(rates, states.DETOX)
    abstinent = simulate(people, Policy(), PEOPLE, 104, 21).weekly[-1]
    columns = [counts.PEOPLE + 2 * r + k for r in (states.ABSTINENT, states.LASTING) for k in (0, 1)]
    relapsed = 1 - abstinent[columns].sum() / PEOPLE
    assert 0.80 < relapsed < 0.95


def test_volume_recovers_from_a_cut_when_a_substitute_arrives(rates: Rates) -> None:
    cut = Policy(supply_cut=0.5, supply_weeks=52.0)
    nothing, alone, replaced = (
        simulate(rates, policy, 1700, 208, 4).weekly[:, counts.STREET_MICROGRAMS]
        for policy in (Policy(), cut, cut._replace(substitute=True))
    )
    assert alone[:13].sum() < 0.6 * nothing[:13].sum()
    assert replaced[52:104].sum() > 1.1 * alone[52:104].sum()
    assert replaced[156:].sum() > 0.9 * nothing[156:].sum()


def test_an_operation_of_33_arrests_leaves_supply_whole_within_two_weeks() -> None:
    draws = draw(2014, 40)
    available = []
    for k in range(40):
        theta = one_draw(draws, k)
        town = for_people(build(theta, Structure()), 1700)
        run = simulate(town, Policy(dealer_arrests=33.0), 1700, 4, 2014, k)
        available.append(run.weekly[1, counts.AVAILABILITY])
    assert np.mean(np.array(available) >= 950) >= 0.8


def test_price_stays_within_ten_percent_when_treatment_doubles(rates: Rates) -> None:
    for response in (-0.1, 0.1):
        town = rates._replace(market=rates.market._replace(price_demand=response))
        price = simulate(town, Policy(hat_open=True, hat_places=600, hat_any=True), 1700, 260, 4).weekly
        assert np.abs(price[:, counts.PRICE] / price[0, counts.PRICE] - 1).max() < 0.1


def test_arrests_stop_when_the_hours_are_gone(rates: Rates) -> None:
    policy = Policy(arrest_target=0.23, arrest_hours=100.0)
    run = simulate(rates, policy, 1700, 52, 4).weekly
    assert (run[:, counts.POSSESSION] * rates.arrest_minutes <= 6000).all()
    assert run[:, counts.MINUTES_LACKING].sum() > 0


def test_fewer_oral_places_make_people_wait(rates: Rates) -> None:
    run = simulate(rates, Policy(oral_places=600), 1700, 104, 4).weekly
    assert run[52:, counts.ORAL_WAITING].min() > 0
    assert run[:, counts.ABANDONED].sum() > 0


def test_the_true_rate_is_a_bound_on_choosing_by_arrests(rates: Rates) -> None:
    places = Policy(hat_open=True, hat_places=100, hat_any=True)
    offences = [
        sum(simulate(rates, places._replace(hat_order=order), 1700, 260, 4, 0, k)
            .weekly[:, counts.OFFENDED : counts.OFFENDED + counts.TYPES].sum() for k in range(6))
        for order in (0, 1, 2)
    ]  # fmt: skip
    assert offences[2] < offences[1] < offences[0]
