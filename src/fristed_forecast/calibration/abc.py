"""Approximate Bayesian computation among what is not implausible: nearest simulations, corrected by local
regression."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm  # type: ignore[import-untyped, unused-ignore]

from fristed_forecast.calibration.match import Matrix, Setting, Spread, free, people, plausible, spread, waves

NEAREST = 0.3  # share of the bank that is used


@dataclass(frozen=True)
class Bank:
    """Simulations of points [n, symbols] (normal scores) and what each would have counted [n, targets]."""

    points: Matrix
    counted: Matrix
    left: list[float]
    variances: Spread


def bank(setting: Setting, points: int, simulations: int) -> Bank:
    """Match, then simulate what is not implausible, with every other number drawn."""
    variances = spread(setting, 100)
    begin, left = waves(setting, variances, points)
    kept = plausible(setting, variances, begin, simulations)
    simulated = people(setting, free(setting, norm.cdf(kept), 2))
    errors = np.array([target.error for target in setting.targets])
    chance = np.random.Generator(np.random.Philox(setting.seed)).standard_normal(simulated.shape)
    return Bank(kept, simulated + errors * chance, left, variances)


def posterior(points: Matrix, counted: Matrix, observed: Matrix) -> tuple[Matrix, Matrix]:
    """Corrected points [used, symbols] and their weights [used], given one observation of every target."""
    scale = counted.std(axis=0)
    away = np.sqrt((((counted - observed) / scale) ** 2).sum(axis=1))
    used = np.argsort(away)[: max(10 * counted.shape[1], int(NEAREST * len(points)))]
    weight = np.maximum(1 - (away[used] / (away[used].max() * 1.0001)) ** 2, 1e-9)
    design = np.concatenate([np.ones((len(used), 1)), (counted[used] - observed) / scale], axis=1)
    ridge = 1e-3 * weight.sum() * np.eye(design.shape[1])
    weighted = design.T * weight
    slopes = np.linalg.solve(weighted @ design + ridge, weighted @ points[used])
    return points[used] - design[:, 1:] @ slopes[1:], weight / weight.sum()


def interval(values: Matrix, weight: Matrix, low: float, high: float) -> tuple[float, float]:
    """Weighted quantiles."""
    order = np.argsort(values)
    at = np.cumsum(weight[order]) - weight[order] / 2
    found = np.interp((low, high), at, values[order])
    return float(found[0]), float(found[1])


def recovered(found: Bank, truths: int) -> NDArray[np.bool_]:
    """[truths, symbols] whether the 90 % interval holds a known truth, each truth left out of its own bank."""
    held = np.zeros((truths, found.points.shape[1]), bool)
    for truth in range(truths):
        rest = np.arange(len(found.points)) != truth
        values, weight = posterior(found.points[rest], found.counted[rest], found.counted[truth])
        for k in range(held.shape[1]):
            low, high = interval(values[:, k], weight, 0.05, 0.95)
            held[truth, k] = low <= found.points[truth, k] <= high
    return held


def samples(setting: Setting, found: Bank, rows: int) -> Matrix:
    """[rows, symbols] quantiles of the posterior at what was observed, evenly through the weights."""
    observed = np.array([target.observed for target in setting.targets])
    values, weight = posterior(found.points, found.counted, observed)
    at = (np.arange(rows) + 0.5) / rows
    chosen = np.minimum(np.searchsorted(np.cumsum(weight), at), len(values) - 1)
    return np.asarray(norm.cdf(values[chosen]), dtype=np.float64)
