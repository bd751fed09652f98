"""One number at a time at either end of its interval, through the twin: what a result hangs on."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from fristed_forecast.argument.areas import Area
from fristed_forecast.argument.levers import policy
from fristed_forecast.argument.positions import Position
from fristed_forecast.calibration import posterior
from fristed_forecast.evidence.draws import Draws, draw
from fristed_forecast.evidence.table import Number, numbers
from fristed_forecast.rates.build import build, for_people
from fristed_forecast.rates.kinds import Theta
from fristed_forecast.rates.structure import Structure
from fristed_forecast.runs.execute import one_draw
from fristed_forecast.runs.horizon import expected
from fristed_forecast.runs.outcomes import SHOWN
from fristed_forecast.twin.cohort import FINE, follow, ready
from fristed_forecast.week.counts import COLUMNS

ENDS = (0.025, 0.975)


@dataclass(frozen=True)
class Swing:
    """A result with one number at its low and at its high end, everything else at its median."""

    symbol: str
    low: float
    high: float

    def width(self) -> float:
        """How far the result moves."""
        return abs(self.high - self.low)


def effect(theta: Theta, area: Area, people: int, levers: dict[str, Any], years: int) -> dict[str, float]:
    """Every outcome of a position less doing nothing, as the twin expects it."""
    rates = for_people(build(theta, Structure()), people)
    town = ready(rates, FINE)
    found = []
    for terms in (levers, {}):
        mass = town.mass(round(people * rates.living))
        weekly = follow(town, policy(terms, theta, area.cells()), mass, 52 * years, rates.entrants)
        found.append(expected(weekly.reshape(years, 52, COLUMNS).sum(axis=1), theta, terms))
    return {name: found[0][name] - found[1][name] for name in found[0]}


def ends(area: Area) -> tuple[list[str], Draws]:
    """Every prior's symbol, and the draws: the first all at their medians (of the area's posterior
    where it has one), then each number low and high."""
    table: dict[str, Number] = {**numbers(), **area.numbers}
    free = [symbol for symbol, number in table.items() if number.role == "prior" and number.used_by]
    count = 1 + 2 * len(free)
    known = posterior.read(area.posterior) if area.posterior else {}
    at = {symbol: np.full(count, np.median(known.get(symbol, np.array([0.5])))) for symbol in table}
    for k, symbol in enumerate(free):
        at[symbol][1 + 2 * k], at[symbol][2 + 2 * k] = np.quantile(known[symbol], ENDS) if symbol in known else ENDS
    return free, draw(0, count, area.numbers, at)


def tornado(area: Area, position: Position, people: int, years: int = 10) -> dict[str, list[Swing]]:
    """For every outcome the swings of all numbers, the widest first. Numbers that both arms share keep their
    streams: nothing here is chance."""
    free, draws = ends(area)
    results = [effect(one_draw(draws, k), area, people, position.levers, years) for k in range(1 + 2 * len(free))]
    return {
        outcome: sorted(
            (Swing(s, results[1 + 2 * k][outcome], results[2 + 2 * k][outcome]) for k, s in enumerate(free)),
            key=lambda swing: -swing.width(),
        )
        for outcome in SHOWN
    }
