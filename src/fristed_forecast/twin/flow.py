# mypy: disable-error-code=no-any-return
# (records of the kernel have no static type)
"""One week of everybody as shares: `mass` [ROWS, bins, lanes] into `after`, lane by lane in step.

Where a stay leads is the same in and out of a spell of offending, so spells may turn before people move: one pass
over the living takes deaths, custody and spells, and what follows is written where next week finds it.
"""

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
    share: Vector  # [bins, lanes] scratch: the living of a row who are not taken into custody
    alive: Vector  # [lanes] scratch: share of a row's lane who live and are not taken into custody
    same: Vector  # [lanes] scratch: of those, who stay in or out of their spell
    turned: Vector  # [lanes] scratch: who come from the other
    partner: NDArray[np.int64]  # [lanes] the same stratum in the other spell
    stays: Vector  # [lanes] chance that the spell does not turn
    comes: Vector  # [lanes] chance that the partner's does
    inside: Vector  # [lanes] sent to prison this week
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
def pour(board: Board, r: int, row: int, d: int, low: int, high: int) -> None:
    """Arrivals by one way out of a row, over some lanes: four bins at a time, at no chance beyond the last."""
    to = board.to[row, d]
    for b in range(U(0), U(board.bins[row]), U(4)):
        p, q = board.enter[r, row, b, d], board.enter[r, row, b + U(1), d]
        s, t = board.enter[r, row, b + U(2), d], board.enter[r, row, b + U(3), d]
        for lane in range(U(low), U(high)):  # unsigned: a loop that may be vectorised
            board.enters[to, lane] += (
                board.share[b, lane] * p
                + board.share[b + U(1), lane] * q
                + board.share[b + U(2), lane] * s
                + board.share[b + U(3), lane] * t
            )


@inlined
def hold(board: Board, after: Vector, r: int, row: int, d: int, low: int, high: int) -> None:
    """Stays that go on in one row, over some lanes; a share of each bin passes into the next."""
    to = board.keep_to[row, d]
    older = 0.0
    for b in range(U(board.bins[row])):
        p = board.keep[r, row, b, d]
        younger = p * (1.0 - board.older[to, b])
        if older > 0.0:
            for lane in range(U(low), U(high)):  # unsigned: a loop that may be vectorised
                after[to, b, lane] += board.share[b, lane] * younger + board.share[b - U(1), lane] * older
        elif younger > 0.0:
            for lane in range(U(low), U(high)):  # unsigned: a loop that may be vectorised
                after[to, b, lane] += board.share[b, lane] * younger
        older = p * board.older[to, b]
    if older > 0.0:
        last = U(board.bins[row])
        for lane in range(U(low), U(high)):  # unsigned: a loop that may be vectorised
            after[to, last, lane] += board.share[last - U(1), lane] * older


@inlined
def seek_more(board: Board, after: Vector, r: int, row: int, d: int, low: int, high: int) -> None:
    """People a room has registered seek oral treatment more; they are taken from those who stay."""
    for b in range(board.bins[row]):
        p = board.enter[r, row, b, d]
        for lane in range(U(low), U(high)):  # unsigned: a loop that may be vectorised
            more = board.share[b, lane] * p * (board.seek[lane] - 1.0)
            board.enters[ONTOP, lane] += more
            after[board.keep_to[row, 0], b, lane] -= more


@inlined
def move(board: Board, after: Vector, r: int, row: int, low: int, high: int, seeks: bool) -> None:
    """Share out the living of one row over some lanes."""
    for d in range(board.many[row]):
        pour(board, r, row, d, low, high)
    for d in range(board.kept[row]):
        hold(board, after, r, row, d, low, high)
    if seeks and at_large_using(row):
        for d in range(board.many[row]):
            if board.to[row, d] == ONTOP:
                seek_more(board, after, r, row, d, low, high)


@inlined
def leave_alive(board: Board, people: Vector, row: int, gate: float) -> None:
    """What a week leaves of each lane of a row, by whether the spell turned; who is sent to prison. In short loops,
    each of which may be vectorised."""
    for lane in range(U(board.alive.size)):
        board.alive[lane] = board.live[row, lane] * (1.0 - board.custody[row, lane] * gate)
    for lane in range(U(board.alive.size)):
        board.inside[lane] += people[row, lane] * (board.live[row, lane] - board.alive[lane])
    for lane in range(U(board.alive.size)):
        board.same[lane] = board.alive[lane] * board.stays[lane]
    for lane in range(U(board.alive.size)):
        board.turned[lane] = board.alive[board.partner[lane]] * board.comes[lane]


@inlined
def share_out(board: Board, mass: Vector, row: int) -> None:
    """Deaths, custody and spells: the rest into `share`."""
    for b in range(U(board.bins[row])):
        low = 0
        for r in range(2):
            n = U(board.first[r])
            for k in range(U(low), U(low) + n):
                board.share[b, k] = mass[row, b, k] * board.same[k] + mass[row, b, k + n] * board.turned[k]
            for k in range(U(low) + n, U(low) + n + n):
                board.share[b, k] = mass[row, b, k] * board.same[k] + mass[row, b, k - n] * board.turned[k]
            low += 2 * board.first[r]


@compiled
def imprison(board: Board, treated: float) -> None:
    """Who was sent to prison arrives there, their spells turned like everybody's."""
    for lane in range(U(board.inside.size)):
        sent = board.inside[lane] * board.stays[lane] + board.inside[board.partner[lane]] * board.comes[lane]
        board.enters[PRISON_OST, lane] += sent * treated
        board.enters[PRISON, lane] += sent * (1.0 - treated)


@compiled
def flow(board: Board, mass: Vector, after: Vector, people: Vector, gate: float, treated: float, seeks: bool) -> None:
    """Everybody's week: those whose stay goes on into `after`, arrivals apart in `board.enters`."""
    after[:] = 0.0
    board.enters[:] = 0.0
    board.inside[:] = 0.0
    ends = (2 * board.first[0], 2 * board.first[0] + 2 * board.first[1])
    for row in range(ROWS):
        leave_alive(board, people, row, gate)
        share_out(board, mass, row)
        if board.alike[row] == 1:
            move(board, after, 0, row, 0, ends[1], seeks)
        else:
            move(board, after, 0, row, 0, ends[0], seeks)
            move(board, after, 1, row, ends[0], ends[1], seeks)
    imprison(board, treated)


@compiled
def count(board: Board, mass: Vector, people: Vector) -> None:
    """[ROWS, lanes] people from their bins."""
    people[:] = 0.0
    for row in range(ROWS):
        for b in range(board.bins[row]):
            for lane in range(U(people.shape[1])):
                people[row, lane] += mass[row, b, lane]


@compiled
def arrive(board: Board, mass: Vector, people: Vector) -> None:
    """Arrivals take their first week."""
    for row in range(ROWS):
        for lane in range(U(people.shape[1])):
            mass[row, 0, lane] += board.enters[row, lane]
            people[row, lane] += board.enters[row, lane]
