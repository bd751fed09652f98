"""Poisonings, fatal or not, and deaths from other causes."""

from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.counts import (
    DEATHS_IN_REACH,
    DEATHS_INJECTORS,
    DEATHS_OTHER,
    DEATHS_POISONING,
    POISONINGS,
)
from fristed_forecast.week.hazards import open_now, other_death, poison
from fristed_forecast.week.inputs import NONE, Ints, Policy, Rates
from fristed_forecast.week.keys import FATAL, OTHER, POISON, rare_uniform, uniform
from fristed_forecast.week.moving import die
from fristed_forecast.week.people import T_POISONINGS, People, Totals


@compiled
def fatality(people: People, rates: Rates, policy: Policy, i: int, week: int, supervised: float) -> float:
    """Share of poisonings that kill; `supervised` is the share of a registered person's injections on site."""
    if not (policy.rooms and open_now(policy, week)) or rates.room_form == NONE:
        return rates.fatal
    if policy.room_full >= 0.0:
        injects = rates.kinds.injects[people.kind[i]] == 1
        share = policy.room_full if injects else 0.0
    else:
        share = supervised if people.room[i] == 1 else 0.0
    return rates.fatal * (1.0 - share * (1.0 - rates.room_fatal))


@compiled
def poisoned(people: People, totals: Totals, rates: Rates, policy: Policy, i: int, week: int, purity: float,
             supervised: float, today: Ints) -> bool:  # fmt: skip
    """A poisoning this week; True if it killed."""
    key = people.key[i]
    if uniform(key, week, POISON) >= poison(people, rates, policy, i, week, purity):
        return False
    today[POISONINGS] += 1
    people.tally[i, T_POISONINGS] += 1
    if rare_uniform(key, week, FATAL, 0) >= fatality(people, rates, policy, i, week, supervised):
        return False
    today[DEATHS_POISONING] += 1
    today[DEATHS_IN_REACH] += people.reach[i]
    today[DEATHS_INJECTORS] += rates.kinds.injects[people.kind[i]]
    die(people, totals, rates, i, week)
    return True


@compiled
def other(people: People, totals: Totals, rates: Rates, i: int, week: int, today: Ints) -> bool:
    """A death from another cause this week."""
    if uniform(people.key[i], week, OTHER) >= other_death(people, rates, i, week):
        return False
    today[DEATHS_OTHER] += 1
    die(people, totals, rates, i, week)
    return True
