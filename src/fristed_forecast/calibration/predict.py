"""What the model says each target should be: from the twin, or from the microsimulation."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.argument.areas import implied
from fristed_forecast.rates.build import build, for_people
from fristed_forecast.rates.kinds import Theta
from fristed_forecast.rates.structure import Structure
from fristed_forecast.twin.cohort import Ready, follow, ready
from fristed_forecast.week import counts, states
from fristed_forecast.week.inputs import Policy, Rates
from fristed_forecast.week.run import simulate

YEARS = 12  # as long as the longest prevalence series
COUNTED = 3  # years over which offences and deaths are averaged
ORAL, STREET = [states.ONTOP, states.STABLE], [states.USING, states.LEFT, states.RELEASED, states.ONTOP]


def people_of(theta: Theta, population: int) -> int:
    """Dependent people of the area by the drawn official rate."""
    return implied(theta, population)


def dependents(weekly: NDArray[Any]) -> NDArray[np.float64]:
    """[weeks] dependent people."""
    people = weekly[:, counts.PEOPLE : counts.PEOPLE + 2 * states.ROWS].reshape(len(weekly), states.ROWS, 2)
    return np.asarray(people[:, list(states.DEPENDENT)].sum(axis=(1, 2)), dtype=np.float64)


def counted(weekly: NDArray[Any], theta: Theta) -> dict[str, float]:
    """Targets that are counts of an area, from a run of `YEARS` years."""
    first = weekly[: 52 * COUNTED].sum(axis=0) / COUNTED
    recorded = first[counts.RECORDED : counts.RECORDED + counts.TYPES] / theta["s_acq"]
    deaths = 3 * first[counts.DEATHS_POISONING] * theta["sh_CD"] / theta["sh_mod"]
    people = dependents(weekly)
    slope = float(np.log(people[-52:].mean() / people[:52].mean()) / (YEARS - 1))
    found = dict(zip(("shop", "burglary", "vehicle", "other", "robbery"), recorded.tolist(), strict=False))
    return found | {
        "deaths": float(deaths),
        "deaths_2016": float(deaths),
        "burglary_2015": found["burglary"],
        "burglary_latest": found["burglary"],
        "slope_old": slope,
        "slope_revised": slope,
    }


def no_return(rates: Rates) -> Rates:
    """Rates under which oral treatment, once entered, is not left: to time first entries."""
    leave, shift = rates.leave.copy(), rates.shift.copy()
    leave[ORAL], shift[ORAL] = 0.0, 0.0
    return rates._replace(leave=leave, shift=shift, entrants=0.0)


def first_entry(town: Ready, row: int, weeks: int) -> float:
    """Share of people who begin in `row` today who have begun oral treatment within so many weeks."""
    mass = np.zeros_like(town.who.start)
    mass[row, 0] = town.who.start[states.USING].sum(axis=0) / town.who.start[states.USING].sum()
    last = follow(town, Policy(), mass, weeks)[-1]
    return float(sum(last[counts.PEOPLE + 2 * r] + last[counts.PEOPLE + 2 * r + 1] for r in ORAL))


def courses(rates: Rates) -> dict[str, float]:
    """Targets about people's courses, which no town's size changes."""
    probe = ready(no_return(rates))
    staying = float(np.prod(1 - rates.leave[states.ABSTINENT, :52]))
    return {
        "entry": first_entry(probe, states.USING, 104),
        "reentry": first_entry(probe, states.LEFT, 520),
        "abstinent": rates.lasting + (1 - rates.lasting) * staying,
        "completing": completing(rates),
        "overdoses": overdoses(rates),
    }


def completing(rates: Rates) -> float:
    """Share of the oral caseload at the start who leave it abstinent in a year."""
    weight = np.bincount(rates.kinds.group, np.diff(rates.kinds.stock, prepend=0.0))
    rows = np.diff(rates.start, prepend=0.0, axis=1)
    stays = np.diff(rates.stay, prepend=0.0, axis=2)
    people = weight[:, None] * rows[:, ORAL]
    leaving = (people * (stays[:, ORAL] * rates.leave[ORAL]).sum(axis=2)).sum() / people.sum()
    return float(52 * leaving * rates.goes[states.ONTOP, 0])


def overdoses(rates: Rates) -> float:
    """Poisonings, fatal or not, per person injecting street drugs and year."""
    weight = np.bincount(rates.kinds.group, np.diff(rates.kinds.stock, prepend=0.0))
    people = (weight[:, None] * np.diff(rates.start, prepend=0.0, axis=1)).sum(axis=0)[STREET]
    return float(52 * (people * rates.poison[STREET, 1]).sum() / people.sum())


def by_twin(theta: Theta, population: int) -> dict[str, float]:
    """Every target as the twin expects it."""
    people = people_of(theta, population)
    rates = for_people(build(theta, Structure()), people)
    town = ready(rates)
    weekly = follow(town, Policy(), town.mass(round(people * rates.living)), 52 * YEARS, rates.entrants)
    return counted(weekly, theta) | courses(rates)


def by_people(theta: Theta, population: int, seed: int, number: int) -> dict[str, float]:
    """Every target from one run of the microsimulation; chance is in what a town counts."""
    people = people_of(theta, population)
    rates = for_people(build(theta, Structure()), people)
    weekly = simulate(rates, Policy(), people, 52 * YEARS, seed, number).weekly
    return counted(weekly, theta) | courses(rates)
