"""Who the twin follows: every kind (exact), or a few dozen merged kinds (fast)."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.twin.tables import FLAT_ROWS
from fristed_forecast.week.inputs import HALF_YEARS, Rates
from fristed_forecast.week.states import ROWS, STAY_WEEKS

EXACT_WIDTHS = (1,) * STAY_WEEKS
FAST_WIDTHS = (1, 1, 1, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 38)


class Strata(NamedTuple):
    """`[strata]` unless said; `start` in people."""

    injects: NDArray[np.int64]
    crack: NDArray[np.int64]
    resists: NDArray[np.int64]
    offends: NDArray[np.float64]  # offences a week in a spell, untreated
    other: NDArray[np.float64]  # [strata, HALF_YEARS] weekly death from other causes
    entrant: NDArray[np.float64]  # share of entrants
    start: NDArray[np.float64]  # [strata, ROWS, bins] people at the start


def bin_of(widths: tuple[int, ...]) -> NDArray[np.int64]:
    """[STAY_WEEKS] the bin of each week of stay."""
    return np.repeat(np.arange(len(widths)), widths)


def leave_by_bin(rates: Rates, widths: tuple[int, ...]) -> NDArray[np.float64]:
    """[ROWS, bins] mean weekly hazard of leaving within each bin."""
    bins = bin_of(widths)
    return np.stack([np.bincount(bins, rates.leave[row]) / np.bincount(bins) for row in range(ROWS)])


def merge_key(rates: Rates, exact: bool) -> NDArray[np.int64]:
    """[kinds] which stratum each kind belongs to."""
    kinds = rates.kinds
    if exact:
        return np.arange(kinds.injects.size)
    three = np.array([0, 1, 1, 2, 2])[kinds.offender]
    code = ((kinds.injects * 2 + kinds.crack) * 2 + kinds.resists) * 3 + three
    return np.asarray(np.unique(code, return_inverse=True)[1], dtype=np.int64)


def start_by_kind(rates: Rates, widths: tuple[int, ...]) -> NDArray[np.float64]:
    """[kinds, ROWS, bins] share of everybody at the start."""
    rows = np.diff(rates.start, prepend=0.0, axis=1)
    stays = np.diff(rates.stay, prepend=0.0, axis=2)
    bins = bin_of(widths)
    binned = np.zeros((*rows.shape, len(widths)))
    for week in range(STAY_WEEKS):
        binned[:, :, bins[week]] += stays[:, :, week]
    for row in FLAT_ROWS:
        binned[:, row, 0] = binned[:, row].sum(axis=1)
        binned[:, row, 1:] = 0.0
    share = np.diff(rates.kinds.stock, prepend=0.0)
    return np.asarray(share[:, None, None] * (rows[:, :, None] * binned)[rates.kinds.group])


def strata(rates: Rates, people: float, widths: tuple[int, ...], exact: bool) -> Strata:
    """Strata of a town of `people` in the model; merged ones take the mean of their kinds."""
    key = merge_key(rates, exact)
    count = int(key.max()) + 1
    start = np.zeros((count, ROWS, len(widths)))
    np.add.at(start, key, start_by_kind(rates, widths) * people)
    entrant = np.diff(rates.kinds.entrant, prepend=0.0)
    weight = np.asarray(np.bincount(key, entrant, count), dtype=np.float64)

    def mean(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(np.bincount(key, values * entrant, count) / weight)

    other = np.stack([mean(rates.other[rates.kinds.band, k]) for k in range(HALF_YEARS)], axis=1)
    first = np.array([int(np.argmax(key == k)) for k in range(count)])
    kinds = rates.kinds
    return Strata(kinds.injects[first], kinds.crack[first], kinds.resists[first],
                  mean(rates.offender[kinds.offender]), other, weight, start)  # fmt: skip
