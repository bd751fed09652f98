"""The same model written plainly in Starsim (whole arrays) and in Mesa (an object a person), doing nothing.

`python bench/forecast/others.py [FILE]`: outputs must agree within Monte Carlo error, then living person-weeks per
CPU-second side by side in one run; `--short` is the speed at 1,700 people alone. Needs the
benchmark's own group of dependencies (starsim, mesa).
"""

import math
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mesa
import numpy as np
import starsim as ss
from numpy.typing import NDArray

from fristed_forecast.evidence.draws import centre
from fristed_forecast.rates.build import build, for_people
from fristed_forecast.rates.structure import Structure
from fristed_forecast.week import counts
from fristed_forecast.week.inputs import Policy, Rates
from fristed_forecast.week.run import simulate
from fristed_forecast.week.states import (
    ABSTINENT,
    DETOX,
    FRESH_WEEKS,
    LASTING,
    LEFT,
    OCCASIONAL,
    ONTOP,
    PRISON,
    PRISON_OST,
    REHAB,
    RELEASED,
    ROWS,
    STABLE,
    STAY_WEEKS,
    USING,
)

STATES = ("kind", "row", "stayed", "spell")
STREET, ORAL, INSIDE = (USING, LEFT, RELEASED), (ONTOP, STABLE), (PRISON, PRISON_OST, DETOX, REHAB)
REPORTED = ("person-weeks", "entrants", "poisonings", "deaths", "offences", "recorded", "charged", "custody")
EVERY = ((1700, 520, 6), (6000, 520, 2), (100_000, 52, 1))  # people, weeks, runs
Vector = NDArray[Any]


def begin(rates: Rates, number: int, rng: np.random.Generator) -> tuple[Vector, Vector, Vector, Vector]:
    """Kind, row, weeks stayed and spell of the people who are there at the start."""
    kind = np.searchsorted(rates.kinds.stock, rng.random(number), side="right")
    group = rates.kinds.group[kind]
    row = (rng.random((number, 1)) >= rates.start[group]).sum(axis=1)
    stayed = (rng.random((number, 1)) >= rates.stay[group, row]).sum(axis=1)
    in_spell = rates.spell_starts / (rates.spell_starts + rates.spell_ends)
    return kind, row, stayed, (rng.random(number) < in_spell).astype(int)


def crimes(rates: Rates, rate: Vector, rng: np.random.Generator, total: Vector) -> Vector:
    """A week's offences; charges by person."""
    number = rng.poisson(rate)
    who = np.repeat(np.arange(rate.size), number)
    kinds = np.searchsorted(rates.mix, rng.random(who.size), side="right")
    recorded = rng.random(who.size) < rates.recorded[kinds]
    charged = recorded & (rng.random(who.size) < rates.charged)
    total[4:7] += who.size, recorded.sum(), charged.sum()
    return np.bincount(who[charged], minlength=rate.size)


def arrays_week(
    rates: Rates, kind: Vector, row: Vector, stayed: Vector, spell: Vector, week: int, rng: np.random.Generator,
    total: Vector,
) -> tuple[Vector, Vector, Vector, Vector]:  # fmt: skip
    """A week of everybody as arrays: next rows, stays, spells, and who died."""
    n, kinds = row.size, rates.kinds
    rate = np.where(spell == 1, rates.offender[kinds.offender[kind]] * rates.offend[row, kinds.crack[kind]], 0.0)
    charges = crimes(rates, rate, rng, total)
    poisoned = rng.random(n) < rates.poison[row, kinds.injects[kind]]
    killed = poisoned & (rng.random(n) < rates.fatal)
    other = rng.random(n) < rates.other[kinds.band[kind], week // 26] * rates.other_row[row]
    dead = killed | other
    total[2], total[3] = total[2] + poisoned.sum(), total[3] + dead.sum()
    goes = rng.random(n) < rates.leave[row, np.minimum(stayed, STAY_WEEKS - 1)]
    street, oral = np.isin(row, STREET), np.isin(row, ORAL)
    goes |= (row == DETOX) & (stayed >= rates.detox_weeks - 1) | (row == REHAB) & (stayed >= rates.rehab_weeks - 1)
    choice = (rng.random((n, 1)) >= rates.goes[row]).sum(axis=1)
    to = np.where(goes & ~street, rates.to[row, np.minimum(choice, 2)], -1)
    to = np.where(street & goes, ONTOP, to)
    to = np.where(street & (rng.random(n) < rates.ask_rehab[row]), DETOX, to)
    to = np.where(street & (rng.random(n) < rates.remit[row]), ABSTINENT, to)
    to = np.where((to == ABSTINENT) & (rng.random(n) < rates.lasting), LASTING, to)
    turns = oral & (to < 0) & (rng.random(n) < rates.shift[row, kinds.resists[kind]])
    fresh = (to < 0) & np.isin(row, (LEFT, RELEASED)) & (stayed >= FRESH_WEEKS - 1)
    same = np.where(turns, ONTOP + STABLE - row, np.where(fresh, USING, row))
    following, stay = np.where(to >= 0, to, same), np.where(to >= 0, 0, stayed + 1)
    sentenced = ~dead & ~np.isin(following, INSIDE) & (rng.random(n) < 1 - (1 - rates.custody) ** charges)
    treated = rng.random(n) < rates.treated_inside
    following = np.where(sentenced, np.where(treated, PRISON_OST, PRISON), following)
    total[7] += sentenced.sum()
    turned = rng.random(n) < np.where(spell == 1, rates.spell_ends, rates.spell_starts)
    return following, np.where(sentenced, 0, stay), np.where(turned, 1 - spell, spell), dead


class Lives(ss.Module):  # type: ignore[misc, unused-ignore]  # a base without types
    """The model as a Starsim module over its own arrays."""

    def __init__(self, rates: Rates, seed: int) -> None:
        super().__init__()
        self.rates, self.rng, self.total, self.week = rates, np.random.default_rng(seed), np.zeros(8), 0
        self.define_states(*(ss.FloatArr(name, default=0.0) for name in ("kind", "row", "stayed", "spell")))

    def init_post(self) -> None:
        """Everybody at the start."""
        super().init_post()
        uids = self.sim.people.auids
        for name, values in zip(
            ("kind", "row", "stayed", "spell"), begin(self.rates, len(uids), self.rng), strict=True
        ):
            getattr(self, name)[uids] = values

    def enter(self) -> None:
        """This week's entrants."""
        number = self.rng.poisson(self.rates.entrants)
        if number:
            uids = self.sim.people.grow(number)
            self.kind[uids] = np.searchsorted(self.rates.kinds.entrant, self.rng.random(number), side="right")
            self.row[uids], self.stayed[uids] = OCCASIONAL, 0
            in_spell = self.rates.spell_starts / (self.rates.spell_starts + self.rates.spell_ends)
            self.spell[uids] = self.rng.random(number) < in_spell
            self.total[1] += number

    def step(self) -> None:
        """One week."""
        self.enter()
        uids = self.sim.people.auids
        kind, row, stayed, spell = (np.asarray(getattr(self, name)[uids], int) for name in STATES)
        row, stayed, spell, dead = arrays_week(self.rates, kind, row, stayed, spell, self.week, self.rng, self.total)
        self.row[uids], self.stayed[uids], self.spell[uids] = row, stayed, spell
        self.sim.people.request_death(uids[dead])
        self.total[0] += len(uids) - dead.sum()
        self.week += 1


def by_starsim(rates: Rates, number: int, weeks: int, seed: int) -> Vector:
    """Totals of one run in Starsim."""
    lives = Lives(rates, seed)
    sim = ss.Sim(
        n_agents=number, start=2000, dt=1, dur=weeks - 1, modules=[lives], rand_seed=seed, verbose=0, copy_inputs=False
    )
    sim.run()
    return lives.total


class Person(mesa.Agent):  # type: ignore[misc, unused-ignore]  # a base without types
    """One person as an object."""

    def __init__(self, model: "Town", kind: int, row: int, stayed: int, spell: int) -> None:
        super().__init__(model)
        kinds = model.rates.kinds
        self.row, self.stayed, self.spell = row, stayed, spell
        self.crack, self.injects, self.resists = (
            int(kinds.crack[kind]),
            int(kinds.injects[kind]),
            int(kinds.resists[kind]),
        )
        self.band, self.rate = int(kinds.band[kind]), float(model.rates.offender[kinds.offender[kind]])

    def step(self) -> None:
        """One week."""
        charges = self.offend() if self.spell and self.rate > 0 else 0
        if self.dies():
            self.model.total[3] += 1
            self.remove()
            return
        self.move()
        self.court(charges)
        m = self.model
        if m.random.random() < (m.ends if self.spell else m.starts):
            self.spell = 1 - self.spell

    def offend(self) -> int:
        """Offences, recorded, charged."""
        m = self.model
        number, charges = m.poisson(self.rate * m.offend[self.row][self.crack]), 0
        for _ in range(number):
            kind = m.draw_kind()
            m.total[4] += 1
            if m.random.random() < m.recorded[kind]:
                m.total[5] += 1
                charges += m.random.random() < m.charged
        m.total[6] += charges
        return charges

    def dies(self) -> bool:
        """Poisoning, then other causes."""
        m = self.model
        if m.random.random() < m.poison[self.row][self.injects]:
            m.total[2] += 1
            if m.random.random() < m.fatal:
                return True
        return bool(m.random.random() < m.other[self.band][m.week // 26] * m.other_row[self.row])

    def start(self, row: int) -> None:
        """A stay begins."""
        if row == ABSTINENT and self.model.random.random() < self.model.lasting:
            row = LASTING
        self.row, self.stayed = row, 0

    def move(self) -> None:
        """Ends of stays and changes within them."""
        m, row, stayed = self.model, self.row, self.stayed
        leaves = m.random.random() < m.leave[row][min(stayed, STAY_WEEKS - 1)]
        leaves = leaves or (row == DETOX and stayed >= m.detox - 1) or (row == REHAB and stayed >= m.rehab - 1)
        if row in STREET:
            if m.random.random() < m.remit[row]:
                return self.start(ABSTINENT)
            if m.random.random() < m.ask_rehab[row]:
                return self.start(DETOX)
            if leaves:
                return self.start(ONTOP)
            if row != USING and stayed >= FRESH_WEEKS - 1:
                self.row = USING
        elif leaves:
            u = m.random.random()
            return self.start(m.to[row][next(k for k in range(3) if u < m.goes[row][k])])
        elif row in ORAL and m.random.random() < m.shift[row][self.resists]:
            self.row = ONTOP + STABLE - row
        self.stayed += 1
        return None

    def court(self, charges: int) -> None:
        """Custody."""
        m = self.model
        if charges and self.row not in INSIDE and m.random.random() < 1 - (1 - m.custody) ** charges:
            m.total[7] += 1
            self.start(PRISON_OST if m.random.random() < m.treated_inside else PRISON)


class Town(mesa.Model):  # type: ignore[misc, unused-ignore]  # a base without types
    """The model in Mesa; tables as lists, which plain Python reads fastest."""

    def __init__(self, rates: Rates, number: int, seed: int) -> None:
        super().__init__(rng=seed)
        self.rates, self.total, self.week = rates, [0.0] * 8, 0
        for name in ("offend", "recorded", "poison", "other", "other_row", "leave", "remit", "ask_rehab", "shift", "to",
                     "goes", "mix"):  # fmt: skip
            setattr(self, name, getattr(rates, name).tolist())
        for name in ("charged", "fatal", "lasting", "custody", "treated_inside"):
            setattr(self, name, getattr(rates, name))
        self.starts, self.ends = rates.spell_starts, rates.spell_ends
        self.detox, self.rehab = rates.detox_weeks, rates.rehab_weeks
        for values in zip(*begin(rates, number, self.rng), strict=True):
            Person(self, *(int(v) for v in values))

    def poisson(self, rate: float) -> int:
        """A Poisson number by multiplying uniforms."""
        limit, product, number = math.exp(-rate), self.random.random(), 0
        while product > limit:
            product *= self.random.random()
            number += 1
        return number

    def draw_kind(self) -> int:
        """A type of offence."""
        u = self.random.random()
        return next(k for k, edge in enumerate(self.mix) if u < edge)

    def step(self) -> None:
        """One week."""
        in_spell = self.starts / (self.starts + self.ends)
        for _ in range(self.rng.poisson(self.rates.entrants)):
            kind = int(np.searchsorted(self.rates.kinds.entrant, self.random.random(), side="right"))
            Person(self, kind, OCCASIONAL, 0, int(self.random.random() < in_spell))
            self.total[1] += 1
        self.agents.do("step")
        self.total[0] += len(self.agents)
        self.week += 1


def by_mesa(rates: Rates, number: int, weeks: int, seed: int) -> Vector:
    """Totals of one run in Mesa."""
    town = Town(rates, number, seed)
    for _ in range(weeks):
        town.step()
    return np.array(town.total)


def by_us(rates: Rates, number: int, weeks: int, seed: int) -> Vector:
    """Totals of one run of the microsimulation, with its books and checks."""
    t = simulate(rates, Policy(), round(number / rates.living), weeks, seed).weekly.sum(axis=0)
    stages = [t[first : first + counts.TYPES].sum() for first in (counts.OFFENDED, counts.RECORDED, counts.CHARGED)]
    deaths = t[counts.DEATHS_POISONING] + t[counts.DEATHS_OTHER]
    return np.array(
        [t[counts.ALIVE], t[counts.ENTRANTS], t[counts.POISONINGS], deaths, *stages, t[counts.CUSTODY_STARTS]], float
    )


def agreement(rates: Rates, number: int) -> str:
    """Means over runs of a year, and their distance in standard errors."""
    text = "| total of a year | here | Starsim | z | Mesa | z |\n|---|---|---|---|---|---|\n"
    runs = {name: np.stack([model(rates, number, 52, seed) for seed in range(many)])
            for name, model, many in (("us", by_us, 200), ("ss", by_starsim, 60), ("mesa", by_mesa, 30))}  # fmt: skip
    mean = {name: found.mean(axis=0) for name, found in runs.items()}
    square = {name: found.var(axis=0, ddof=1) / len(found) for name, found in runs.items()}
    for k, name in enumerate(REPORTED):
        z = [(mean[o][k] - mean["us"][k]) / math.sqrt(square[o][k] + square["us"][k]) for o in ("ss", "mesa")]
        ours, star, plain = (f"{mean[one][k]:,.1f}" for one in ("us", "ss", "mesa"))
        text += f"| {name} | {ours} | {star} | {z[0]:+.1f} | {plain} | {z[1]:+.1f} |\n"
    return text


def speed(model: Callable[[Rates, int, int, int], Vector], rates: Rates, number: int, weeks: int, runs: int) -> float:
    """Million living person-weeks per CPU-second, warm."""
    model(rates, number, 2, 0)
    began = time.process_time()
    lived = sum(model(rates, number, weeks, seed)[0] for seed in range(runs))
    return float(lived) / (time.process_time() - began) / 1e6


def speeds(base: Rates, sizes: tuple[tuple[int, int, int], ...]) -> str:
    """Speed at some numbers of people, with weeks and runs of each; the first is held to what was promised."""
    text = "Million living person-weeks per CPU-second, one core, warm:\n\n"
    text += "| people | here | Starsim | times | Mesa | times |\n|---|---|---|---|---|---|\n"
    kept = []
    for dependent, weeks, runs in sizes:
        rates, many = for_people(base, dependent), round(dependent * base.living)
        us, star = (speed(model, rates, many, weeks, runs) for model in (by_us, by_starsim))
        plain = speed(by_mesa, rates, many, 52 if dependent < 10_000 else 4, 1)
        text += f"| {dependent:,} | {us:.1f} | {star:.2f} | {us / star:.0f} | {plain:.2f} | {us / plain:.0f} |\n"
        kept.append([us >= 10 * star, us >= 30 * plain])
    found = ("met" if one else "missed" for one in kept[0])
    return text + "\nAt {:,} people, at least 10 times Starsim: {}; at least 30 times Mesa: {}.\n".format(
        sizes[0][0], *found
    )


def page() -> str:
    """Agreement and speed."""
    base = build(centre(), Structure())
    text = "# The same model in Starsim and in Mesa\n\nMade by `python bench/forecast/others.py`: doing nothing, no "
    text += f"capacity, {ROWS} rows, offences by type, courts, custody. Starsim {ss.__version__}, Mesa "
    text += f"{mesa.__version__}.\n\n"
    return text + agreement(for_people(base, 1700), round(1700 * base.living)) + "\n" + speeds(base, EVERY)


if __name__ == "__main__":
    if "--short" in sys.argv:
        sys.stdout.write(speeds(build(centre(), Structure()), EVERY[:1]))
        sys.exit()
    made = page()
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(made, encoding="utf-8")
    sys.stdout.write(made)
