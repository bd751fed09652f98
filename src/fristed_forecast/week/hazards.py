# mypy: disable-error-code=no-any-return
# (records of the kernel have no static type)
"""Exact weekly hazards of one person. The filter's bounds come from the same functions."""

import math

from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.inputs import AREA
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
from fristed_forecast.week.world import World


@compiled
def open_now(w: World, week: int) -> bool:
    """Whether the scenario's levers are in force."""
    return w.policy.start <= week < w.policy.stop


@compiled
def at_large_using(row: int) -> bool:
    """Dependent, untreated and free."""
    return row in (USING, LEFT, RELEASED)


@compiled
def street(row: int) -> bool:
    """Uses street heroin every week."""
    return at_large_using(row) or row == ONTOP


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
def leave(w: World, i: int, week: int) -> float:
    """Leaving the stay: out of treatment, into treatment (people who use), back to use, out of prison."""
    acts = w.people[i].acts
    hazard = w.rates.leave[acts, max(0, min(week - w.people[i].since, STAY_WEEKS - 1))]
    if not open_now(w, week):
        return hazard
    if acts == HAT:
        return power(hazard, w.policy.hat_exit)
    if at_large_using(acts):
        seeking = w.rates.room_seek if w.policy.rooms and w.people[i].room == 1 else 1.0
        return power(hazard, seeking * w.policy.oral_entry)
    if acts in (PRISON, PRISON_OST) and w.policy.extra_sentence > 0.0:
        return hazard / (1.0 + hazard * w.policy.extra_sentence)
    return hazard


@compiled
def poison(w: World, i: int, week: int, purity: float) -> float:
    """A poisoning this week, fatal or not."""
    hazard = w.rates.poison[w.people[i].acts, w.rates.kind_injects[w.people[i].kind]] * purity
    near = w.policy.rooms and open_now(w, week) and w.people[i].reach == 1
    if near and w.rates.room_form == AREA:
        hazard *= w.rates.area_ratio
    return min(hazard, 1.0)


@compiled
def other_death(w: World, i: int, week: int) -> float:
    """Death from any cause but poisoning."""
    band = w.rates.kind_band[w.people[i].kind]
    return min(1.0, w.rates.other[band, week // 26] * w.rates.other_row[w.people[i].acts])


@compiled
def offence_rate(w: World, i: int, pressure: float) -> float:
    """Expected offences this week, inside a spell; `pressure` is the week's multiplier at the home place."""
    kind = w.people[i].kind
    untreated = w.rates.offender[w.rates.kind_offender[kind]]
    return untreated * w.rates.offend[w.people[i].acts, w.rates.kind_crack[kind]] * pressure


@compiled
def offend_any(rate: float) -> float:
    """At least one offence."""
    return -math.expm1(-rate)


@compiled
def spell_turns(w: World, i: int) -> float:
    """The offending spell starts or ends."""
    return w.rates.spell_ends if w.people[i].spell == 1 else w.rates.spell_starts


@compiled
def shift(w: World, i: int) -> float:
    """On top to stable, or back."""
    return w.rates.shift[w.people[i].acts, w.rates.kind_resists[w.people[i].kind]]


@compiled
def ask_rehab(w: World, i: int, week: int) -> float:
    """Asking for detoxification and rehabilitation."""
    hazard = w.rates.ask_rehab[w.people[i].acts]
    return power(hazard, w.policy.rehab_entry) if open_now(w, week) else hazard


@compiled
def eligible(w: World, i: int) -> bool:
    """May hold a HAT place: uses in or out of oral treatment, and resists it unless the scenario says any."""
    acts = w.people[i].acts
    return street(acts) and (w.policy.hat_any or w.rates.kind_resists[w.people[i].kind] == 1)


@compiled
def ask_hat(w: World, i: int, week: int) -> float:
    """Asking for a HAT place, once the service is open."""
    if not (w.policy.hat_open and open_now(w, week)) or w.people[i].row == HAT:
        return 0.0
    return power(w.rates.ask_hat, w.policy.hat_entry) if eligible(w, i) else 0.0


@compiled
def join_room(w: World, i: int, week: int) -> float:
    """Registering with an open room."""
    if not (w.policy.rooms and open_now(w, week)) or w.people[i].room == 1 or w.people[i].reach == 0:
        return 0.0
    injects = w.rates.kind_injects[w.people[i].kind] == 1
    return w.rates.join_room if injects and street(w.people[i].acts) else 0.0


@compiled
def possession(w: World, i: int, week: int) -> float:
    """Being wanted for possession this week; whether hours allow the arrest is decided afterwards."""
    return min(1.0, w.policy.arrest_target) if street(w.people[i].acts) and open_now(w, week) else 0.0
