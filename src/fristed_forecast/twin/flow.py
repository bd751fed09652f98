# mypy: disable-error-code=no-any-return
# (records of the kernel have no static type)
"""One week of everybody as shares: `mass` [ROWS, bins, lanes] into `after`, lane by lane in step.

Where a stay leads is the same in and out of a spell of offending, so spells may turn before people move: one pass
over the living takes deaths, custody and spells, and what follows is written where next week finds it. Moves are
those of people who do not resist oral treatment, and what resisting adds, so that every loop runs over all lanes.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.week.compiled import compiled, inlined
from fristed_forecast.week.hazards import at_large_using, street
from fristed_forecast.week.inputs import Vector
from fristed_forecast.week.keys import U
from fristed_forecast.week.states import DETOX, ONTOP, PRISON, PRISON_OST, ROWS


class Board(NamedTuple):
    """What every week of a run needs. `enter`, `young` and `old` are this week's probabilities of whoever does not
    resist oral treatment [0] and what resisting adds [1]; like the tables of dying they are remade when what they
    were `made_for` changes."""

    to: NDArray[np.int64]  # [ROWS, most]
    many: NDArray[np.int64]  # [ROWS]
    keep_to: NDArray[np.int64]
    kept: NDArray[np.int64]
    bins: NDArray[np.int64]
    older: Vector  # [ROWS, bins] chance of passing into the next bin
    weight: Vector  # [2, lanes] 1, and 1 where people resist oral treatment
    enter: Vector  # [2, ROWS, bins, most]
    young: Vector  # [2, ROWS, bins + 1, most kept]
    old: Vector  # [2, ROWS, bins + 1, most kept]
    alike: NDArray[np.int64]  # [ROWS] 1 where resisting adds nothing
    force: NDArray[np.int64]  # [1] whether the scenario was in force when they were made
    made_for: Vector  # [7] chance of a HAT place, free beds, free oral places; four dangers
    share: Vector  # [bins, lanes] scratch: the living of a row who are not taken into custody, their spells turned
    starts: float  # chance that a spell starts
    ends: float  # chance that it ends
    inside: Vector  # [lanes] sent to prison this week
    enters: Vector  # [ROWS, lanes] arrivals of the week
    live: Vector  # [ROWS, lanes]
    poisoned: Vector  # [ROWS, lanes]
    killed: Vector  # [ROWS, lanes] by poisoning
    died: Vector  # [ROWS, lanes] of other causes
    custody: Vector  # [ROWS, lanes]
    seek: Vector  # [lanes] ratio of going to oral treatment


class Moves(NamedTuple):
    """Where a week leads, in force or not: what nobody's HAT place gives [0] and what one for certain adds [1], each
    of whoever does not resist oral treatment [0] and what resisting adds [1]. Everything is linear in both."""

    enter: Vector  # [2, 2, ROWS, bins, most]
    young: Vector  # [2, 2, ROWS, bins + 1, most kept] stays that go on in their bin
    old: Vector  # [2, 2, ROWS, bins + 1, most kept] stays that go on from the bin before
    alike: NDArray[np.int64]  # [2, ROWS] 1 where resisting adds nothing, while no place is given and while some are


@compiled
def blend_table(board: Vector, moves: Vector, row: int, hat: float) -> None:
    """One row of a table, both with and without resisting, in one loop that may be vectorised."""
    for r in range(2):
        to, base, more = board[r, row].ravel(), moves[0, r, row].ravel(), moves[1, r, row].ravel()
        for k in range(U(to.size)):
            to[k] = base[k] + more[k] * hat


@compiled
def turn_away(board: Board, row: int, d: int, gate: float) -> None:
    """Of people on the street who ask, those beyond the free places stay where they are."""
    to = board.keep_to[row, 0]
    for r in range(2):
        for b in range(board.bins[row]):
            back = board.enter[r, row, b, d] * (1.0 - gate)
            board.enter[r, row, b, d] -= back
            board.young[r, row, b, 0] += back * (1.0 - board.older[to, b])
            board.old[r, row, b + 1, 0] += back * board.older[to, b]


@compiled
def blend(board: Board, moves: Moves, hat: float, beds: float, oral: float, anew: bool) -> None:
    """This week's probabilities at the chance `hat` of a place and the share of asking that `beds` and oral places
    take. These move people on the street only: other rows are made once, and when the scenario comes into force or
    ends (`anew`)."""
    same = hat == board.made_for[0] and beds == board.made_for[1] and oral == board.made_for[2]
    if same and not anew:
        return
    board.made_for[0], board.made_for[1], board.made_for[2] = hat, beds, oral
    for row in range(ROWS):
        if not (anew or street(row)):
            continue
        blend_table(board.enter, moves.enter, row, hat)
        blend_table(board.young, moves.young, row, hat)
        blend_table(board.old, moves.old, row, hat)
        board.alike[row] = moves.alike[1 if hat > 0.0 else 0, row]
        for d in range(board.many[row] if at_large_using(row) else 0):
            if board.to[row, d] == DETOX and beds < 1.0:
                turn_away(board, row, d, beds)
            elif board.to[row, d] == ONTOP and oral < 1.0:
                turn_away(board, row, d, oral)


@inlined
def pour(board: Board, r: int, row: int, d: int) -> None:
    """Arrivals by one way out of a row: four bins at a time, at no chance beyond the last."""
    to = board.to[row, d]
    for b in range(U(0), U(board.bins[row]), U(4)):
        p, q = board.enter[r, row, b, d], board.enter[r, row, b + U(1), d]
        s, t = board.enter[r, row, b + U(2), d], board.enter[r, row, b + U(3), d]
        for lane in range(U(board.seek.size)):  # unsigned: a loop that may be vectorised
            board.enters[to, lane] += board.weight[r, lane] * (
                board.share[b, lane] * p
                + board.share[b + U(1), lane] * q
                + board.share[b + U(2), lane] * s
                + board.share[b + U(3), lane] * t
            )


@inlined
def hold(board: Board, after: Vector, r: int, row: int, d: int) -> None:
    """Stays that go on in one row; a share of each bin passes into the next."""
    to = board.keep_to[row, d]
    for b in range(U(board.bins[row]) + U(1)):
        young, old = board.young[r, row, b, d], board.old[r, row, b, d]
        if old != 0.0:
            for lane in range(U(board.seek.size)):  # unsigned: a loop that may be vectorised
                after[to, b, lane] += board.weight[r, lane] * (
                    board.share[b, lane] * young + board.share[b - U(1), lane] * old
                )
        elif young != 0.0:
            for lane in range(U(board.seek.size)):  # unsigned: a loop that may be vectorised
                after[to, b, lane] += board.weight[r, lane] * board.share[b, lane] * young


@inlined
def seek_more(board: Board, after: Vector, r: int, row: int, d: int) -> None:
    """People a room has registered seek oral treatment more; they are taken from those who stay."""
    for b in range(board.bins[row]):
        p = board.enter[r, row, b, d]
        for lane in range(U(board.seek.size)):  # unsigned: a loop that may be vectorised
            more = board.weight[r, lane] * board.share[b, lane] * p * (board.seek[lane] - 1.0)
            board.enters[ONTOP, lane] += more
            after[board.keep_to[row, 0], b, lane] -= more


@inlined
def move(board: Board, after: Vector, r: int, row: int, seeks: bool) -> None:
    """Share out the living of one row."""
    for d in range(board.many[row]):
        pour(board, r, row, d)
    for d in range(board.kept[row]):
        hold(board, after, r, row, d)
    if seeks and at_large_using(row):
        for d in range(board.many[row]):
            if board.to[row, d] == ONTOP:
                seek_more(board, after, r, row, d)


@inlined
def share_out(board: Board, mass: Vector, people: Vector, alive: Vector, row: int, gate: float) -> None:
    """Deaths, custody and spells: the rest into `share`; who is sent to prison."""
    half = U(board.seek.size) // U(2)
    for lane in range(U(board.seek.size)):
        alive[lane] = board.live[row, lane] * (1.0 - board.custody[row, lane] * gate)
    for lane in range(U(board.seek.size)):
        board.inside[lane] += people[row, lane] * (board.live[row, lane] - alive[lane])
    for b in range(U(board.bins[row])):
        for k in range(half):
            out, on = mass[row, b, k] * alive[k], mass[row, b, k + half] * alive[k + half]
            board.share[b, k] = out * (1.0 - board.starts) + on * board.ends
            board.share[b, k + half] = on * (1.0 - board.ends) + out * board.starts


@compiled
def imprison(board: Board, treated: float) -> None:
    """Who was sent to prison arrives there, their spells turned like everybody's."""
    half = board.seek.size // 2
    for k in range(half):
        out, on = board.inside[k], board.inside[k + half]
        for lane, sent in (
            (k, out * (1.0 - board.starts) + on * board.ends),
            (k + half, on * (1.0 - board.ends) + out * board.starts),
        ):
            board.enters[PRISON_OST, lane] += sent * treated
            board.enters[PRISON, lane] += sent * (1.0 - treated)


@compiled
def flow(board: Board, mass: Vector, after: Vector, people: Vector, gate: float, treated: float, seeks: bool) -> None:
    """Everybody's week: those whose stay goes on into `after`, arrivals apart in `board.enters`."""
    after[:] = 0.0
    board.enters[:] = 0.0
    board.inside[:] = 0.0
    alive = np.empty(board.seek.size)
    for row in range(ROWS):
        share_out(board, mass, people, alive, row, gate)
        for r in range(2 - board.alike[row]):
            move(board, after, r, row, seeks)
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
