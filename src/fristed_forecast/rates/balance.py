"""The start: how many people are in each row, and for how long already, when nothing changes.

One person enters; their whole course is followed in expectation; the time spent in each row and week of stay
is the balance. It is the same for the twin and the microsimulation, so neither needs a burn-in.
"""

import numpy as np

from fristed_forecast.twin.moves import clear, fixed_end, living_week
from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.inputs import Rates, Vector
from fristed_forecast.week.states import HAT, LASTING, OCCASIONAL, ONTOP, ROWS, STABLE, STAY_WEEKS, USING


@compiled
def tail_time(mass: Vector, step: Vector) -> Vector:
    """Time in each row beyond the last tabulated week: (I - step)^-1 on the rows of the same stay."""
    return np.linalg.solve(np.eye(ROWS) - step.T, mass)  # type: ignore[return-value, unused-ignore]


@compiled
def course(
    rates: Rates, entry: int, resists: int, custody: Vector, death: Vector, time: Vector, goes: Vector
) -> None:
    """Follow one stay that starts in `entry`: `time[row, week]` lived, `goes[row]` stays that follow."""
    mass, keeps, step = np.zeros(ROWS), np.zeros(ROWS), np.zeros((ROWS, ROWS))
    mass[entry] = 1.0
    for stayed in range(STAY_WEEKS):
        final = stayed == STAY_WEEKS - 1
        if final:
            mass = close_tail(rates, mass, resists, custody, death, step)
        clear(keeps)
        for row in range(ROWS):
            if mass[row] > 0.0:
                time[row, stayed] += mass[row]
                share = mass[row] * (1.0 - death[row])
                last = fixed_end(rates, row, stayed)
                living_week(
                    rates,
                    row,
                    last,
                    rates.leave[row, stayed],
                    rates.ask_rehab[row],
                    1.0,
                    resists,
                    custody[row],
                    share,
                    goes,
                    keeps,
                )
        mass[:] = keeps


@compiled
def close_tail(
    rates: Rates, mass: Vector, resists: int, custody: Vector, death: Vector, step: Vector
) -> Vector:
    """All time still to be lived at the last tabulated week, whose hazards then stay."""
    nowhere = np.zeros(ROWS)
    for row in range(ROWS):
        if mass[row] > 0.0 or row in (ONTOP, STABLE):
            living_week(
                rates,
                row,
                False,
                rates.leave[row, STAY_WEEKS - 1],
                rates.ask_rehab[row],
                1.0,
                resists,
                custody[row],
                1.0 - death[row],
                nowhere,
                step[row],
            )
    return tail_time(mass, step)


@compiled
def balance(rates: Rates, resists: int, custody: Vector, death: Vector) -> Vector:
    """[ROWS, STAY_WEEKS] weeks one entrant lives in each row and week of stay, lasting recovery left out."""
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
