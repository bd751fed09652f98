"""The filter: a person whose lanes are all above their bounds has no event this week.

`u < h` implies `lane <= floor(h * 2**15)`, so a bound at or above the hazard never loses an event. The plain
kernel looks at everybody; a test holds both to the same bits.
"""

from fristed_forecast.week import hazards
from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.inputs import Policy, Rates
from fristed_forecast.week.keys import HIGH, S16, U, word
from fristed_forecast.week.people import HEROIN, ORAL, RECOVERY, People

ALL = U(0xFFFF_FFFF_FFFF_FFFF)
S1, S2, S13, S14, S15 = U(1), U(2), U(13), U(14), U(15)


@compiled
def hits(people: People, i: int, week: int) -> U:
    """A word that is zero when nothing can happen; `hit` reads one purpose out of it."""
    key = people.key[i]
    first = ((people.bound[i, 0] | HIGH) - (word(key, week, 0) & ~HIGH)) & HIGH
    second = ((people.bound[i, 1] | HIGH) - (word(key, week, 1) & ~HIGH)) & HIGH
    third = ((people.bound[i, 2] | HIGH) - (word(key, week, 2) & ~HIGH)) & HIGH
    return (first >> S15) | (second >> S14) | (third >> S13)


@compiled
def hit(mask: U, purpose: int) -> bool:
    """Whether the purpose's lane is within its bound."""
    return (mask >> (S16 * U(purpose & 3) + U(purpose >> 2))) & S1 != U(0)


@compiled
def _lane(hazard: float, place: int) -> U:
    return U(min(32767, int(hazard * 32768.0))) << (S16 * U(place))


@compiled
def set_bounds(people: People, rates: Rates, policy: Policy, i: int, week: int, caps: tuple[float, float]) -> None:
    """Bounds from the hazards as they stand; every hazard falls with the length of a stay or is flat.

    `caps` bounds the week's multipliers of offending and poisoning.
    """
    waits = people.wait[ORAL, i] >= 0 or people.wait[HEROIN, i] >= 0 or people.wait[RECOVERY, i] >= 0
    offends = people.spell[i] == 1
    rate = hazards.offence_rate(people, rates, i, caps[0]) if offends else 0.0
    people.bound[i, 0] = (
        _lane(hazards.leave(people, rates, policy, i, week), 0)
        | _lane(hazards.shift(people, rates, i), 1)
        | _lane(rates.remit[people.acts[i]], 2)
        | _lane(hazards.ask_rehab(people, rates, policy, i, week), 3)
    )
    people.bound[i, 1] = (
        _lane(hazards.poison(people, rates, policy, i, week, caps[1]), 0)
        | _lane(min(1.0, hazards.other_death(people, rates, i, week) * 1.05), 1)
        | _lane(hazards.offend_any(rate), 2)
        | _lane(hazards.spell_turns(people, rates, i), 3)
    )
    people.bound[i, 2] = (
        _lane(hazards.ask_hat(people, rates, policy, i, week), 0)
        | _lane(hazards.join_room(people, rates, policy, i, week), 1)
        | _lane(rates.abandon if waits else 0.0, 2)
        | _lane(hazards.possession(people, policy, i, week), 3)
    )


@compiled
def reset_bounds(people: People, rates: Rates, policy: Policy, rows: int, week: int, caps: tuple[float, float]) -> None:
    """All bounds anew: at the start, each half year (age), when a scenario starts or stops, when caps rise."""
    for i in range(rows):
        if people.row[i] >= 0:
            set_bounds(people, rates, policy, i, week, caps)
