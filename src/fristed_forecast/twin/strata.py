"""Who the twin follows: every kind, merged kinds, or merged but by class of offending, or by age. A lane is a
stratum in or out of an offending spell; lanes are the innermost axis, every stratum out of a spell and then, in the
same order, in one."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.twin.tables import FLAT_ROWS
from fristed_forecast.week.inputs import HALF_YEARS, Rates
from fristed_forecast.week.states import STAY_WEEKS

EXACT_WIDTHS = (1,) * STAY_WEEKS
FAST_WIDTHS = (1, 1, 1, 1, 3, 6, 13, 27, 64, 144)
MERGED, FINE, AGED, EVERY = "merged", "by class", "by age", "every kind"
LIFE_WIDTHS = (1, 1, 1, 1, 9, 40, 208)  # by age: sixty years are followed, most of them far from any change


class Lanes(NamedTuple):
    """`[lanes]` unless said. `start` is the share of everybody who is there at the start."""

    spell: NDArray[np.int64]
    injects: NDArray[np.int64]
    crack: NDArray[np.int64]
    some: NDArray[np.float64]  # share of the lane who offend at all
    offends: NDArray[np.float64]  # offences a week in a spell, untreated
    other: NDArray[np.float64]  # [HALF_YEARS, lanes] weekly death from other causes
    entrant: NDArray[np.float64]  # share of entrants
    start: NDArray[np.float64]  # [ROWS, bins, lanes]
    resists: NDArray[np.float64]  # 1 where people resist oral treatment
    of_kind: NDArray[np.int64]  # [kinds, 2] lane by spell


def bin_of(widths: tuple[int, ...]) -> NDArray[np.int64]:
    """[STAY_WEEKS] the bin of each week of stay."""
    return np.repeat(np.arange(len(widths)), widths)


def leave_by_bin(rates: Rates, widths: tuple[int, ...]) -> NDArray[np.float64]:
    """[ROWS, bins] mean weekly hazard of leaving within each bin."""
    starts = np.concatenate([[0], np.cumsum(widths)[:-1]])
    return np.asarray(np.add.reduceat(rates.leave, starts, axis=1) / np.array(widths), dtype=np.float64)


def stratum_of(rates: Rates, form: str) -> NDArray[np.int64]:
    """[kinds] which stratum each kind belongs to."""
    kinds = rates.kinds
    if form == EVERY:
        of_crime = kinds.crack * 5 + kinds.offender
    elif form == AGED:
        of_crime = (kinds.offender > 0).astype(np.int64)
    else:  # crack changes nothing in whoever never offends
        group = kinds.offender if form == FINE else 1 + (kinds.offender > 2)
        of_crime = np.where(kinds.offender > 0, kinds.crack * 5 + group, 0)
    code = (kinds.resists * 2 + kinds.injects) * 10 + of_crime
    if form in (AGED, EVERY):
        code = code * 3 + kinds.band
    return np.asarray(np.unique(code, return_inverse=True)[1], dtype=np.int64)


def start_by_stratum(rates: Rates, stratum: NDArray[np.int64], widths: tuple[int, ...]) -> NDArray[np.float64]:
    """[strata, ROWS, bins] share of everybody at the start."""
    rows = np.diff(rates.start, prepend=0.0, axis=1)
    starts = np.concatenate([[0], np.cumsum(widths)[:-1]])
    binned = np.add.reduceat(np.diff(rates.stay, prepend=0.0, axis=2), starts, axis=2) * rows[:, :, None]
    for row in FLAT_ROWS:
        binned[:, row, 0] = binned[:, row].sum(axis=1)
        binned[:, row, 1:] = 0.0
    weights = np.zeros((int(stratum.max()) + 1, rates.start.shape[0]))
    np.add.at(weights, (stratum, rates.kinds.group), np.diff(rates.kinds.stock, prepend=0.0))
    return np.asarray(np.tensordot(weights, binned, axes=1), dtype=np.float64)


def lanes(rates: Rates, widths: tuple[int, ...], form: str) -> Lanes:
    """The lanes of a draw; merged strata take the mean of their kinds among entrants."""
    kinds = rates.kinds
    stratum = stratum_of(rates, form)
    entrant = np.diff(kinds.entrant, prepend=0.0)
    weight = np.asarray(np.bincount(stratum, entrant), dtype=np.float64)

    def mean(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(np.bincount(stratum, values * entrant) / weight)

    first = np.unique(stratum, return_index=True)[1]
    number = first.size
    strata, spell = np.tile(np.arange(number), 2), np.repeat(np.array([0, 1]), number)
    in_spell = rates.spell_starts / (rates.spell_starts + rates.spell_ends)
    share = np.where(spell == 1, in_spell, 1 - in_spell)
    bands = np.stack([mean((kinds.band == band).astype(np.float64)) for band in range(rates.other.shape[0])])
    start = start_by_stratum(rates, stratum, widths)[strata] * share[:, None, None]
    return Lanes(
        spell=spell,
        injects=kinds.injects[first][strata],
        crack=kinds.crack[first][strata],
        some=mean((kinds.offender > 0).astype(np.float64))[strata],
        offends=mean(rates.offender[kinds.offender])[strata],
        other=np.ascontiguousarray((rates.other[:, :HALF_YEARS].T @ bands)[:, strata]),
        entrant=weight[strata] * share,
        start=np.ascontiguousarray(np.moveaxis(start, 0, 2)),
        resists=kinds.resists[first][strata].astype(np.float64),
        of_kind=np.stack([stratum, stratum + number], axis=1),
    )
