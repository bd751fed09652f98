"""Offences: how many, of which type, recorded or not, charged or not. Each offence has a word of its own."""

import math

import numpy as np

from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.counts import CHARGED, OFFENDED, RECORDED, TYPES
from fristed_forecast.week.hazards import offence_rate, offend_any, spell_turns
from fristed_forecast.week.inputs import Ints, Rates
from fristed_forecast.week.keys import GOLD, OFFENCE, OFFEND, SPELL, U, mix, rare, uniform
from fristed_forecast.week.people import T_CHARGED, T_OFFENCES, T_RECORDED, T_THIS_WEEK
from fristed_forecast.week.world import World

LOW21, S21, S42 = U(0x1FFFFF), U(21), U(42)
MOST = 1000  # offences of one person in one week: the tail beyond has no measurable weight
INVERSE = 1.0 / np.maximum(1.0, np.arange(MOST + 1.0))


@compiled
def poisson(rate: float, u: float) -> int:
    """Number of events; zero exactly when `u >= 1 - exp(-rate)`, and never fewer at a higher rate."""
    if u >= offend_any(rate):
        return 0
    term = math.exp(-rate)
    below, count = term, 0
    while count < MOST and 1.0 - u >= below:
        count += 1
        term *= rate * INVERSE[count]
        below += term
    return max(count, 1)


@compiled
def offend(w: World, i: int, week: int, pressure: float, charge: float, today: Ints) -> None:
    """The week's offences of a person in a spell; whoever is charged is listed for the courts."""
    person = w.people[i]
    if person.spell == 0:
        return
    number = poisson(offence_rate(w, i, pressure), uniform(person.key, week, OFFEND))
    recorded, charged = 0, 0
    stream = rare(person.key, week, OFFENCE, 0)
    for k in range(number):
        stage = one_offence(w.rates, mix(stream + U(k) * GOLD), charge, today)
        recorded += (stage + 1) // 2
        charged += stage // 2
    person.tally[T_OFFENCES] += number
    person.tally[T_RECORDED] += recorded
    w.town.offences[person.patch] += number
    if charged > 0:
        person.tally[T_CHARGED] += charged
        person.tally[T_THIS_WEEK] = charged
        w.people[w.totals.many[0]].listed[0] = i
        w.totals.many[0] += 1


@compiled
def one_offence(rates: Rates, word: U, charge: float, today: Ints) -> int:
    """Count one offence; 1 if it was recorded, 2 if it was charged too."""
    u = float(word & LOW21) * 2.0**-21
    kind = 0
    for k in range(TYPES - 1):  # without branches: most of a year's time is spent here
        kind += int(u >= rates.mix[k])
    recorded = int(float((word >> S21) & LOW21) * 2.0**-21 < rates.recorded[kind])
    charged = recorded * int(float(word >> S42) * 2.0**-22 < charge)
    today[OFFENDED + kind] += 1
    today[RECORDED + kind] += recorded
    today[CHARGED + kind] += charged
    return recorded + charged


@compiled
def turn_spell(w: World, i: int, week: int) -> bool:
    """Start or end the offending spell; True if it turned."""
    if uniform(w.people[i].key, week, SPELL) >= spell_turns(w, i):
        return False
    w.people[i].spell = 1 - w.people[i].spell
    return True
