"""The long check of the twin: every row and year against the mean of many replicates.

`python bench/forecast/twin_check.py [REPLICATES]` (20,000 by default, about ten years of 1,700 people each).
Prints the largest |z| over every row and year without capacity, and the gap with 50 HAT places.
"""

import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.evidence.draws import centre
from fristed_forecast.rates.build import build, for_people
from fristed_forecast.rates.structure import Structure
from fristed_forecast.twin.cohort import expect
from fristed_forecast.week import counts, states
from fristed_forecast.week.inputs import Policy
from fristed_forecast.week.run import simulate

REPLICATES = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
ROWS = slice(counts.PEOPLE, counts.PEOPLE + 2 * states.ROWS)
rates = for_people(build(centre(), Structure()), 1700)


def years(weekly: NDArray[np.generic]) -> NDArray[np.float64]:
    """[10, 26] person-weeks by row and injecting."""
    return np.asarray(weekly[:, ROWS].reshape(10, 52, -1).sum(axis=1), dtype=np.float64)


def one(policy: Policy, replicate: int) -> NDArray[np.float64]:
    """One replicate."""
    return years(simulate(rates, policy, 1700, 520, 17, 0, replicate).weekly)


def moments(policy: Policy, replicates: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean and standard error over replicates, summed in order."""
    total, square = np.zeros((10, 26)), np.zeros((10, 26))
    with ThreadPoolExecutor(2) as pool:
        for run in pool.map(lambda k: one(policy, k), range(replicates)):
            total += run
            square += run**2
    mean = total / replicates
    return mean, np.sqrt(np.maximum(square / replicates - mean**2, 0) / replicates)


mean, error = moments(Policy(), REPLICATES)
moved = error > 0
z = (mean - years(expect(rates, Policy(), 1700, 520, exact=True)))[moved] / error[moved]
print(f"without capacity: {moved.sum()} cells, |z| up to {np.abs(z).max():.2f}, {REPLICATES:,} replicates")
for places in (8, 15, 50):
    policy = Policy(hat_open=True, hat_places=places)
    held = moments(policy, max(20, REPLICATES // 100))[0][2:, 2 * states.HAT : 2 * states.HAT + 2].sum()
    twin = years(expect(rates, policy, 1700, 520))[2:, 2 * states.HAT : 2 * states.HAT + 2].sum()
    print(f"{places} HAT places: twin's occupancy {100 * (twin / held - 1):+.1f} % of the microsimulation's")
