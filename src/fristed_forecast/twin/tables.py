# mypy: disable-error-code=no-any-return
# (records of the kernel have no static type)
"""Where a week leads, tabulated once a scenario: the moves of `moves.py` for every row and bin of stay."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.twin.moves import fixed_end, living_week
from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.hazards import at_large_using, power
from fristed_forecast.week.inputs import Vector
from fristed_forecast.week.states import HAT, LASTING, OCCASIONAL, PRISON, PRISON_OST, ROWS

MOVES = 2 * ROWS  # first the stays that start, then the rows in which a stay goes on
FLAT_ROWS = (OCCASIONAL, LASTING, PRISON, PRISON_OST)  # their hazards do not change with the length of a stay


class Ways(NamedTuple):
    """The moves that exist, row by row: `to` [ROWS, most] and `many` [ROWS]; likewise stays that go on."""

    to: NDArray[np.int64]
    many: NDArray[np.int64]
    keep_to: NDArray[np.int64]
    kept: NDArray[np.int64]
    bins: NDArray[np.int64]  # [ROWS] bins anybody can be in


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


def ways(tables: NDArray[np.float64]) -> Ways:
    """The moves that any of the `tables` [..., ROWS, bins, MOVES] holds."""
    whole = tables.reshape(-1, *tables.shape[-3:]).max(axis=0)
    exists = whole.max(axis=1) > 0
    enters, keeps = exists[:, :ROWS], exists[:, ROWS:]
    bins = np.full(ROWS, whole.shape[1], np.int64)
    bins[list(FLAT_ROWS)] = 1
    for row in range(ROWS):
        ends = np.flatnonzero(whole[row, :, ROWS + row] == 0)
        if ends.size:
            bins[row] = min(bins[row], ends[0] + 1)
    return Ways(*_listed(enters), *_listed(keeps), bins)


def _listed(exists: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    many = exists.sum(axis=1)
    to = np.zeros((ROWS, int(many.max())), np.int64)
    for row in range(ROWS):
        to[row, : many[row]] = np.flatnonzero(exists[row])
    return to, many.astype(np.int64)


def chosen(tables: NDArray[np.float64], to: NDArray[np.int64], first: int) -> NDArray[np.float64]:
    """[..., ROWS, bins, most] the probabilities of the listed moves, which begin at column `first`."""
    picked = [np.take(tables[..., row, :, :], first + to[row], axis=-1) for row in range(ROWS)]
    return np.ascontiguousarray(np.stack(picked, axis=-3))


def ageing(widths: tuple[int, ...]) -> NDArray[np.float64]:
    """[ROWS, bins] chance a week of passing into the next bin."""
    chance = 1.0 / np.array(widths, dtype=np.float64)
    chance[-1] = 0.0
    table = np.tile(chance, (ROWS, 1))
    table[list(FLAT_ROWS)] = 0.0
    return table
