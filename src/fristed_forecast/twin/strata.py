"""Who the twin follows: every kind, merged kinds, or merged but by class of offending, or by age. A lane is a
stratum in or out of an offending spell; lanes are the innermost axis, those who do not resist oral treatment first."""

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
    first: NDArray[np.int64]  # [2] strata that do not resist oral treatment, and that do
    of_kind: NDArray[np.int64]  # [kinds, 2] lane by spell

    def partner(self) -> NDArray[np.int64]:
        """[lanes] the same stratum in the other spell."""
        across = np.repeat(self.first, 2 * self.first)
        return np.arange(self.spell.size) + np.where(self.spell == 1, -across, across)


def bin_of(widths: tuple[int, ...]) -> NDArray[np.int64]:
    """[STAY_WEEKS] the bin of each week of stay."""
    return np.repeat(np.arange(len(widths)), widths)


def leave_by_bin(rates: Rates, widths: tuple[int, ...]) -> NDArray[np.float64]:
    """[ROWS, bins] mean weekly hazard of leaving within each bin."""
    starts = np.concatenate([[0], np.cumsum(widths)[:-1]])
    return np.asarray(np.add.reduceat(rates.leave, starts, axis=1) / np.array(widths), dtype=np.float64)


def stratum_of(rates: Rates, form: str) -> NDArray[np.int64]:
    """[kinds] which stratum each kind belongs to, those who do not resist oral treatment first."""
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


def lane_order(resists: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Stratum and spell of every lane, and how many strata do and do not resist."""
    many = np.array([int((resists == 0).sum()), int((resists == 1).sum())], dtype=np.int64)
    blocks = [np.arange(many[0]), np.arange(many[0], many.sum())]
    strata = np.concatenate([blocks[0], blocks[0], blocks[1], blocks[1]])
    spell = np.concatenate([np.full(many[k], on) for k in (0, 1) for on in (0, 1)])
    return strata, spell.astype(np.int64), many


def lanes(rates: Rates, widths: tuple[int, ...], form: str) -> Lanes:
    """The lanes of a draw; merged strata take the mean of their kinds among entrants."""
    kinds = rates.kinds
    stratum = stratum_of(rates, form)
    entrant = np.diff(kinds.entrant, prepend=0.0)
    weight = np.asarray(np.bincount(stratum, entrant), dtype=np.float64)

    def mean(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(np.bincount(stratum, values * entrant) / weight)

    first = np.unique(stratum, return_index=True)[1]
    strata, spell, many = lane_order(kinds.resists[first])
    in_spell = rates.spell_starts / (rates.spell_starts + rates.spell_ends)
    share = np.where(spell == 1, in_spell, 1 - in_spell)
    bands = np.stack([mean((kinds.band == band).astype(np.float64)) for band in range(rates.other.shape[0])])
    start = start_by_stratum(rates, stratum, widths)[strata] * share[:, None, None]
    of_kind = np.stack(
        [np.array([int(np.flatnonzero((strata == s) & (spell == on))[0]) for s in stratum]) for on in (0, 1)], axis=1
    )
    return Lanes(
        spell=spell,
        injects=kinds.injects[first][strata],
        crack=kinds.crack[first][strata],
        some=mean((kinds.offender > 0).astype(np.float64))[strata],
        offends=mean(rates.offender[kinds.offender])[strata],
        other=np.ascontiguousarray((rates.other[:, :HALF_YEARS].T @ bands)[:, strata]),
        entrant=weight[strata] * share,
        start=np.ascontiguousarray(np.moveaxis(start, 0, 2)),
        first=many,
        of_kind=of_kind,
    )
