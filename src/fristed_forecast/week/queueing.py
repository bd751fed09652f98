"""Places and the people who wait for them, in an order that no storage can change."""

import numpy as np

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
from fristed_forecast.week.inputs import BY_ARRESTS, BY_TRUE_RATE, Ints, Policy, Rates
from fristed_forecast.week.keys import PLACE, U, rare
from fristed_forecast.week.moving import count, move, place
from fristed_forecast.week.people import HEROIN, ORAL, RECOVERY, People, Totals, recent_arrests
from fristed_forecast.week.states import DEAD, DETOX, HAT, ONTOP, REHAB, STABLE

S40, S56 = U(40), U(56)


@compiled
def may_wait(people: People, rates: Rates, policy: Policy, queue: int, i: int) -> bool:
    """Whether the person still wants what they wait for."""
    acts = people.acts[i]
    if acts == DEAD or people.wait[queue, i] < 0:
        return False
    if queue == HEROIN:
        return people.row[i] != HAT and hazards.eligible(people, rates, policy, i)
    return hazards.at_large_using(acts) or (queue == RECOVERY and acts in (ONTOP, STABLE))


@compiled
def tidy(people: People, totals: Totals, rates: Rates, policy: Policy, queue: int) -> int:
    """Drop whoever no longer waits; the number who do."""
    kept = 0
    for k in range(totals.length[queue]):
        i = totals.queue[queue, k]
        if may_wait(people, rates, policy, queue, i):
            totals.queue[queue, kept] = i
            kept += 1
        else:
            people.wait[queue, i] = -1
    totals.length[queue] = kept
    return kept


@compiled
def turn_of(people: People, rates: Rates, policy: Policy, queue: int, i: int, week: int) -> U:
    """Smaller is earlier: (rank of the scenario, week of joining, keyed hash)."""
    joined = people.wait[queue, i]
    order = (U(joined) << S40) | (rare(people.key[i], joined, PLACE, queue) >> U(24))
    if queue != HEROIN:
        return order
    if policy.hat_order == BY_ARRESTS:
        return order | (U(100 - recent_arrests(people, i, week)) << S56)
    if policy.hat_order == BY_TRUE_RATE:
        return order | (U(100 - rates.kinds.offender[people.kind[i]]) << S56)
    return order


@compiled
def serve(people: People, totals: Totals, rates: Rates, policy: Policy, queue: int, places: int, week: int,
          caps: tuple[float, float]) -> int:  # fmt: skip
    """Give the free places to the first in turn; how many were given."""
    waiting = tidy(people, totals, rates, policy, queue)
    given = max(0, min(places, waiting))
    if given == 0:
        return 0
    for k in range(waiting):
        totals.rank[k] = turn_of(people, rates, policy, queue, totals.queue[queue, k], week)
    first = np.argsort(totals.rank[:waiting]) if given < waiting else np.arange(waiting)
    for k in range(given):
        i = totals.queue[queue, first[k]]
        people.wait[queue, i] = -1
        if queue == HEROIN:
            place(people, totals, rates, policy, i, week, caps)
        else:
            move(people, totals, rates, policy, i, ONTOP if queue == ORAL else DETOX, week, caps)
    tidy(people, totals, rates, policy, queue)
    return given


@compiled
def serve_all(people: People, totals: Totals, rates: Rates, policy: Policy, week: int,
              caps: tuple[float, float], today: Ints) -> None:  # fmt: skip
    """HAT first, then beds, then oral treatment: a place given empties a turn elsewhere."""
    running = hazards.open_now(policy, week)
    places = policy.hat_places if policy.hat_open and running else 0
    held = totals.held[HAT, 0] + totals.held[HAT, 1]
    today[HAT_STARTS] = serve(people, totals, rates, policy, HEROIN, places - held, week, caps)
    beds = totals.acting[DETOX] + totals.acting[REHAB]
    free = (policy.rehab_places if running else 1 << 30) - beds
    today[REHAB_STARTS] = serve(people, totals, rates, policy, RECOVERY, free, week, caps)
    oral = totals.acting[ONTOP] + totals.acting[STABLE]
    free = (policy.oral_places if running else 1 << 30) - oral
    today[ORAL_STARTS] = serve(people, totals, rates, policy, ORAL, free, week, caps)
    today[ORAL_WAITING] = totals.length[ORAL]
    today[HAT_WAITING] = totals.length[HEROIN]
    today[REHAB_WAITING] = totals.length[RECOVERY]


@compiled
def close_hat(people: People, totals: Totals, rates: Rates, policy: Policy, week: int,
              caps: tuple[float, float]) -> None:  # fmt: skip
    """The service closes: whoever holds a place goes on in oral treatment, on top."""
    for i in range(totals.size[0]):
        if people.row[i] != HAT:
            continue
        if policy.hat_neutral:
            count(people, totals, rates, i, -1)
            people.row[i] = people.acts[i]
            count(people, totals, rates, i, 1)
        else:
            move(people, totals, rates, policy, i, ONTOP, week, caps)
