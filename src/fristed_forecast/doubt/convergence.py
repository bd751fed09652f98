"""Whether there are enough draws and replicates: how a mean settles, and where its error comes from."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STEPS = (10, 25, 50, 100, 200, 400, 800, 1000, 2000)


@dataclass(frozen=True)
class Settled:
    """The mean over the first `draws` draws, its standard error, and the share of its variance that is the
    noise of replicates."""

    draws: int
    mean: float
    error: float
    noise: float


def settling(paired: NDArray[np.float64]) -> list[Settled]:
    """The mean of a paired difference [draws, replicates] as draws are added."""
    found = []
    for many in [step for step in STEPS if step < len(paired)] + [len(paired)]:
        means = paired[:many].mean(axis=1)
        found.append(Settled(many, float(means.mean()), _error(means), noise_share(paired[:many])))
    return found


def by_replicates(paired: NDArray[np.float64]) -> list[tuple[int, float, float]]:
    """(replicates, mean, standard error over draws) with only the first replicates of each draw."""
    many = [r for r in (1, 2, 5, 10, 20, 50) if r <= paired.shape[1]]
    means = [paired[:, :r].mean(axis=1) for r in many]
    return [(r, float(m.mean()), _error(m)) for r, m in zip(many, means, strict=True)]


def noise_share(paired: NDArray[np.float64]) -> float:
    """Share of the variance between draws' means that is left-over chance of replicates."""
    replicates = paired.shape[1]
    total = float(paired.mean(axis=1).var(ddof=1)) if len(paired) > 1 else 0.0
    within = float(paired.var(axis=1, ddof=1).mean()) if replicates > 1 else 0.0
    if replicates < 2 or total == 0.0:
        return float("nan")
    return float(min(1.0, within / replicates / total))


def _error(means: NDArray[np.float64]) -> float:
    return float(means.std(ddof=1) / math.sqrt(len(means))) if len(means) > 1 else float("nan")
