"""The books: in integers, by payer, and equal to society's."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fristed_forecast import ledger
from fristed_forecast.argument.positions import positions
from fristed_forecast.week.counts import COLUMNS
from fristed_forecast.week.inputs import Policy, Rates
from fristed_forecast.week.run import simulate

LEVERS = positions()["hat-and-room"].levers


def balanced(tariff: list[ledger.Line], counted: NDArray[Any]) -> bool:
    """Payers sum to society plus the goods that passed to another hand."""
    money = ledger.amounts(tariff, counted)
    paid = ledger.by_payer(tariff, money).sum(axis=1)
    return bool(np.array_equal(paid - ledger.transfers(tariff, money), ledger.societal(tariff, money)))


def counted(rates: Rates) -> NDArray[Any]:
    run = simulate(rates, Policy(hat_open=True, hat_places=50), 1700, 104, 1)
    return np.asarray(run.weekly.reshape(2, 52, COLUMNS).sum(axis=1))


def test_payers_sum_to_society_less_transfers_in_whole_pence(theta: dict[str, float], rates: Rates) -> None:
    tariff = ledger.lines(theta, LEVERS)
    money = ledger.amounts(tariff, counted(rates))
    assert money.dtype == np.int64
    assert balanced(tariff, counted(rates))


def test_a_line_paid_twice_is_caught(theta: dict[str, float], rates: Rates) -> None:
    tariff = ledger.lines(theta, LEVERS)
    money = ledger.amounts(tariff, counted(rates))
    wrong = ledger.by_payer([*tariff, tariff[0]], np.hstack([money, money[:, :1]])).sum(axis=1)
    assert not np.array_equal(wrong - ledger.transfers(tariff, money), ledger.societal(tariff, money))


def test_police_hours_are_never_cash(theta: dict[str, float], rates: Rates) -> None:
    tariff = ledger.lines(theta, {})
    cash = ledger.by_payer(tariff, ledger.amounts(tariff, counted(rates)), cash_only=True)
    assert (cash[:, ledger.PAYERS.index("police")] == 0).all()
    assert (cash[:, ledger.PAYERS.index("justice")] > 0).all()


def test_whoever_the_scenario_names_pays_for_the_clinic(theta: dict[str, float], rates: Rates) -> None:
    counts = counted(rates)
    for payer in ("police", "nhs"):
        tariff = ledger.lines(theta, {"hat_places": 50, "hat_payer": payer})
        clinic = [replace(line, payer=payer) for line in tariff if line.name.startswith("HAT")]
        paid = ledger.by_payer(clinic, ledger.amounts(clinic, counts), cash_only=True)
        assert (paid[:, ledger.PAYERS.index(payer)] > 50 * 10_000_00).all()


def test_discounting_from_the_middle_of_each_year() -> None:
    assert abs(ledger.discounted(np.array([100.0]), 0.035) - 100 / 1.035**0.5) < 1e-9
    assert ledger.discounted(np.ones(10), 0.0) == 10
