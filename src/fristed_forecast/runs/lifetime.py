"""After the last simulated week: the people who are alive then live on in the twin until nobody does.

Every service of the scenario has ended and nobody new enters, in every arm alike: what remains of a scenario is
who is alive, and where they are.
"""

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.twin.cohort import Ready, follow
from fristed_forecast.week import states
from fristed_forecast.week.counts import COLUMNS
from fristed_forecast.week.inputs import HALF_YEARS, Policy

RATES = (0.0, 0.015, 0.035, 0.05)  # discount rates a year; the third is the base, the others its sensitivity
YEAR = 52


def afterwards(town: Ready, mass: NDArray[np.float64], week: int) -> NDArray[np.float64]:
    """[RATES, COLUMNS] discounted sums of counts from `week` on, of the people in `mass` [ROWS, bins, lanes]."""
    mass = mass.copy()
    mass[states.ONTOP, 0] += mass[states.HAT].sum(axis=0)
    mass[states.HAT] = 0.0
    years = HALF_YEARS // 2 - week // YEAR
    if years < 1:
        return np.zeros((len(RATES), COLUMNS))
    yearly = follow(town, Policy(), mass, YEAR * years, first_week=week).reshape(years, YEAR, COLUMNS).sum(axis=1)
    middle = week / YEAR + np.arange(years) + 0.5
    return np.stack([((1 + rate) ** -middle) @ yearly for rate in RATES])
