# mypy: disable-error-code=no-any-return
# (records of the kernel have no static type)
"""Where a week leads, tabulated once a scenario: the moves of `moves.py` for every row and bin of stay."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.twin.moves import fixed_end, living_week
from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.hazards import at_large_using, power
from fristed_forecast.week.inputs import Vector
from fristed_forecast.week.states import HAT, LASTING, OCCASIONAL, PRISON, PRISON_OST, ROWS

MOVES = 2 * ROWS  # first the stays that start, then the rows in which a stay goes on
FLAT_ROWS = (OCCASIONAL, LASTING, PRISON, PRISON_OST)  # their hazards do not change with the length of a stay


@compiled
def leaving(policy: Any, row: int, hazard: float, running: bool) -> float:
    """Leaving a stay under the scenario's ratios."""
    if not running:
        return hazard
    if row == HAT:
        return power(hazard, policy.hat_exit)
    if at_large_using(row):
        return power(hazard, policy.oral_entry)
    if row in (PRISON, PRISON_OST):
        return hazard / (1.0 + hazard * policy.extra_sentence)
    return hazard


@compiled
def move_table(
    packed: NDArray[Any],
    levers: NDArray[Any],
    leave: Vector,
    starts: NDArray[np.int64],
    running: bool,
    hat: float,
) -> Vector:
    """[2, ROWS, bins, MOVES] of one living person outside custody's reach, by resisting; `hat` is the chance
    of a place, and everything is linear in it."""
    rates, policy = packed[0], levers[0]
    table = np.zeros((2, ROWS, starts.size, MOVES))
    for resists in range(2):
        chance = hat if policy.hat_any or resists == 1 else 0.0
        for row in range(ROWS):
            rehab = power(rates.ask_rehab[row], policy.rehab_entry) if running else rates.ask_rehab[row]
            for b in range(starts.size):
                hazard = leaving(policy, row, leave[row, b], running)
                living_week(
                    rates,
                    row,
                    fixed_end(rates, row, starts[b]),
                    hazard,
                    rehab,
                    chance,
                    resists,
                    0.0,
                    0.0,
                    1.0,
                    table[resists, row, b, :ROWS],
                    table[resists, row, b, ROWS:],
                )
    return table


def ageing(widths: tuple[int, ...]) -> NDArray[np.float64]:
    """[ROWS, bins] chance a week of passing into the next bin."""
    chance = 1.0 / np.array(widths, dtype=np.float64)
    chance[-1] = 0.0
    table = np.tile(chance, (ROWS, 1))
    table[list(FLAT_ROWS)] = 0.0
    return table
