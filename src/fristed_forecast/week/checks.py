"""What must hold in integers. The kernel stops at the first identity that fails, and says which and when."""

import numpy as np

from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.counts import (
    ALIVE,
    ARREST_MINUTES,
    CHARGED,
    DEATHS_OTHER,
    DEATHS_POISONING,
    ENTRANTS,
    HAT_MICROGRAMS,
    OFFENDED,
    PEOPLE,
    POSSESSION,
    RECORDED,
    TYPES,
)
from fristed_forecast.week.hazards import street
from fristed_forecast.week.inputs import Ints
from fristed_forecast.week.moving import buys
from fristed_forecast.week.people import (
    T_ARRESTS,
    T_CHARGED,
    T_DEATH_WEEK,
    T_HAT_WEEKS,
    T_OFFENCES,
    T_RECORDED,
)
from fristed_forecast.week.states import DEAD, HAT, ROWS
from fristed_forecast.week.world import TALLIES, World

FAULTS = (
    "none",
    "entrants less deaths is not the change in the living",
    "people in rows do not sum to the living",
    "charged exceeds recorded, or recorded exceeds offences",
    "officer minutes for possession exceed the week's budget",
    "more people in HAT places than places",
    "a recount of rows differs from the running sum",
    "a recount of street micrograms differs from the running sum",
    "offences by person do not sum to offences by type",
    "recorded offences by person do not sum to recorded by type",
    "charges by person do not sum to charges by type",
    "deaths by person do not sum to deaths by week",
    "possession arrests exceed arrests by person",
    "more entrants than storage",
    "micrograms of the clinic by person do not sum to micrograms by week",
    "a recount of the room's people differs from the running sum",
)


@compiled
def each_week(w: World, before: int, hat_before: int, today: Ints) -> int:
    """Identities that need no scan; 0 or the index of the first that fails."""
    deaths = today[DEATHS_POISONING] + today[DEATHS_OTHER]
    if before + today[ENTRANTS] - deaths != today[ALIVE]:
        return 1
    if today[PEOPLE : PEOPLE + 2 * ROWS].sum() != today[ALIVE]:
        return 2
    for k in range(TYPES):
        if today[CHARGED + k] > today[RECORDED + k] or today[RECORDED + k] > today[OFFENDED + k]:
            return 3
    charged = today[CHARGED : CHARGED + TYPES].sum()
    for_possession = today[ARREST_MINUTES] - charged * w.rates.arrest_minutes
    if for_possession > w.policy.arrest_hours * 60.0 or for_possession < today[POSSESSION] * w.rates.arrest_minutes:
        return 4
    held = w.totals.held[HAT, 0] + w.totals.held[HAT, 1]
    return 5 if held > max(w.policy.hat_places, hat_before) else 0


@compiled
def recount(w: World) -> int:
    """Rows and street amounts counted again from the people."""
    held = w.totals.held.copy()
    grams, registered = w.totals.street[0], w.totals.registered[0]
    for i in range(w.totals.counted[0]):
        if w.people[i].row != DEAD:
            held[w.people[i].row, w.rates.kind_injects[w.people[i].kind]] -= 1
            grams -= buys(w, i)
            registered -= 1 if w.people[i].room == 1 and street(w.people[i].acts) else 0
    for row in range(ROWS):
        if held[row, 0] != 0 or held[row, 1] != 0:
            return 6
    if registered != 0:
        return 15
    return 7 if grams != 0 else 0


@compiled
def at_the_end(w: World, weekly: Ints, weeks: int) -> int:
    """Sums over persons against sums over weeks; `weekly` is the column sums of the whole run."""
    persons, died = np.zeros(TALLIES, np.int64), 0
    for i in range(w.totals.counted[0]):
        for k in range(TALLIES):
            persons[k] += w.people[i].tally[k]
        died += 1 if w.people[i].tally[T_DEATH_WEEK] > 0 else 0
        persons[T_HAT_WEEKS] += weeks if w.people[i].row == HAT else 0
    for k in range(3):
        tally = (T_OFFENCES, T_RECORDED, T_CHARGED)[k]
        column = (OFFENDED, RECORDED, CHARGED)[k]
        if persons[tally] != weekly[column : column + TYPES].sum():
            return 8 + k
    if died != weekly[DEATHS_POISONING] + weekly[DEATHS_OTHER]:
        return 11
    if persons[T_HAT_WEEKS] * w.rates.dose != weekly[HAT_MICROGRAMS]:
        return 14
    return 12 if weekly[POSSESSION] > persons[T_ARRESTS] else 0
