"""Ten places and policing styles. What a style does at a place is an input; displacement is a mechanism."""

import math

from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.counts import PATROL_MINUTES
from fristed_forecast.week.hazards import open_now
from fristed_forecast.week.inputs import HOT_SPOT, NO_STYLE, PROBLEM, RANDOM, Books
from fristed_forecast.week.town import LOG_PRICE, RISK
from fristed_forecast.week.world import PATCHES, World

MEMORY = 1.0 / 13.0  # a quarter's weight in what counts as a hot place
PATROL_HOURS = 40.0  # of one officer at one place and week
MOST_WORKED = 3.0  # times the effect of one problem worked on
FADE = 0.5 ** (1.0 / 104.0)  # a solved problem halves in two years


@compiled
def hottest(w: World, k: int) -> int:
    """The place with the k-th most recent offences."""
    for p in range(PATCHES):
        above = 0
        for q in range(PATCHES):
            if w.town.recent[q] > w.town.recent[p] or (w.town.recent[q] == w.town.recent[p] and q < p):
                above += 1
        if above == k:
            return p
    return 0


@compiled
def displace(w: World, p: int, ratio: float, share: float) -> None:
    """Lower a place by a ratio; the share displaced goes to its two neighbours."""
    moved = (1.0 - ratio) * share / 2.0 * w.town.recent[p]
    w.town.pressure[p] *= ratio
    for q in (p - 1, p + 1):
        neighbour = q % PATCHES
        if w.town.recent[neighbour] > 0.0:
            w.town.pressure[neighbour] *= max(0.0, 1.0 + moved / w.town.recent[neighbour])


@compiled
def style_week(w: World, week: int) -> None:
    """Where officers go this week and what that does."""
    if w.policy.style == RANDOM:
        for p in range(PATCHES):
            displace(w, p, math.exp(w.rates.patrol * w.policy.style_places / PATCHES), w.rates.displaced)
    for k in range(w.policy.style_places):
        if w.policy.style == HOT_SPOT:
            displace(w, hottest(w, k), math.exp(w.rates.patrol), w.rates.displaced)
        elif w.policy.style == PROBLEM and (week - w.policy.start) % 13 == 0:
            p = hottest(w, k)
            limit = MOST_WORKED * w.rates.problem
            worked = w.town.worked[p] + w.rates.problem
            w.town.worked[p] = max(worked, limit) if w.rates.problem < 0.0 else min(worked, limit)


@compiled
def pressure_week(w: World, week: int, today: Books) -> float:
    """The week's multiplier of offending at every place; the largest."""
    for p in range(PATCHES):
        w.town.recent[p] += MEMORY * (w.town.offences[p] - w.town.recent[p])
        w.town.offences[p] = 0
        w.town.worked[p] *= FADE
    spend = math.exp(w.town.market[LOG_PRICE] * (1.0 + w.rates.market_elasticity) * w.rates.spend)
    general = spend * (1.0 + w.town.market[RISK]) ** w.rates.deter_use
    for p in range(PATCHES):
        w.town.pressure[p] = general
    if w.policy.style != NO_STYLE and open_now(w, week):
        style_week(w, week)
        today[PATROL_MINUTES] = int(PATROL_HOURS * 60.0 * w.policy.style_places)
    largest = 0.0
    for p in range(PATCHES):
        w.town.pressure[p] *= math.exp(w.town.worked[p])
        largest = max(largest, w.town.pressure[p])
    return largest
