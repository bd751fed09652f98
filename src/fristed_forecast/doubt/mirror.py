"""Whether a verdict rests on a number whose sign nobody knows: the claim again, by the twin, with every such
number turned over."""

from dataclasses import replace

import numpy as np

from fristed_forecast.argument.levers import policy
from fristed_forecast.argument.positions import Position
from fristed_forecast.rates.build import build, for_people
from fristed_forecast.rates.structure import Structure
from fristed_forecast.runs.execute import one_draw
from fristed_forecast.runs.horizon import expected
from fristed_forecast.runs.outcomes import Totals
from fristed_forecast.runs.plan import Plan
from fristed_forecast.twin.cohort import FINE, follow, ready
from fristed_forecast.week.counts import COLUMNS

MOST = 200  # draws: a share of 0.9 is then known to two hundredths


def by_turn(position: Position) -> bool:
    """Whether the twin can follow the position: it knows no order of a queue but turn."""
    return bool(position.levers.get("hat_order", "wait") == "wait")


def expectations(plan: Plan, structure: Structure, people: int) -> dict[str, Totals]:
    """Every outcome [draws, 1] of every position the twin can follow, at the plan's draws."""
    draws = plan.drawn()
    found: dict[str, list[dict[str, float]]] = {p.name: [] for p in plan.positions if by_turn(p)}
    for k in range(min(MOST, plan.draws)):
        theta = one_draw(draws, k)
        rates = for_people(build(theta, structure), people)
        town = ready(rates, FINE)
        for position in plan.positions:
            if position.name in found:
                mass = town.mass(round(people * rates.living))
                terms = policy(position.levers, theta, plan.area.cells())
                weekly = follow(town, terms, mass, plan.weeks, rates.entrants)
                yearly = weekly.reshape(-1, 52, COLUMNS).sum(axis=1)
                found[position.name].append(expected(yearly, theta, position.levers))
    return {
        name: {outcome: np.array([[row[outcome]] for row in rows]) for outcome in rows[0]}
        for name, rows in found.items()
    }


def both_ways(plan: Plan, people: int) -> tuple[dict[str, Totals], dict[str, Totals]]:
    """The twin's outcomes in the first structure as drawn, and with every number of unknown sign turned over."""
    structure = plan.structures[0]
    return (
        expectations(replace(plan, mirror=False), structure, people),
        expectations(replace(plan, mirror=True), structure, people),
    )
