"""The people: one row each, as arrays. Rows are storage; nothing in the model may depend on their order."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.states import DEAD, ROWS

ORAL, HEROIN, RECOVERY = 0, 1, 2  # the three queues
QUEUES = 3
NEVER = 1 << 30
REMEMBERED = 8  # arrests a person carries, for the ranking by the last 12 months
T_OFFENCES, T_RECORDED, T_CHARGED, T_ARRESTS, T_DEATH_WEEK, T_POISONINGS, T_THIS_WEEK = 0, 1, 2, 3, 4, 5, 6
TALLIES = 7  # T_THIS_WEEK: charges of the latest week with any


class People(NamedTuple):
    """Arrays over rows of storage; `[n]` unless said."""

    key: NDArray[np.uint64]  # owned chance
    row: NDArray[np.int8]  # where the person is (states.py), DEAD when dead
    acts: NDArray[np.int8]  # whose hazards govern: differs from `row` only in a neutral HAT place
    kind: NDArray[np.int16]  # fixed attributes, an index into Rates.kinds
    since: NDArray[np.int32]  # week the stay began
    turn: NDArray[np.int32]  # week the stay must end, NEVER if it need not
    spell: NDArray[np.uint8]  # 1 while in an offending spell
    grams: NDArray[np.int64]  # street micrograms a week when untreated
    sells: NDArray[np.uint8]
    patch: NDArray[np.uint8]  # home place 0..9
    reach: NDArray[np.uint8]  # lives within reach of a room
    room: NDArray[np.uint8]  # registered with the room
    wait: NDArray[np.int32]  # [QUEUES, n] week of joining, -1 when not waiting
    arrests: NDArray[np.int32]  # [n, REMEMBERED] weeks of the latest arrests
    tally: NDArray[np.int32]  # [n, TALLIES] lifetime counts of a person
    bound: NDArray[np.uint64]  # [n, 3] four lanes each: upper bounds of the filtered hazards


class Totals(NamedTuple):
    """Running sums, changed only by `move`; recounted by `checks`."""

    held: NDArray[np.int64]  # [ROWS, 2] people by row and injecting
    acting: NDArray[np.int64]  # [ROWS] people by whose hazards govern
    street: NDArray[np.int64]  # [1] micrograms a week bought on the street
    sellers: NDArray[np.int64]  # [1] people at large who use and sell
    size: NDArray[np.int64]  # [3] rows in use, alive, next entrant ordinal
    queue: NDArray[np.int32]  # [QUEUES, n] members, in no order
    length: NDArray[np.int64]  # [QUEUES]
    listed: NDArray[np.int32]  # [2, n] people charged, people arrested this week
    many: NDArray[np.int64]  # [2]
    rank: NDArray[np.uint64]  # [n] scratch for sorting


@compiled
def empty_people(rows: int) -> People:
    """Storage for `rows` people, all dead."""
    return People(
        key=np.zeros(rows, np.uint64),
        row=np.full(rows, DEAD, np.int8),
        acts=np.full(rows, DEAD, np.int8),
        kind=np.zeros(rows, np.int16),
        since=np.zeros(rows, np.int32),
        turn=np.full(rows, NEVER, np.int32),
        spell=np.zeros(rows, np.uint8),
        grams=np.zeros(rows, np.int64),
        sells=np.zeros(rows, np.uint8),
        patch=np.zeros(rows, np.uint8),
        reach=np.zeros(rows, np.uint8),
        room=np.zeros(rows, np.uint8),
        wait=np.full((QUEUES, rows), -1, np.int32),
        arrests=np.full((rows, REMEMBERED), -NEVER, np.int32),
        tally=np.zeros((rows, TALLIES), np.int32),
        bound=np.zeros((rows, 3), np.uint64),
    )


@compiled
def empty_totals(rows: int) -> Totals:
    """Sums of nobody."""
    return Totals(
        held=np.zeros((ROWS, 2), np.int64),
        acting=np.zeros(ROWS, np.int64),
        street=np.zeros(1, np.int64),
        sellers=np.zeros(1, np.int64),
        size=np.zeros(3, np.int64),
        queue=np.zeros((QUEUES, rows), np.int32),
        length=np.zeros(QUEUES, np.int64),
        listed=np.zeros((2, rows), np.int32),
        many=np.zeros(2, np.int64),
        rank=np.zeros(rows, np.uint64),
    )


@compiled
def remember_arrest(people: People, i: int, week: int) -> None:
    """Write the arrest over the oldest one remembered."""
    oldest = 0
    for k in range(REMEMBERED):
        if people.arrests[i, k] < people.arrests[i, oldest]:
            oldest = k
    people.arrests[i, oldest] = week
    people.tally[i, T_ARRESTS] += 1


@compiled
def recent_arrests(people: People, i: int, week: int) -> int:
    """Arrests in the last 52 weeks, at most REMEMBERED."""
    count = 0
    for k in range(REMEMBERED):
        if people.arrests[i, k] > week - 52:
            count += 1
    return count
