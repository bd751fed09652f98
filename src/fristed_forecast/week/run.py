"""One run of the microsimulation: a draw, a scenario, a replicate."""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.week.checks import FAULTS
from fristed_forecast.week.counts import COLUMNS
from fristed_forecast.week.inputs import EXOGENOUS, Policy, Rates
from fristed_forecast.week.order import run_weeks
from fristed_forecast.week.world import new_stores, record


class BrokenBooks(RuntimeError):
    """An identity that must hold in integers did not."""


class Run(NamedTuple):
    """What one run leaves behind."""

    weekly: NDArray[np.int64]  # [weeks, COLUMNS]
    persons: NDArray[np.int32]  # [rows, TALLIES]
    keys: NDArray[np.uint64]  # [rows] the persons' keys; zero where nobody was
    last: NDArray[Any]  # [rows] where everybody is when the run ends: row, acts, kind, since, spell


def storage(rates: Rates, policy: Policy, number: int, weeks: int) -> int:
    """Rows enough for everybody who may enter: the most that initiation can rise under this policy and
    structure, with ten standard deviations to spare. Too few stops the run, it never drops anybody."""
    deterred = (1.0 + 52.0 * policy.arrest_target) ** max(0.0, rates.deter_initiation)
    spread = 1.0 if rates.initiation_form == EXOGENOUS else 3.0
    growth = max(1.0, policy.initiation) * (1.0 + abs(rates.phi)) * deterred * spread
    expected = rates.entrants * weeks * growth
    return int(number + expected + 10 * math.sqrt(expected) + 64)


def simulate(
    rates: Rates,
    policy: Policy,
    dependent: int,
    weeks: int,
    seed: int,
    draw: int = 0,
    replicate: int = 0,
    plain: bool = False,
) -> Run:
    """Run `dependent` people (and those in between use and recovery) for `weeks` weeks.

    `rates` must be scaled to the town (`rates.build.for_people`). Same arguments, same bits.
    """
    number = round(dependent * rates.living)
    weekly = np.zeros((weeks, COLUMNS), np.int64)
    stores = new_stores(storage(rates, policy, number, weeks), record(rates), record(policy))
    fault = run_weeks(stores, number, seed, draw, replicate, plain, weekly)
    if fault:
        raise BrokenBooks(f"{FAULTS[fault // 100000]} (week {fault % 100000}, draw {draw}, replicate {replicate})")
    people = np.asarray(stores.people)
    return Run(weekly, people["tally"], people["key"], people[["row", "acts", "kind", "since", "spell"]])
