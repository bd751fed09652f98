# mypy: disable-error-code=no-any-return
# (records of the kernel have no static type)
"""One week of everybody as shares: `mass` [ROWS, bins, lanes] into `after`, lane by lane in step."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.week.compiled import compiled, inlined
from fristed_forecast.week.hazards import at_large_using
from fristed_forecast.week.inputs import Vector
from fristed_forecast.week.keys import U
from fristed_forecast.week.states import DETOX, ONTOP, PRISON, PRISON_OST, ROWS


class Board(NamedTuple):
    """What every week of a run needs; `enter` and `keep` are this week's probabilities, rewritten each week."""

    to: NDArray[np.int64]  # [ROWS, most]
    many: NDArray[np.int64]  # [ROWS]
    keep_to: NDArray[np.int64]
    kept: NDArray[np.int64]
    bins: NDArray[np.int64]
    older: Vector  # [ROWS, bins]
    first: NDArray[np.int64]  # [2] strata by resisting
    enter: Vector  # [2, ROWS, bins, most]
    keep: Vector  # [2, ROWS, bins, most kept]
    share: Vector  # [lanes] scratch
    enters: Vector  # [ROWS, lanes] arrivals of the week
    live: Vector  # [ROWS, lanes]
    custody: Vector  # [ROWS, lanes]
    seek: Vector  # [lanes] ratio of going to oral treatment
    alike: NDArray[np.int64]  # [ROWS] 1 where resisting oral treatment changes nothing this week


@compiled
def blend(board: Board, enter: Vector, keep: Vector, hat: float, beds: float, oral: float) -> None:
    """This week's probabilities: `enter` and `keep` [2, 2, ...] without and with a place for certain, at the
    chance `hat` of one; entries beyond the free `beds` and oral places stay where they are."""
    board.alike[:] = 1
    for r in range(2):
        for row in range(ROWS):
            for b in range(board.bins[row]):
                back = 0.0
                for d in range(board.many[row]):
                    p = enter[0, r, row, b, d] * (1.0 - hat) + enter[1, r, row, b, d] * hat
                    if at_large_using(row):
                        gate = beds if board.to[row, d] == DETOX else (oral if board.to[row, d] == ONTOP else 1.0)
                        back += p * (1.0 - gate)
                        p *= gate
                    board.enter[r, row, b, d] = p
                    if r == 1 and p != board.enter[0, row, b, d]:
                        board.alike[row] = 0
                for d in range(board.kept[row]):
                    p = keep[0, r, row, b, d] * (1.0 - hat) + keep[1, r, row, b, d] * hat
                    board.keep[r, row, b, d] = p + (back if d == 0 else 0.0)
                    if r == 1 and board.keep[1, row, b, d] != board.keep[0, row, b, d]:
                        board.alike[row] = 0


@inlined
def add(into: Vector, row: int, share: Vector, p: float, low: int, high: int) -> None:
    """into[row] += share * p over some lanes."""
    for lane in range(U(low), U(high)):  # unsigned: a loop that may be vectorised
        into[row, lane] += share[lane] * p


@inlined
def add_stay(after: Vector, row: int, b: int, share: Vector, p: float, low: int, high: int) -> None:
    """after[row, b] += share * p over some lanes."""
    for lane in range(U(low), U(high)):  # unsigned: a loop that may be vectorised
        after[row, b, lane] += share[lane] * p


@inlined
def seek_more(board: Board, after: Vector, b: int, row: int, p: float, low: int, high: int) -> None:
    """People a room has registered seek oral treatment more; they are taken from those who stay."""
    for lane in range(U(low), U(high)):  # unsigned: a loop that may be vectorised
        more = board.share[lane] * p * (board.seek[lane] - 1.0)
        board.enters[ONTOP, lane] += more
        after[board.keep_to[row, 0], b, lane] -= more


@inlined
def cell(board: Board, after: Vector, r: int, row: int, b: int, low: int, high: int, seeks: bool) -> None:
    """Share out the living of one row and bin over some lanes."""
    for d in range(board.many[row]):
        p = board.enter[r, row, b, d]
        if p > 0.0:
            add(board.enters, board.to[row, d], board.share, p, low, high)
            if seeks and board.to[row, d] == ONTOP and at_large_using(row):
                seek_more(board, after, b, row, p, low, high)
    for d in range(board.kept[row]):
        p = board.keep[r, row, b, d]
        if p > 0.0:
            to = board.keep_to[row, d]
            older = board.older[to, b]
            add_stay(after, to, b, board.share, p * (1.0 - older), low, high)
            if older > 0.0:
                add_stay(after, to, b + 1, board.share, p * older, low, high)


@inlined
def take_custody(
    board: Board, mass: Vector, row: int, b: int, low: int, high: int, gate: float, treated: float
) -> None:
    """Deaths, then prison; the rest into `share`."""
    for lane in range(U(low), U(high)):  # unsigned: a loop that may be vectorised
        alive = mass[row, b, lane] * board.live[row, lane]
        inside = alive * board.custody[row, lane] * gate
        board.enters[PRISON_OST, lane] += inside * treated
        board.enters[PRISON, lane] += inside * (1.0 - treated)
        board.share[lane] = alive - inside


@compiled
def flow(board: Board, mass: Vector, after: Vector, gate: float, treated: float, seeks: bool) -> None:
    """Everybody's week; arrivals stay in `board.enters`, apart from those whose stay goes on."""
    after[:] = 0.0
    board.enters[:] = 0.0
    ends = (2 * board.first[0], 2 * board.first[0] + 2 * board.first[1])
    for row in range(ROWS):
        for b in range(board.bins[row]):
            take_custody(board, mass, row, b, 0, ends[1], gate, treated)
            if board.alike[row] == 1:
                cell(board, after, 0, row, b, 0, ends[1], seeks)
            else:
                cell(board, after, 0, row, b, 0, ends[0], seeks)
                cell(board, after, 1, row, b, ends[0], ends[1], seeks)


@compiled
def turn_spells(board: Board, mass: Vector, after: Vector, people: Vector, starts: float, ends: float) -> None:
    """Arrivals take their first week, spells start and end; `mass` and `people` [ROWS, lanes] are next week's."""
    people[:] = 0.0
    for row in range(ROWS):
        for lane in range(U(people.shape[1])):
            after[row, 0, lane] += board.enters[row, lane]
        for b in range(board.bins[row]):
            low = 0
            for r in range(2):
                n = U(board.first[r])
                for k in range(U(low), U(low) + n):
                    off, on = after[row, b, k], after[row, b, k + n]
                    mass[row, b, k] = off * (1.0 - starts) + on * ends
                    mass[row, b, k + n] = on * (1.0 - ends) + off * starts
                    people[row, k] += mass[row, b, k]
                    people[row, k + n] += mass[row, b, k + n]
                low += 2 * board.first[r]
