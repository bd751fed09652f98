# mypy: disable-error-code=no-any-return
# (records of the kernel have no static type)
"""The filter: a person whose lanes are all above their bounds has no event this week.

`u < h` implies `lane <= floor(h * 2**15)`, so a bound at or above the hazard never loses an event. The plain
kernel looks at everybody; a test holds both to the same bits.
"""

from fristed_forecast.week import hazards
from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.keys import HIGH, S16, U, word
from fristed_forecast.week.people import HEROIN, ORAL, RECOVERY
from fristed_forecast.week.world import World

ALL = U(0xFFFF_FFFF_FFFF_FFFF)
S1, S13, S14, S15 = U(1), U(13), U(14), U(15)
CRIME_LANES = U(0xFFFF_FFFF_0000_0000)  # offending and spells in the second bound
LEAVE_LANE, OTHER_LANE = U(0xFFFF), U(0xFFFF_0000)  # leaving in the first bound, other deaths in the second
SOME = U(1) << U(63)  # in the third bound, whose top bits the comparison does not read: any of its hazards is there
BEYOND_CRIME = ~(U(1) << U(33) | U(1) << U(49))  # a mask's bits of every other purpose


@compiled
def hits(w: World, i: int, week: int) -> U:
    """A word that is zero when nothing can happen; `hit` reads one purpose out of it."""
    key = w.people[i].key
    first = ((w.people[i].bound[0] | HIGH) - (word(key, week, 0) & ~HIGH)) & HIGH
    second = ((w.people[i].bound[1] | HIGH) - (word(key, week, 1) & ~HIGH)) & HIGH
    mask = (first >> S15) | (second >> S14)
    if w.people[i].bound[2] == U(0):  # most people, most weeks: nothing to ask for, nothing to wait for
        return mask
    third = ((w.people[i].bound[2] | HIGH) - (word(key, week, 2) & ~HIGH)) & HIGH
    return mask | (third >> S13)


@compiled
def hit(mask: U, purpose: int) -> bool:
    """Whether the purpose's lane is within its bound."""
    return (mask >> (S16 * U(purpose & 3) + U(purpose >> 2))) & S1 != U(0)


@compiled
def _lane(hazard: float, place: int) -> U:
    return U(min(32767, int(hazard * 32768.0))) << (S16 * U(place))


@compiled
def _lane_of_some(hazard: float, place: int) -> U:
    """A lane of the third bound; a hazard of nothing leaves it empty."""
    return SOME | _lane(hazard, place) if hazard > 0.0 else U(0)


@compiled
def _crime(w: World, i: int, cap: float) -> U:
    """Lanes of offending and spells; whoever never offends has neither."""
    if w.rates.kind_offender[w.people[i].kind] == 0:
        return U(0)
    rate = hazards.offence_rate(w, i, cap) if w.people[i].spell == 1 else 0.0
    return _lane(hazards.offend_any(rate), 2) | _lane(hazards.spell_turns(w, i), 3)


@compiled
def set_offend_bound(w: World, i: int, cap: float) -> None:
    """The lanes that change when a spell turns."""
    w.people[i].bound[1] = (w.people[i].bound[1] & ~CRIME_LANES) | _crime(w, i, cap)


@compiled
def set_bounds(w: World, i: int, week: int, caps: tuple[float, float]) -> None:
    """Bounds from the hazards as they stand; every hazard falls with the length of a stay or is flat.

    `caps` bounds the week's multipliers of offending and poisoning.
    """
    person = w.people[i]
    waits = person.wait[ORAL] >= 0 or person.wait[HEROIN] >= 0 or person.wait[RECOVERY] >= 0
    person.bound[0] = (
        _lane(hazards.leave(w, i, week), 0)
        | _lane(hazards.shift(w, i), 1)
        | _lane(w.rates.remit[person.acts], 2)
        | _lane(hazards.ask_rehab(w, i, week), 3)
    )
    person.bound[1] = (
        _lane(hazards.poison(w, i, week, caps[1]), 0)
        | _lane(hazards.other_death(w, i, week), 1)
        | _crime(w, i, caps[0])
    )
    person.bound[2] = _lane_of_some(hazards.ask_hat(w, i, week), 0)
    person.bound[2] |= _lane_of_some(hazards.join_room(w, i, week), 1)
    person.bound[2] |= _lane_of_some(w.rates.abandon if waits else 0.0, 2)
    person.bound[2] |= _lane_of_some(hazards.possession(w, i, week), 3)


@compiled
def set_aging_bounds(w: World, i: int, week: int) -> None:
    """The lanes that change while nothing else does: leaving, which falls, and other deaths, which rise."""
    bound = w.people[i].bound
    bound[0] = (bound[0] & ~LEAVE_LANE) | _lane(hazards.leave(w, i, week), 0)
    bound[1] = (bound[1] & ~OTHER_LANE) | _lane(hazards.other_death(w, i, week), 1)
