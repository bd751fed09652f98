"""Offences: how many, of which type, recorded or not, charged or not. Each offence has a word of its own."""

import math

from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.counts import CHARGED, OFFENDED, RECORDED
from fristed_forecast.week.hazards import offence_rate, offend_any, spell_turns
from fristed_forecast.week.inputs import Ints, Policy, Rates
from fristed_forecast.week.keys import OFFENCE, OFFEND, SPELL, U, rare, uniform
from fristed_forecast.week.people import T_CHARGED, T_OFFENCES, T_RECORDED, T_THIS_WEEK, People, Totals
from fristed_forecast.week.town import Town

LOW21, S21, S42 = U(0x1FFFFF), U(21), U(42)
MOST = 1000  # offences of one person in one week: the tail beyond has no measurable weight


@compiled
def poisson(rate: float, u: float) -> int:
    """Number of events; zero exactly when `u >= 1 - exp(-rate)`, and never fewer at a higher rate."""
    if u >= offend_any(rate):
        return 0
    term = math.exp(-rate)
    below, count = term, 0
    while count < MOST and 1.0 - u >= below:
        count += 1
        term *= rate / count
        below += term
    return max(count, 1)


@compiled
def offend(people: People, totals: Totals, rates: Rates, policy: Policy, i: int, week: int, pressure: float,
           charge: float, town: Town, today: Ints) -> None:  # fmt: skip
    """The week's offences of a person in a spell; whoever is charged is listed for the courts."""
    if people.spell[i] == 0:
        return
    number = poisson(offence_rate(people, rates, i, pressure), uniform(people.key[i], week, OFFEND))
    charged = 0
    for k in range(number):
        charged += one_offence(people, rates, i, rare(people.key[i], week, OFFENCE, k), charge, today)
    people.tally[i, T_OFFENCES] += number
    town.offences[people.patch[i]] += number
    if charged > 0:
        people.tally[i, T_CHARGED] += charged
        people.tally[i, T_THIS_WEEK] = charged
        totals.listed[0, totals.many[0]] = i
        totals.many[0] += 1


@compiled
def one_offence(people: People, rates: Rates, i: int, word: U, charge: float, today: Ints) -> int:
    """Count one offence; 1 if it was charged."""
    u = float(word & LOW21) * 2.0**-21
    kind = 0
    while u >= rates.mix[kind]:
        kind += 1
    today[OFFENDED + kind] += 1
    if float((word >> S21) & LOW21) * 2.0**-21 >= rates.recorded[kind]:
        return 0
    today[RECORDED + kind] += 1
    people.tally[i, T_RECORDED] += 1
    if float(word >> S42) * 2.0**-22 >= charge:
        return 0
    today[CHARGED + kind] += 1
    return 1


@compiled
def turn_spell(people: People, rates: Rates, i: int, week: int) -> bool:
    """Start or end the offending spell; True if it turned."""
    if uniform(people.key[i], week, SPELL) >= spell_turns(people, rates, i):
        return False
    people.spell[i] = 1 - people.spell[i]
    return True
