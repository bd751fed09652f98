"""Published closed forms, to published rounding."""

import pytest

from fristed_forecast import formulas, ledger
from fristed_forecast.evidence.table import numbers
from fristed_forecast.ledger import Line


def value(symbol: str) -> float:
    """A published value."""
    found = numbers()[symbol].value
    assert found is not None
    return found


def test_khair_saves_more_than_the_published_two_point_three_million() -> None:
    assert formulas.room_overdose_saving(1545, value("c_od_DCR")) == pytest.approx(2.472e6)


@pytest.mark.parametrize(("rate", "days"), [(6.07, 415), (9.11, 622), (3.04, 207)])
def test_irwin_bed_days_are_linear_in_the_rate(rate: float, days: float) -> None:
    assert formulas.scaled_bed_days(415, rate, 6.07) == pytest.approx(days, abs=1)


@pytest.mark.parametrize(("more", "ratio"), [(0.0, 2.33), (0.8, 2.65), (-0.87, 2.02)])
def test_irwin_benefit_ratios(more: float, ratio: float) -> None:
    miss = abs(formulas.benefit_ratio(value("Irwin_B"), more, value("Irwin_C")) - ratio)
    assert round(miss, 9) <= 0.02  # published rounding


@pytest.mark.parametrize(("deaths", "lives"), [(13, 0.24), (20, 0.36), (7, 0.12)])
def test_irwin_lives_saved(deaths: float, lives: float) -> None:
    assert formulas.lives_on_site(deaths) == pytest.approx(lives, abs=0.01)


def test_an_epidemic_grows_exactly_when_r0_exceeds_one() -> None:
    for infection in (0.19, 0.21):
        users = 1e-6
        for _ in range(200):
            users += infection * users - (0.1 + 0.02 + 0.08) * users
        assert (users > 1e-6) == (formulas.epidemic_number(infection, 0.1, 0.02, 0.08) > 1)


def test_thistle_costs_203_pounds_a_visit() -> None:
    assert formulas.cost_per_visit(value("c_DCR"), value("v_DCR")) == pytest.approx(202.7, abs=0.05)


def test_the_worked_examples_of_dealers_revenue_and_supervised_share() -> None:
    assert formulas.revenue_removed(50, 0.9, 0.3, 2, 1700) == pytest.approx(0.037, abs=0.0005)
    assert formulas.revenue_removed(170, 0.9, 0.3, 3, 1700) == pytest.approx(0.189, abs=0.0005)
    assert formulas.supervised_share(7827, 1700, 0.3, 2.5) == pytest.approx(0.017, abs=0.0005)


def test_arresting_everybody_monthly_takes_60_to_120_officers() -> None:
    assert formulas.officers_for_monthly_arrest(1700, 5, 1700) == pytest.approx(60)
    assert formulas.officers_for_monthly_arrest(1700, 10, 1700) == pytest.approx(120)


def test_prison_for_all_costs_88_million() -> None:
    assert formulas.prison_for_all(value("N_reg"), value("c_pris")) == pytest.approx(value("c_pris_all"))


def test_riott_cost_ratio_inputs_returned() -> None:
    oral = value("c_OST")
    assert value("c_HAT") / oral == pytest.approx(8995 / 2596, rel=0.05)
    assert value("c_IMT") / oral == pytest.approx(4674 / 2596, rel=0.05)


def test_dijkgraaf_ledger_splits_by_payer_and_sums_to_society_inputs_returned() -> None:
    import numpy as np

    lines = [
        Line("programme", "public_health", True, (0,), 1622200),
        Line("law enforcement", "police", False, (0,), -412900),
        Line("victims", "victims", False, (0,), -2537400),
        Line("other", "nhs", False, (0,), 48800),
    ]
    money = ledger.amounts(lines, np.ones((1, 1), np.int64))
    assert ledger.societal(lines, money)[0] == -1279300
    assert ledger.by_payer(lines, money)[0].sum() == -1279300
    without = ledger.by_payer(lines[:2], money[:, :2]).sum() / 100 / value("dQ_NL")
    assert without == pytest.approx(value("icer_NL_noVictim"), abs=100)


def test_zurich_prevalence_follows_incidence_and_leaving() -> None:
    flat = formulas.prevalence([100.0] * 400, 0.1, 0.0)
    assert flat[-1] == pytest.approx(100 * 0.9**0.5 / 0.1, rel=1e-6)
