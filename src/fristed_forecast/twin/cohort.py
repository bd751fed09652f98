"""The twin: shares of people moved week by week by the same hazards. Exact in expectation without capacity.

It knows HAT places (as a fluid queue), the ratios on entry, custody and initiation, and a room's on-site
effect. It does not know the market, places of the town, or limits on other places: the kernel does.
"""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.twin.moves import clear, fixed_end, living_week
from fristed_forecast.twin.strata import EXACT_WIDTHS, FAST_WIDTHS, Strata, leave_by_bin, strata
from fristed_forecast.week import counts
from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.hazards import at_large_using, power
from fristed_forecast.week.inputs import NONE, Policy, Rates, Vector
from fristed_forecast.week.states import (
    HAT,
    LASTING,
    LEFT,
    OCCASIONAL,
    ONTOP,
    PRISON,
    PRISON_OST,
    RELEASED,
    ROWS,
    USING,
)
from fristed_forecast.week.world import record

HELD, PLACED, WAITING, REGISTERED, GIVEN = 0, 1, 2, 3, 4  # what the twin remembers from week to week


class Twin(NamedTuple):
    """Everything one twin run works on."""

    mass: NDArray[np.float64]  # [strata, 2 spells, ROWS, bins]
    after: NDArray[np.float64]  # the same, being filled
    leave: NDArray[np.float64]  # [ROWS, bins]
    starts: NDArray[np.int64]  # [bins] first week of each bin
    ageing: NDArray[np.float64]  # [bins] chance a week of passing into the next bin
    memory: NDArray[np.float64]  # [5]
    strata: Strata


@compiled
def fatality(rates: Any, policy: Any, twin: Twin, injects: int, running: bool) -> float:
    """Share of poisonings that kill, mean over who is registered with a room."""
    if not (running and policy.rooms) or injects == 0 or rates.room_form == NONE:
        return float(rates.fatal)
    share = policy.room_full
    if share < 0.0:
        share = rates.in_reach * twin.memory[REGISTERED] * min(1.0, rates.room_visits / rates.injections)
    return float(rates.fatal * (1.0 - share * (1.0 - rates.room_fatal)))


@compiled
def leaving(rates: Any, policy: Any, twin: Twin, row: int, b: int, running: bool) -> float:
    """Leaving a stay under the scenario's ratios."""
    hazard = twin.leave[row, b]
    if not running:
        return hazard
    if row == HAT:
        return power(hazard, policy.hat_exit)
    if at_large_using(row):
        return power(hazard, policy.oral_entry)
    if row in (PRISON, PRISON_OST):
        return hazard / (1.0 + hazard * policy.extra_sentence)
    return hazard


@compiled
def crime(
    rates: Any,
    policy: Any,
    twin: Twin,
    s: int,
    spell: int,
    row: int,
    running: bool,
    people: float,
    today: Vector,
) -> float:
    """Count the cell's offences; the weekly chance of custody of one of its people."""
    rate = twin.strata.offends[s] * rates.offend[row, twin.strata.crack[s]] if spell == 1 else 0.0
    charge = 0.0
    before = 0.0
    for k in range(counts.TYPES):
        offences = rate * (rates.mix[k] - before)
        before = rates.mix[k]
        today[counts.OFFENDED + k] += offences * people
        today[counts.RECORDED + k] += offences * people * rates.recorded[k]
        today[counts.CHARGED + k] += offences * people * rates.recorded[k] * rates.charged
        charge += offences * rates.recorded[k] * rates.charged
    each = min(1.0, rates.custody * (policy.custody if running else 1.0))
    return -math.expm1(-charge * each)


@compiled
def hat_chance(rates: Any, policy: Any, twin: Twin, running: bool) -> float:
    """Chance this week that an eligible person is given a place: fluid queue against free places."""
    if not (running and policy.hat_open):
        return 0.0
    memory = twin.memory
    asking = memory[HELD] * power(rates.ask_hat, policy.hat_entry)
    given = max(0.0, min(policy.hat_places - memory[PLACED], memory[WAITING] + asking))
    memory[WAITING] = (memory[WAITING] + asking - given) * (1.0 - rates.abandon)
    memory[GIVEN] = given
    return given / memory[HELD] if memory[HELD] > 0.0 else 0.0


@compiled
def cell_week(
    rates: Any,
    policy: Any,
    twin: Twin,
    week: int,
    s: int,
    spell: int,
    row: int,
    b: int,
    hat: float,
    enters: Vector,
    keeps: Vector,
    today: Vector,
) -> None:
    """One cell's week: offences, deaths, then where the living go."""
    running = policy.start <= week < policy.stop
    people, injects = twin.mass[s, spell, row, b], twin.strata.injects[s]
    custody = crime(rates, policy, twin, s, spell, row, running, people, today)
    poisoned = min(1.0, rates.poison[row, injects])
    killed = poisoned * fatality(rates, policy, twin, injects, running)
    other = min(1.0, twin.strata.other[s, week // 26] * rates.other_row[row])
    today[counts.POISONINGS] += people * poisoned
    today[counts.DEATHS_POISONING] += people * killed
    today[counts.DEATHS_OTHER] += people * (1.0 - killed) * other
    alive = people * (1.0 - killed) * (1.0 - other)
    rehab = power(rates.ask_rehab[row], policy.rehab_entry) if running else rates.ask_rehab[row]
    treated = min(1.0, rates.treated_inside * (policy.treated_inside if running else 1.0))
    chance = hat if policy.hat_any or twin.strata.resists[s] == 1 else 0.0
    last = fixed_end(rates, row, twin.starts[b])
    living_week(
        rates,
        row,
        last,
        leaving(rates, policy, twin, row, b, running),
        rehab,
        chance,
        twin.strata.resists[s],
        custody,
        treated,
        alive,
        enters,
        keeps,
    )


@compiled
def spread(twin: Twin, s: int, spell: int, b: int, keeps: Vector) -> None:
    """Put the people who go on into this bin or the next."""
    ageing = twin.ageing[b]
    for row in range(ROWS):
        if keeps[row] != 0.0:
            twin.after[s, spell, row, b] += keeps[row] * (1.0 - ageing)
            if ageing > 0.0:
                twin.after[s, spell, row, b + 1] += keeps[row] * ageing


@compiled
def stratum_week(rates: Any, policy: Any, twin: Twin, week: int, s: int, hat: float, today: Vector) -> None:
    """All cells of a stratum, then arrivals, then spells that turn."""
    keeps, enters = np.zeros(ROWS), np.zeros(ROWS)
    for spell in range(2):
        clear(enters)
        for row in range(ROWS):
            for b in range(twin.starts.size):
                if twin.mass[s, spell, row, b] > 0.0:
                    clear(keeps)
                    cell_week(rates, policy, twin, week, s, spell, row, b, hat, enters, keeps, today)
                    spread(twin, s, spell, b, keeps)
        for row in range(ROWS):
            twin.after[s, spell, row, 0] += enters[row]
        today[counts.CUSTODY_STARTS] += enters[PRISON] + enters[PRISON_OST]
        today[counts.LASTING_STARTS] += enters[LASTING]
        today[counts.HAT_STARTS] += enters[HAT]
    for row in range(ROWS):
        for b in range(twin.starts.size):
            off, on = twin.after[s, 0, row, b], twin.after[s, 1, row, b]
            twin.mass[s, 0, row, b] = off * (1.0 - rates.spell_starts) + on * rates.spell_ends
            twin.mass[s, 1, row, b] = on * (1.0 - rates.spell_ends) + off * rates.spell_starts
            twin.after[s, 0, row, b] = 0.0
            twin.after[s, 1, row, b] = 0.0


@compiled
def enter(rates: Any, twin: Twin, arrivals: float) -> None:
    """This week's entrants, before anything happens to anybody."""
    in_spell = rates.spell_starts / (rates.spell_starts + rates.spell_ends)
    for s in range(twin.strata.entrant.size):
        share = arrivals * twin.strata.entrant[s]
        twin.mass[s, 0, OCCASIONAL, 0] += share * (1.0 - in_spell)
        twin.mass[s, 1, OCCASIONAL, 0] += share * in_spell


@compiled
def close_week(rates: Any, policy: Any, twin: Twin, running: bool, today: Vector) -> None:
    """Person-weeks, and what next week's queue and room need to know."""
    memory = twin.memory
    memory[HELD], memory[PLACED] = 0.0, 0.0
    using = 0.0
    for s in range(twin.strata.entrant.size):
        injects = twin.strata.injects[s]
        for row in range(ROWS):
            people = twin.mass[s, 0, row].sum() + twin.mass[s, 1, row].sum()
            today[counts.PEOPLE + 2 * row + injects] += people
            today[counts.ALIVE] += people
            memory[PLACED] += people if row == HAT else 0.0
            if row in (USING, LEFT, RELEASED, ONTOP):
                using += people * injects
                memory[HELD] += people if policy.hat_any or twin.strata.resists[s] == 1 else 0.0
    today[counts.PUBLIC_INJECTIONS] = using * rates.injections
    recorded = today[counts.RECORDED : counts.CHARGED].sum()
    charged = today[counts.CHARGED : counts.CHARGED + counts.TYPES].sum()
    today[counts.INVESTIGATION_MINUTES] = recorded * rates.investigation_minutes
    today[counts.ARREST_MINUTES] = charged * rates.arrest_minutes
    today[counts.HAT_MICROGRAMS] = memory[PLACED] * rates.dose
    today[counts.HAT_WAITING] = memory[WAITING]
    if running:
        today[counts.HAT_PLACES] = policy.hat_places
        today[counts.ROOM_OPEN] = 1.0 if policy.rooms else 0.0
        memory[REGISTERED] += (1.0 - memory[REGISTERED]) * rates.join_room if policy.rooms else 0.0


@compiled
def twin_weeks(packed: NDArray[Any], levers: NDArray[Any], twin: Twin, out: Vector) -> None:
    """All weeks, in the written order."""
    rates, policy = packed[0], levers[0]
    for week in range(out.shape[0]):
        running = policy.start <= week < policy.stop
        arrivals = rates.entrants * (policy.initiation if running else 1.0)
        out[week, counts.ENTRANTS] = arrivals
        enter(rates, twin, arrivals)
        hat = hat_chance(rates, policy, twin, running)
        for s in range(twin.strata.entrant.size):
            stratum_week(rates, policy, twin, week, s, hat, out[week])
        close_week(rates, policy, twin, running, out[week])


def expect(
    rates: Rates, policy: Policy, dependent: int, weeks: int, exact: bool = False
) -> NDArray[np.float64]:
    """[weeks, COLUMNS] expected counts. `exact` follows every kind week by week of stay; else merged kinds and
    16 bins. `rates` must be scaled to the town."""
    widths = EXACT_WIDTHS if exact else FAST_WIDTHS
    who = strata(rates, round(dependent * rates.living), widths, exact)
    in_spell = rates.spell_starts / (rates.spell_starts + rates.spell_ends)
    mass = np.stack([who.start * (1 - in_spell), who.start * in_spell], axis=1)
    ageing = 1.0 / np.array(widths)
    ageing[-1] = 0.0
    starts = np.concatenate([[0], np.cumsum(widths)[:-1]])
    twin = Twin(mass, np.zeros_like(mass), leave_by_bin(rates, widths), starts, ageing, np.zeros(5), who)
    out = np.zeros((weeks, counts.COLUMNS))
    twin_weeks(record(rates), record(policy), twin, out)
    return out
