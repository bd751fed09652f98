"""The start: how many people are in each row, and for how long already, when nothing changes.

One person enters; their whole course is followed in expectation; the time spent in each row and week of stay
is the balance. It is the same for the twin and the microsimulation, so neither needs a burn-in.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.twin.moves import clear, fixed_end, living_week
from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.inputs import Rates, Vector
from fristed_forecast.week.states import HAT, LASTING, OCCASIONAL, ONTOP, ROWS, STABLE, STAY_WEEKS, USING


@compiled
def tail_time(mass: Vector, step: Vector) -> Vector:
    """Time in each row beyond the last tabulated week: (I - step)^-1 on the rows of the same stay."""
    return np.linalg.solve(np.eye(ROWS) - step.T, mass)  # type: ignore[return-value, unused-ignore]


@compiled
def row_week(
    rates: Rates,
    row: int,
    stayed: int,
    last: bool,
    resists: int,
    custody: Vector,
    share: float,
    goes: Vector,
    keeps: Vector,
) -> None:
    """One row's week in a stay, nothing being short and no HAT place offered."""
    leave, rehab = rates.leave[row, stayed], rates.ask_rehab[row]
    living_week(rates, row, last, leave, rehab, 0.0, resists, custody[row], rates.treated_inside, share, goes, keeps)


@compiled
def course(rates: Rates, entry: int, resists: int, custody: Vector, death: Vector, time: Vector, goes: Vector) -> None:
    """Follow one stay that starts in `entry`: `time[row, week]` lived, `goes[row]` stays that follow."""
    mass, keeps = np.zeros(ROWS), np.zeros(ROWS)
    mass[entry] = 1.0
    for stayed in range(STAY_WEEKS):
        if stayed == STAY_WEEKS - 1:
            mass = rest_of_stay(rates, mass, resists, custody, death)
        clear(keeps)
        for row in range(ROWS):
            if mass[row] > 0.0:
                time[row, stayed] += mass[row]
                last = fixed_end(rates, row, stayed)
                share = mass[row] * (1.0 - death[row])
                row_week(rates, row, stayed, last, resists, custody, share, goes, keeps)
        mass[:] = keeps


@compiled
def rest_of_stay(rates: Rates, mass: Vector, resists: int, custody: Vector, death: Vector) -> Vector:
    """All time still to be lived at the last tabulated week, whose hazards then stay."""
    nowhere, step = np.zeros(ROWS), np.zeros((ROWS, ROWS))
    for row in range(ROWS):
        if mass[row] > 0.0 or row in (ONTOP, STABLE):
            row_week(rates, row, STAY_WEEKS - 1, False, resists, custody, 1.0 - death[row], nowhere, step[row])
    return tail_time(mass, step)


@compiled
def balance(packed: NDArray[Any], resists: int, custody: Vector, death: Vector) -> Vector:
    """[ROWS, STAY_WEEKS] weeks one entrant lives in each row and week of stay, lasting recovery left out.

    `packed` is `world.record(rates)`.
    """
    rates = packed[0]
    times = np.zeros((ROWS, ROWS, STAY_WEEKS))
    follows = np.zeros((ROWS, ROWS))
    for entry in range(ROWS):
        if entry != LASTING and entry != HAT:
            course(rates, entry, resists, custody, death, times[entry], follows[entry])
    follows[:, LASTING] = 0.0
    start = np.zeros(ROWS)
    start[OCCASIONAL] = 1.0
    starts = np.linalg.solve(np.eye(ROWS) - follows.T, start)
    time = np.zeros((ROWS, STAY_WEEKS))
    for entry in range(ROWS):
        time += starts[entry] * times[entry]
    return time


@compiled
def coverage(times: Vector, weights: Vector) -> float:
    """Share of the dependent who are in oral treatment, over groups."""
    treated, dependent = 0.0, 0.0
    for g in range(times.shape[0]):
        lived = times[g].sum(axis=1)
        inside = lived[USING:7].sum() + lived[9:].sum()
        treated += weights[g] * (lived[ONTOP] + lived[STABLE]) / inside
        dependent += weights[g]
    return treated / dependent
