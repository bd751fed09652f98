"""Places and the people who wait for them, in an order that no storage can change."""

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.week import hazards
from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.counts import (
    HAT_STARTS,
    HAT_WAITING,
    ORAL_STARTS,
    ORAL_WAITING,
    REHAB_STARTS,
    REHAB_WAITING,
)
from fristed_forecast.week.inputs import BY_ARRESTS, BY_TRUE_RATE, Ints
from fristed_forecast.week.keys import PLACE, U, rare
from fristed_forecast.week.moving import count, move, place, time_hat
from fristed_forecast.week.people import HEROIN, NOT_WAITING, ORAL, RECOVERY, recent_arrests
from fristed_forecast.week.states import DEAD, DETOX, HAT, ONTOP, REHAB, STABLE
from fristed_forecast.week.world import World

S40, S56 = U(40), U(56)


@compiled
def may_wait(w: World, queue: int, i: int) -> bool:
    """Whether the person still wants what they wait for."""
    acts = w.people[i].acts
    if acts == DEAD or w.people[i].wait[queue] < 0:
        return False
    if queue == HEROIN:
        return w.people[i].row != HAT and hazards.eligible(w, i)
    return hazards.at_large_using(acts) or (queue == RECOVERY and acts in (ONTOP, STABLE))


@compiled
def tidy(w: World, queue: int) -> int:
    """Drop whoever no longer waits; the number who do."""
    kept = 0
    for k in range(w.totals.length[queue]):
        i = w.people[k].queue[queue]
        if may_wait(w, queue, i):
            w.people[kept].queue[queue] = i
            kept += 1
        else:
            w.people[i].wait[queue] = NOT_WAITING
    w.totals.length[queue] = kept
    return kept


@compiled
def turn_of(w: World, queue: int, i: int, week: int) -> U:
    """Smaller is earlier: (rank of the scenario, week of joining, keyed hash)."""
    joined = w.people[i].wait[queue]
    order = (U(joined) << S40) | (rare(w.people[i].key, joined, PLACE, queue) >> U(24))
    if queue != HEROIN:
        return order
    if w.policy.hat_order == BY_ARRESTS:
        return order | (U(100 - recent_arrests(w, i, week)) << S56)
    if w.policy.hat_order == BY_TRUE_RATE:
        return order | (U(100 - w.rates.kind_offender[w.people[i].kind]) << S56)
    return order


@compiled
def first_in_turn(w: World, queue: int, waiting: int, given: int, week: int) -> NDArray[np.int32]:
    """The people who get a place."""
    people, rank = np.empty(waiting, np.int32), np.empty(waiting, np.uint64)
    for k in range(waiting):
        people[k] = w.people[k].queue[queue]
        rank[k] = turn_of(w, queue, people[k], week)
    return people[np.argsort(rank)[:given]]


@compiled
def serve(w: World, queue: int, places: int, week: int, caps: tuple[float, float]) -> int:
    """Give the free places to the first in turn; how many were given."""
    waiting = tidy(w, queue)
    given = max(0, min(places, waiting))
    if given == 0:
        return 0
    for i in first_in_turn(w, queue, waiting, given, week):
        w.people[i].wait[queue] = NOT_WAITING
        if queue == HEROIN:
            place(w, i, week, caps)
        else:
            move(w, i, ONTOP if queue == ORAL else DETOX, week, caps)
    tidy(w, queue)
    return given


@compiled
def serve_all(w: World, week: int, caps: tuple[float, float], today: Ints) -> None:
    """HAT first, then beds, then oral treatment: a place given empties a turn elsewhere."""
    running = hazards.open_now(w, week)
    places = w.policy.hat_places if w.policy.hat_open and running else 0
    held = w.totals.held[HAT, 0] + w.totals.held[HAT, 1]
    today[HAT_STARTS] = serve(w, HEROIN, places - held, week, caps)
    beds = w.totals.acting[DETOX] + w.totals.acting[REHAB]
    free = (w.policy.rehab_places if running else 1 << 30) - beds
    today[REHAB_STARTS] = serve(w, RECOVERY, free, week, caps)
    oral = w.totals.acting[ONTOP] + w.totals.acting[STABLE]
    free = (w.policy.oral_places if running else 1 << 30) - oral
    today[ORAL_STARTS] = serve(w, ORAL, free, week, caps)
    today[ORAL_WAITING] = w.totals.length[ORAL]
    today[HAT_WAITING] = w.totals.length[HEROIN]
    today[REHAB_WAITING] = w.totals.length[RECOVERY]


@compiled
def close_hat(w: World, week: int, caps: tuple[float, float]) -> None:
    """The service closes: whoever holds a place goes on in oral treatment, on top."""
    for i in range(w.totals.counted[0]):
        if w.people[i].row != HAT:
            continue
        if w.policy.hat_neutral:
            count(w, i, -1)
            time_hat(w, i, w.people[i].acts, week)
            w.people[i].row = w.people[i].acts
            count(w, i, 1)
        else:
            move(w, i, ONTOP, week, caps)
