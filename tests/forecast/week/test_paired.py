"""Paired runs take chance out of a difference."""

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.week import counts
from fristed_forecast.week.inputs import Policy, Rates
from fristed_forecast.week.run import simulate

REPLICATES = 60


def deaths(rates: Rates, policy: Policy) -> NDArray[np.int64]:
    """Deaths in ten years, by replicate."""
    columns = [counts.DEATHS_POISONING, counts.DEATHS_OTHER]
    return np.array([simulate(rates, policy, 1700, 520, 7, 0, k).weekly[:, columns].sum() for k in range(REPLICATES)])


def ratio(base: NDArray[np.int64], arm: NDArray[np.int64]) -> float:
    """Variance of the difference of independent runs over that of paired ones."""
    return float((base.var(ddof=1) + arm.var(ddof=1)) / (arm - base).var(ddof=1))


def test_pairing_removes_most_of_the_noise_in_deaths(rates: Rates) -> None:
    nothing = deaths(rates, Policy())
    assert ratio(nothing, deaths(rates, Policy(hat_open=True, hat_places=50))) >= 50
    assert ratio(nothing, deaths(rates, Policy(initiation=1.2))) >= 20
    assert ratio(nothing, deaths(rates, Policy(initiation=0.8))) >= 20
