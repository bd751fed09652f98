"""Checks against what others published: simulated here, printed with the miss. Nothing here passes or fails.

`python -m fristed_forecast.report.external FOLDER` writes checks.md.
"""

import math
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import stats  # type: ignore[import-untyped, unused-ignore]

from fristed_forecast.argument.areas import implied
from fristed_forecast.evidence.draws import Draws, centre, draw
from fristed_forecast.evidence.table import numbers
from fristed_forecast.formulas import prevalence
from fristed_forecast.ledger import utilities
from fristed_forecast.rates.build import build, for_people
from fristed_forecast.rates.structure import Structure
from fristed_forecast.runs.execute import one_draw
from fristed_forecast.twin.cohort import Ready, follow, ready
from fristed_forecast.week import counts, states
from fristed_forecast.week.inputs import HOT_SPOT, PROBLEM, RANDOM, Policy, Rates
from fristed_forecast.week.run import simulate

DRAWS = 100
Vector = NDArray[np.float64]


def value(symbol: str) -> float:
    """A published value."""
    return float(numbers()[symbol].value or 0.0)


def line(check: str, published: str, simulated: str, said: str) -> str:
    """One row of the page."""
    return f"| {check} | {published} | {simulated} | {said} |\n"


def spread(values: Vector, form: str = "{:.3g}") -> str:
    """Median and 90 % of draws."""
    low, middle, high = np.quantile(values, (0.05, 0.5, 0.95))
    return f"{form.format(middle)} ({form.format(low)} to {form.format(high)})"


def towns(draws: Draws, people: int, structure: Structure, many: int) -> list[tuple[dict[str, float], Rates]]:
    """The first towns of a set of draws."""
    thetas = [one_draw(draws, k) for k in range(many)]
    return [(theta, for_people(build(theta, structure), people)) for theta in thetas]


def drought(draws: Draws) -> str:
    """A cut of purity as in 2010-12, by the twin: deaths in the third year against the first before."""
    found = []
    purity = 1 - 42.16 / 74.32  # purity-adjusted price rose from 42.16 to 74.32 pounds a gram
    for _, rates in towns(draws, 1700, Structure(), DRAWS):
        town = ready(rates)
        cut = Policy(supply_cut=purity, supply_weeks=104.0, start=52)
        weekly = follow(town, cut, town.mass(1700 * rates.living), 156, rates.entrants)
        deaths = weekly[:, counts.DEATHS_POISONING].reshape(3, 52).sum(axis=1)
        found.append(deaths[2] / deaths[0])
    published = value("D_her_2012") / value("D_her_2010")
    covered = np.quantile(found, 0.05) <= published <= np.quantile(found, 0.95)
    return line("Drought 2010-12: heroin deaths registered 2012 against 2010, England and Wales", f"{published:.2f}",
                spread(np.array(found)), "covered" if covered else "**not covered**")  # fmt: skip


def styles(draws: Draws) -> str:
    """Ranking of policing styles by offences: whether problem-oriented comes out best is an input, not a finding."""
    best = 0
    for k, (_, rates) in enumerate(towns(draws, 1700, Structure(), 30)):
        runs = [simulate(rates, Policy(style=style), 1700, 156, 9, k).weekly for style in (RANDOM, HOT_SPOT, PROBLEM)]
        total = [run[:, counts.OFFENDED : counts.OFFENDED + counts.TYPES].sum() for run in runs]
        best += int(np.argmin(total) == 2)
    return line("Policing styles (Dray 2008): problem-oriented best", "yes; its numbers were not seen",
                f"best in {best} of 30 draws", "the effects are assumed: an input, not a finding")  # fmt: skip


def red_deer(draws: Draws) -> str:
    """What a town that closes a room could see: the smallest rise in a year's deaths found in eight of ten."""
    deaths = []
    for k, (_, rates) in enumerate(towns(draws, 600, Structure(), 60)):
        runs = [simulate(rates, Policy(), 600, 104, 12, k, r).weekly[:, counts.DEATHS_POISONING] for r in range(2)]
        deaths += [int(run[:52].sum()) for run in runs] + [int(run[52:].sum()) for run in runs]
    mean = float(np.mean(deaths))
    ratio = detectable(mean)
    return line("Red Deer: a town's room closes, no rise in deaths seen", "no rise",
                f"{mean:.1f} poisoning deaths a year among 600 people; a rise of {100 * (ratio - 1):.0f} % would be "
                "found in eight years of ten", "uninformative about smaller effects")  # fmt: skip


def detectable(mean: float) -> float:
    """Rate ratio of two Poisson years found with power 0.8 at one-sided 0.05, by exact conditional test."""
    for percent in range(105, 1001, 5):
        ratio, power = percent / 100, 0.0
        before = np.arange(stats.poisson.ppf(0.9999, mean) + 1)
        after = np.arange(stats.poisson.ppf(0.9999, mean * ratio) + 1)
        for x in before:
            tail = stats.binom.sf(after - 1, x + after, 0.5)
            power += stats.poisson.pmf(x, mean) * stats.poisson.pmf(after, mean * ratio)[tail < 0.05].sum()
        if power >= 0.8:
            return ratio
    return float("inf")


def middlesbrough(draws: Draws) -> str:
    """Fourteen people with most offences in a half year, followed for the next half year with no effect at all."""
    ratios = []
    for k, (theta, rates) in enumerate(towns(draws, 400, Structure(), DRAWS)):
        rng = np.random.Generator(np.random.Philox(k))
        ratios.append(replay(theta, rates, rng))
    found = np.array(ratios)
    return line("Middlesbrough: 14 starters, offences 60 % fewer, no control (replayed with zero true effect)", "-60 %",
                f"change {spread(found - 1, '{:+.0%}')}; 60 % fewer or better in {np.mean(found <= 0.4):.0%} of draws",
                "14 highest of 400 in 26 weeks, then 26 weeks; spell priors as drawn")  # fmt: skip


def replay(theta: dict[str, float], rates: Rates, rng: np.random.Generator) -> float:
    """After over before of the fourteen highest of 400, from spells and frailty alone."""
    share = np.diff(np.concatenate([[0.0], rates.kinds.stock]))
    rate = rates.offender[rng.choice(rates.kinds.offender, 400, p=share / share.sum())]
    on = rng.random(400) < theta["w_on"] / (theta["w_on"] + theta["w_off"])
    halves = []
    for _ in range(2):
        total = np.zeros(400)
        for _ in range(26):
            total += rng.poisson(rate * on)
            on = np.where(on, rng.random(400) >= rates.spell_ends, rng.random(400) < rates.spell_starts)
        halves.append(total)
    highest = np.argsort(-halves[0])[:14]
    before = halves[0][highest].sum()
    return float(halves[1][highest].sum() / before) if before > 0 else 1.0


def nosyk(draws: Draws) -> str:
    """HAT against oral treatment over 5 and 10 years: QALYs a person, 5 % discount, from the twin's own courses."""
    gains: dict[int, list[float]] = {5: [], 10: []}
    costs: list[float] = []
    for theta, rates in towns(draws, 1000, Structure(), DRAWS):
        town = ready(rates)
        arms = [course(theta, town, row) for row in (states.HAT, states.ONTOP)]
        for years, found in gains.items():
            found.append(sum(q / 1.05 ** (y + 0.5) for y, q in enumerate((arms[0] - arms[1])[:years, 0])))
        costs.append(sum(c / 1.05 ** (y + 0.5) for y, c in enumerate((arms[0] - arms[1])[:10, 1])))
    text = ""
    for years, found in gains.items():
        published = value(f"dQ_CA_{years}y")
        text += line(f"Nosyk: QALYs a person, HAT less oral treatment, {years} years", f"{published}",
                     spread(np.array(found)), miss(np.array(found), published))  # fmt: skip
    positive = float(np.mean(np.array(costs) > 0))
    return text + line("Nosyk: cost without crime, HAT less oral treatment, ten years", "positive (about Can$28,000)",
                       f"pounds {spread(np.array(costs), '{:,.0f}')}; positive in {positive:.0%} of draws",
                       "stand-ins: this table's unit costs in their own price years; theirs unseen")  # fmt: skip


def course(theta: dict[str, float], town: Ready, row: int) -> Vector:
    """[10, 2] QALYs and pounds of treatment a person who begins in `row`, by year; re-entry to oral treatment."""
    mass = np.zeros_like(town.who.start)
    mass[row, 0] = town.who.start[states.ONTOP].sum(axis=0) / town.who.start[states.ONTOP].sum()
    policy = Policy(hat_open=True, hat_places=0)
    yearly = follow(town, policy, mass, 520).reshape(10, 52, -1).sum(axis=1)
    people = yearly[:, counts.PEOPLE : counts.PEOPLE + 2 * states.ROWS].reshape(10, states.ROWS, 2)
    qalys = (people * utilities(theta)).sum(axis=(1, 2))
    each = {states.HAT: theta["c_HAT_var"], states.ONTOP: theta["c_OST_ord"], states.STABLE: theta["c_OST_ord"]}
    pounds = sum(people[:, r].sum(axis=1) / 52 * cost for r, cost in each.items())
    return np.stack([qalys, pounds], axis=1)


def miss(found: Vector, published: float) -> str:
    """Whether nine tenths of draws hold the published value."""
    low, high = np.quantile(found, (0.05, 0.95))
    return "covered" if low <= published <= high else f"**missed** by {published - float(np.median(found)):+.3g}"


def riott() -> str:
    """Retention at 26 weeks of people like the trial's, under both retention structures, and the response."""
    text = ""
    for form in ("Nosyk", "Cochrane"):
        theta = centre()
        rates = for_people(build(theta, Structure(retention=form)), 1000)
        kept = float(np.prod(1 - rates.leave[states.HAT, :26]))
        low, high = (float(v) / 43 for v in stats.binom.ppf((0.025, 0.975), 43, value("ret_HAT_UK")))
        inside = "inside" if low <= kept <= high else "**outside**"
        text += line(f"RIOTT: still in HAT at 26 weeks ({form} curve)", f"88 % ({low:.0%} to {high:.0%} of 43)",
                     f"{kept:.0%}", f"{inside} the binomial 95 %")  # fmt: skip
    kept = float(np.prod(1 - rates.leave[states.ONTOP, :26]))
    said = "optimised arm of a trial against ordinary care"
    return text + line("RIOTT: still in oral treatment at 26 weeks", "69 %", f"{kept:.0%}", said)


def zurich() -> str:
    """Incidence in, prevalence out: what yearly fall total exit of 10 and of 22.4 % gives over 1994-2005."""
    years = np.arange(1975, 2006)
    starts = np.exp(np.interp(years, [1975, 1990, 2002, 2005], np.log([80, 850, 150, 150]))).tolist()
    text = ""
    for leaving in (0.10, 0.224):
        people = np.array(prevalence(starts, leaving, 80 / leaving))
        fall = math.log(people[-1] / people[-12]) / 11
        text += line(f"Zurich: yearly change of people who use, 1994-2005, total exit {leaving:.1%} a year", "-4 %",
                     f"{math.expm1(fall):+.1%}", "closed form on the published incidence")  # fmt: skip
    return text


def england(draws: Draws) -> str:
    """The number of dependent people that the area's rate implies, for England as a whole, against its counts."""
    per_thousand = draws["r_OCU_NE"][:DRAWS] * 8.5 / 12.8
    people = per_thousand / 1000 * 56_500_000 * draws["p_1564"][:DRAWS]
    text = ""
    for symbol in ("OCU_2016", "OCU_1920", "OCU_2223"):
        said = miss(people, value(symbol)) + "; levels of three methods are not comparable"
        check = f"England: people who use opiates or crack, {symbol}"
        text += line(check, f"{value(symbol):,.0f}", spread(people, "{:,.0f}"), said)
    return text


def page() -> str:
    """The whole page."""
    draws = draw(2014, DRAWS)
    text = "# Checks against what others published\n\nMade by `python -m fristed_forecast.report.external`. "
    text += f"{DRAWS} draws of the priors. Printed as they come out; nothing here was tuned to them. "
    text += f"Dependent people that the official rate implies for the force area: {implied(centre(), 618800):,}.\n\n"
    text += "| check | published | here | said |\n|---|---|---|---|\n"
    text += riott() + nosyk(draws) + zurich() + drought(draws) + styles(draws) + red_deer(draws)
    return text + middlesbrough(draws) + england(draws)


if __name__ == "__main__":
    (Path(sys.argv[1]) / "checks.md").write_text(page(), encoding="utf-8")
