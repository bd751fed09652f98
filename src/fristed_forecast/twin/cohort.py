"""The twin: shares of people moved week by week by the same hazards. Exact in expectation without capacity.

It knows HAT places (as a fluid queue), the ratios on entry, custody and initiation, and a room's on-site
effect. It does not know the market, places of the town, or limits on other places: the kernel does.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.twin.strata import EXACT_WIDTHS, FAST_WIDTHS, Strata, leave_by_bin, strata
from fristed_forecast.twin.tables import ageing, move_table
from fristed_forecast.week import counts, states
from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.inputs import NONE, Policy, Rates, Vector
from fristed_forecast.week.states import HAT, PRISON, PRISON_OST, ROWS
from fristed_forecast.week.world import record

STREET = [states.USING, states.LEFT, states.RELEASED, states.ONTOP]
INSIDE = [states.PRISON, states.PRISON_OST, states.DETOX, states.REHAB]


@compiled
def move_people(
    mass: Vector,
    after: Vector,
    table: Vector,
    custody: Vector,
    live: Vector,
    older: Vector,
    resists: NDArray[np.int64],
    treated: float,
    flows: Vector,
) -> None:
    """A week of every cell, `mass` [strata, spells, ROWS, bins] into `after`; arrivals by row in `flows`."""
    for s in range(mass.shape[0]):
        for spell in range(mass.shape[1]):
            enters = np.zeros(ROWS)
            for row in range(ROWS):
                for b in range(mass.shape[3]):
                    if mass[s, spell, row, b] > 0.0:
                        alive = mass[s, spell, row, b] * live[s, row]
                        inside = alive * custody[s, spell, row]
                        enters[PRISON_OST] += inside * treated
                        enters[PRISON] += inside * (1.0 - treated)
                        one_cell(table[resists[s], row, b], alive - inside, enters, after[s, spell], older, b)
            for row in range(ROWS):
                after[s, spell, row, 0] += enters[row]
                flows[row] += enters[row]


@compiled
def one_cell(moves: Vector, share: float, enters: Vector, after: Vector, older: Vector, b: int) -> None:
    """Share out the living of one cell: stays that start, and stays that go on in this bin or the next."""
    for k in range(ROWS):
        enters[k] += share * moves[k]
        if moves[ROWS + k] > 0.0:
            kept = share * moves[ROWS + k]
            after[k, b] += kept * (1.0 - older[k, b])
            if older[k, b] > 0.0:
                after[k, b + 1] += kept * older[k, b]


@compiled
def turn_spells(mass: Vector, after: Vector, starts: float, ends: float) -> None:
    """Spells that start and end; `after` becomes `mass` and is emptied."""
    for s in range(mass.shape[0]):
        off, on = after[s, 0], after[s, 1]
        mass[s, 0] = off * (1.0 - starts) + on * ends
        mass[s, 1] = on * (1.0 - ends) + off * starts
    after[:] = 0.0


class Effects(NamedTuple):
    """What a scenario does to a week, in force or not."""

    tables: NDArray[np.float64]  # [2, 2, ROWS, bins, MOVES] without and with a HAT place for certain
    custody: NDArray[np.float64]  # [strata, 2, ROWS]
    treated: float
    arrivals: float


class Twin:
    """One twin run: people as shares, and what is remembered from week to week."""

    def __init__(self, rates: Rates, policy: Policy, dependent: int, exact: bool) -> None:
        widths = EXACT_WIDTHS if exact else FAST_WIDTHS
        self.rates, self.policy = rates, policy
        self.who: Strata = strata(rates, round(dependent * rates.living), widths, exact)
        self.in_spell = rates.spell_starts / (rates.spell_starts + rates.spell_ends)
        self.mass = np.stack([self.who.start * (1 - self.in_spell), self.who.start * self.in_spell], axis=1)
        self.after = np.zeros_like(self.mass)
        self.older, self.widths = ageing(widths), widths
        self.offends = self.offence_rates()
        self.poison = rates.poison[:, self.who.injects].T  # [strata, ROWS]
        self.waiting, self.registered = 0.0, 0.0
        self.asks = np.isin(np.arange(ROWS), STREET)[None, :] * ((self.who.resists == 1) | policy.hat_any)[:, None]
        self.effects = {running: self.effects_of(running) for running in (False, True)}

    def offence_rates(self) -> NDArray[np.float64]:
        """[strata, 2, ROWS] offences a week."""
        rates = np.zeros((len(self.who.injects), 2, ROWS))
        rates[:, 1] = self.who.offends[:, None] * self.rates.offend[:, self.who.crack].T
        return rates

    def effects_of(self, running: bool) -> Effects:
        """The tables while the scenario runs, or not."""
        rates, policy = self.rates, self.policy
        leave = leave_by_bin(rates, self.widths)
        starts = np.concatenate([[0], np.cumsum(self.widths)[:-1]])
        tables = [move_table(record(rates), record(policy), leave, starts, running, hat) for hat in (0.0, 1.0)]
        mix = np.diff(rates.mix, prepend=0.0)
        each = rates.custody * (policy.custody if running else 1.0)
        charged = self.offends * float((mix * rates.recorded).sum()) * rates.charged
        custody = -np.expm1(-charged * min(1.0, each))
        custody[:, :, INSIDE] = 0.0
        treated = min(1.0, rates.treated_inside * (policy.treated_inside if running else 1.0))
        arrivals = rates.entrants * (policy.initiation if running else 1.0)
        return Effects(np.stack(tables), custody, treated, arrivals)

    def fatality(self, running: bool) -> NDArray[np.float64]:
        """[strata] share of poisonings that kill, mean over who is registered with a room."""
        rates, policy = self.rates, self.policy
        fatal = np.full(len(self.who.injects), rates.fatal)
        if running and policy.rooms and rates.room_form != NONE:
            share = policy.room_full
            if share < 0:
                share = rates.in_reach * self.registered * min(1.0, rates.room_visits / rates.injections)
            fatal *= 1 - share * (1 - rates.room_fatal) * (self.who.injects == 1)
        return fatal

    def hat_chance(self, people: NDArray[np.float64], running: bool) -> float:
        """Chance this week that an eligible person is given a place: fluid queue against free places."""
        policy = self.policy
        if not (running and policy.hat_open):
            return 0.0
        able = float((people * self.asks).sum())
        asking = able * (1 - (1 - self.rates.ask_hat) ** policy.hat_entry)
        free = max(0.0, policy.hat_places - float(people[:, HAT].sum()))
        given = min(free, self.waiting + asking, able)
        self.waiting = (self.waiting + asking - given) * (1 - self.rates.abandon)
        return given / able if able > 0 else 0.0

    def step(self, week: int, today: NDArray[np.float64]) -> None:
        """One week, in the written order."""
        running = self.policy.start <= week < self.policy.stop
        effects = self.effects[running]
        entrants = effects.arrivals * self.who.entrant
        self.mass[:, 0, states.OCCASIONAL, 0] += entrants * (1 - self.in_spell)
        self.mass[:, 1, states.OCCASIONAL, 0] += entrants * self.in_spell
        people = self.mass.sum(axis=3)
        today[counts.ENTRANTS] = effects.arrivals
        self.count_offences(people, today)
        live = self.count_deaths(people.sum(axis=1), week, running, today)
        hat = self.hat_chance(people.sum(axis=1), running)
        table = effects.tables[0] if hat == 0.0 else (1 - hat) * effects.tables[0] + hat * effects.tables[1]
        flows = np.zeros(ROWS)
        move_people(
            self.mass,
            self.after,
            table,
            effects.custody,
            live,
            self.older,
            self.who.resists,
            effects.treated,
            flows,
        )
        turn_spells(self.mass, self.after, self.rates.spell_starts, self.rates.spell_ends)
        self.close(flows, running, today)

    def count_offences(self, people: NDArray[np.float64], today: NDArray[np.float64]) -> None:
        """Offences by type, recorded, charged, and the minutes they take."""
        rates = self.rates
        offences = float((people * self.offends).sum()) * np.diff(rates.mix, prepend=0.0)
        recorded = offences * rates.recorded
        for first, values in ((counts.OFFENDED, offences), (counts.RECORDED, recorded),
                              (counts.CHARGED, recorded * rates.charged)):  # fmt: skip
            today[first : first + counts.TYPES] = values
        today[counts.INVESTIGATION_MINUTES] = recorded.sum() * rates.investigation_minutes
        today[counts.ARREST_MINUTES] = recorded.sum() * rates.charged * rates.arrest_minutes

    def count_deaths(
        self, people: NDArray[np.float64], week: int, running: bool, today: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """[strata, ROWS] share who live through the week."""
        poisoned = np.minimum(1.0, self.poison)
        killed = poisoned * self.fatality(running)[:, None]
        other = np.minimum(1.0, self.who.other[:, week // 26, None] * self.rates.other_row)
        today[counts.POISONINGS] = (people * poisoned).sum()
        today[counts.DEATHS_POISONING] = (people * killed).sum()
        today[counts.DEATHS_OTHER] = (people * (1 - killed) * other).sum()
        return np.asarray((1 - killed) * (1 - other))

    def close(self, flows: NDArray[np.float64], running: bool, today: NDArray[np.float64]) -> None:
        """Person-weeks and places as the week ends."""
        people = self.mass.sum(axis=(1, 3))
        for injects in (0, 1):
            today[counts.PEOPLE + injects : counts.PEOPLE + 2 * ROWS : 2] = people[self.who.injects == injects].sum(
                axis=0
            )
        today[counts.ALIVE] = people.sum()
        today[counts.CUSTODY_STARTS] = flows[PRISON] + flows[PRISON_OST]
        today[counts.HAT_STARTS], today[counts.LASTING_STARTS] = flows[HAT], flows[states.LASTING]
        today[counts.HAT_WAITING] = self.waiting
        today[counts.HAT_MICROGRAMS] = people[:, HAT].sum() * self.rates.dose
        today[counts.PUBLIC_INJECTIONS] = people[self.who.injects == 1][:, STREET].sum() * self.rates.injections
        if running:
            today[counts.HAT_PLACES] = self.policy.hat_places if self.policy.hat_open else 0
            today[counts.ROOM_OPEN] = float(self.policy.rooms)
            self.registered += (1 - self.registered) * self.rates.join_room * self.policy.rooms


def expect(rates: Rates, policy: Policy, dependent: int, weeks: int, exact: bool = False) -> NDArray[np.float64]:
    """[weeks, COLUMNS] expected counts. `exact` follows every kind week by week of stay; else merged kinds
    and 16 bins. `rates` must be scaled to the town."""
    twin, out = Twin(rates, policy, dependent, exact), np.zeros((weeks, counts.COLUMNS))
    for week in range(weeks):
        twin.step(week, out[week])
    return out
