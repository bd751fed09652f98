"""Ten places and policing styles. What a style does at a place is an input; where it goes is the mechanism."""

import math

from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.counts import PATROL_MINUTES
from fristed_forecast.week.hazards import open_now
from fristed_forecast.week.inputs import HOT_SPOT, NO_STYLE, PROBLEM, RANDOM, Ints, Policy, Rates
from fristed_forecast.week.town import LOG_PRICE, PATCHES, RISK, Town

MEMORY = 1.0 / 13.0  # a quarter's weight in what counts as a hot place
PATROL_HOURS = 40.0  # of one officer at one place and week
MOST_WORKED = 3.0  # times the effect of one problem worked on
FADE = 0.5 ** (1.0 / 104.0)  # a solved problem halves in two years


@compiled
def hottest(town: Town, k: int) -> int:
    """The place with the k-th most recent offences."""
    for p in range(PATCHES):
        above = 0
        for q in range(PATCHES):
            if town.recent[q] > town.recent[p] or (town.recent[q] == town.recent[p] and q < p):
                above += 1
        if above == k:
            return p
    return 0


@compiled
def displace(town: Town, p: int, ratio: float, share: float) -> None:
    """Lower a place by a ratio; the share displaced goes to its two neighbours."""
    moved = (1.0 - ratio) * share / 2.0 * town.recent[p]
    town.pressure[p] *= ratio
    for q in (p - 1, p + 1):
        neighbour = q % PATCHES
        if town.recent[neighbour] > 0.0:
            town.pressure[neighbour] *= max(0.0, 1.0 + moved / town.recent[neighbour])


@compiled
def style_week(town: Town, rates: Rates, policy: Policy, week: int) -> None:
    """Where officers go this week and what that does."""
    if policy.style == RANDOM:
        for p in range(PATCHES):
            displace(town, p, math.exp(rates.patrol * policy.style_places / PATCHES), rates.displaced)
    for k in range(policy.style_places):
        if policy.style == HOT_SPOT:
            displace(town, hottest(town, k), math.exp(rates.patrol), rates.displaced)
        elif policy.style == PROBLEM and (week - policy.start) % 13 == 0:
            p = hottest(town, k)
            limit = MOST_WORKED * rates.problem
            worked = town.worked[p] + rates.problem
            town.worked[p] = max(worked, limit) if rates.problem < 0.0 else min(worked, limit)


@compiled
def pressure_week(town: Town, rates: Rates, policy: Policy, week: int, today: Ints) -> float:
    """The week's multiplier of offending at every place; the largest."""
    for p in range(PATCHES):
        town.recent[p] += MEMORY * (town.offences[p] - town.recent[p])
        town.offences[p] = 0
        town.worked[p] *= FADE
    spend = math.exp(town.market[LOG_PRICE] * (1.0 + rates.market.elasticity) * rates.spend)
    general = spend * (1.0 + town.market[RISK]) ** rates.deter_use
    for p in range(PATCHES):
        town.pressure[p] = general
    if policy.style != NO_STYLE and open_now(policy, week):
        style_week(town, rates, policy, week)
        today[PATROL_MINUTES] = int(PATROL_HOURS * 60.0 * policy.style_places)
    largest = 0.0
    for p in range(PATCHES):
        town.pressure[p] *= math.exp(town.worked[p])
        largest = max(largest, town.pressure[p])
    return largest
