"""Exact weekly hazards of one person. The filter's bounds come from the same functions."""

import math

from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.inputs import AREA, Policy, Rates
from fristed_forecast.week.people import People
from fristed_forecast.week.states import (
    DETOX,
    HAT,
    LEFT,
    ONTOP,
    PRISON,
    PRISON_OST,
    REHAB,
    RELEASED,
    STABLE,
    STAY_WEEKS,
    USING,
)


@compiled
def open_now(policy: Policy, week: int) -> bool:
    """Whether the scenario's levers are in force."""
    return policy.start <= week < policy.stop


@compiled
def at_large_using(row: int) -> bool:
    """Dependent, untreated and free."""
    return row in (USING, LEFT, RELEASED)


@compiled
def oral(row: int) -> bool:
    """In oral treatment in the community."""
    return row in (ONTOP, STABLE)


@compiled
def free(row: int) -> bool:
    """Neither in custody nor in a bed."""
    return row not in (PRISON, PRISON_OST, DETOX, REHAB)


@compiled
def power(hazard: float, ratio: float) -> float:
    """The hazard under a hazard ratio: one minus survival to that power."""
    if ratio == 1.0:
        return hazard
    return 1.0 - (1.0 - hazard) ** ratio


@compiled
def leave(people: People, rates: Rates, policy: Policy, i: int, week: int) -> float:
    """Leaving the stay: out of treatment, into treatment (people who use), back to use, out of prison."""
    acts = people.acts[i]
    hazard = rates.leave[acts, max(0, min(week - people.since[i], STAY_WEEKS - 1))]
    if not open_now(policy, week):
        return hazard
    if acts == HAT:
        return power(hazard, policy.hat_exit)
    if at_large_using(acts):
        seeking = rates.room_seek if policy.rooms and people.room[i] == 1 else 1.0
        return power(hazard, seeking * policy.oral_entry)
    if acts in (PRISON, PRISON_OST) and policy.extra_sentence > 0.0:
        return hazard / (1.0 + hazard * policy.extra_sentence)
    return hazard


@compiled
def poison(people: People, rates: Rates, policy: Policy, i: int, week: int, purity: float) -> float:
    """A poisoning this week, fatal or not."""
    hazard = rates.poison[people.acts[i], rates.kinds.injects[people.kind[i]]] * purity
    near = policy.rooms and open_now(policy, week) and people.reach[i] == 1
    if near and rates.room_form == AREA:
        hazard *= rates.area_ratio
    return min(hazard, 1.0)


@compiled
def other_death(people: People, rates: Rates, i: int, week: int) -> float:
    """Death from any cause but poisoning."""
    band = rates.kinds.band[people.kind[i]]
    return min(1.0, rates.other[band, week] * rates.other_row[people.acts[i]])


@compiled
def offence_rate(people: People, rates: Rates, i: int, pressure: float) -> float:
    """Expected offences this week, inside a spell; `pressure` is the week's multiplier at the home place."""
    kind = people.kind[i]
    untreated = rates.offender[rates.kinds.offender[kind]]
    return untreated * rates.offend[people.acts[i], rates.kinds.crack[kind]] * pressure


@compiled
def offend_any(rate: float) -> float:
    """At least one offence."""
    return -math.expm1(-rate)


@compiled
def spell_turns(people: People, rates: Rates, i: int) -> float:
    """The offending spell starts or ends."""
    return rates.spell_ends if people.spell[i] == 1 else rates.spell_starts


@compiled
def shift(people: People, rates: Rates, i: int) -> float:
    """On top to stable, or back."""
    return rates.shift[people.acts[i], rates.kinds.resists[people.kind[i]]]


@compiled
def ask_rehab(people: People, rates: Rates, policy: Policy, i: int, week: int) -> float:
    """Asking for detoxification and rehabilitation."""
    hazard = rates.ask_rehab[people.acts[i]]
    return power(hazard, policy.rehab_entry) if open_now(policy, week) else hazard


@compiled
def eligible(people: People, rates: Rates, policy: Policy, i: int) -> bool:
    """May hold a HAT place: uses in or out of oral treatment, and resists it unless the scenario says any."""
    acts = people.acts[i]
    return (at_large_using(acts) or acts == ONTOP) and (
        policy.hat_any or rates.kinds.resists[people.kind[i]] == 1
    )


@compiled
def ask_hat(people: People, rates: Rates, policy: Policy, i: int, week: int) -> float:
    """Asking for a HAT place, once the service is open."""
    if not (policy.hat_open and open_now(policy, week)) or people.row[i] == HAT:
        return 0.0
    return power(rates.ask_hat, policy.hat_entry) if eligible(people, rates, policy, i) else 0.0


@compiled
def join_room(people: People, rates: Rates, policy: Policy, i: int, week: int) -> float:
    """Registering with an open room."""
    if not (policy.rooms and open_now(policy, week)) or people.room[i] == 1 or people.reach[i] == 0:
        return 0.0
    injects = rates.kinds.injects[people.kind[i]] == 1
    return rates.join_room if injects and (at_large_using(people.acts[i]) or people.acts[i] == ONTOP) else 0.0


@compiled
def possession(people: People, policy: Policy, i: int, week: int) -> float:
    """Being wanted for possession this week; whether hours allow the arrest is decided afterwards."""
    acts = people.acts[i]
    using = at_large_using(acts) or acts == ONTOP
    return min(1.0, policy.arrest_target) if using and open_now(policy, week) else 0.0
