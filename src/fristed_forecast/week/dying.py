# mypy: disable-error-code=no-any-return
# (records of the kernel have no static type)
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
from fristed_forecast.week.inputs import NONE, Ints
from fristed_forecast.week.keys import FATAL, OTHER, POISON, rare_uniform, uniform
from fristed_forecast.week.moving import die
from fristed_forecast.week.people import T_POISONINGS
from fristed_forecast.week.world import World


@compiled
def fatality(w: World, i: int, week: int, supervised: float) -> float:
    """Share of poisonings that kill; `supervised`: the share of a registered person's injections on site."""
    if not (w.policy.rooms and open_now(w, week)) or w.rates.room_form == NONE:
        return w.rates.fatal
    if w.policy.room_full >= 0.0:
        injects = w.rates.kind_injects[w.people[i].kind] == 1
        share = w.policy.room_full if injects else 0.0
    else:
        share = supervised if w.people[i].room == 1 else 0.0
    return w.rates.fatal * (1.0 - share * (1.0 - w.rates.room_fatal))


@compiled
def poisoned(w: World, i: int, week: int, purity: float, supervised: float, today: Ints) -> bool:
    """A poisoning this week; True if it killed."""
    key = w.people[i].key
    if uniform(key, week, POISON) >= poison(w, i, week, purity):
        return False
    today[POISONINGS] += 1
    w.people[i].tally[T_POISONINGS] += 1
    if rare_uniform(key, week, FATAL, 0) >= fatality(w, i, week, supervised):
        return False
    today[DEATHS_POISONING] += 1
    today[DEATHS_IN_REACH] += w.people[i].reach
    today[DEATHS_INJECTORS] += w.rates.kind_injects[w.people[i].kind]
    die(w, i, week)
    return True


@compiled
def other(w: World, i: int, week: int, today: Ints) -> bool:
    """A death from another cause this week."""
    if uniform(w.people[i].key, week, OTHER) >= other_death(w, i, week):
        return False
    today[DEATHS_OTHER] += 1
    die(w, i, week)
    return True
