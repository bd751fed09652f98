"""What it would be worth to know a number before deciding (EVPPI), by regression on the draws of a run."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm, rankdata  # type: ignore[import-untyped, unused-ignore]

from fristed_forecast.evidence.draws import Draws

DEGREE = 3
BOOTSTRAPS = 100
PERMUTATIONS = 100
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Worth:
    """Pounds per decision that knowing `symbol` exactly would be worth, with its standard error."""

    symbol: str
    pounds: float
    error: float


def basis(values: Matrix) -> Matrix:
    """[draws, DEGREE + 1] orthonormal polynomials of the ranks' normal scores."""
    scores = norm.ppf((rankdata(values) - 0.5) / len(values))
    return np.asarray(np.linalg.qr(np.vander(scores, DEGREE + 1))[0], dtype=np.float64)


def gain(design: Matrix, benefit: Matrix) -> float:
    """Mean of the best option given the number, less the best option without it; `benefit` is [draws, options]."""
    fitted = design @ (design.T @ benefit)
    return float(fitted.max(axis=1).mean() - benefit.mean(axis=0).max())


def perfect(benefit: Matrix) -> float:
    """EVPI: the most that any knowledge could be worth; `benefit` is [draws, options]."""
    return float(benefit.max(axis=1).mean() - benefit.mean(axis=0).max())


def chance_gain(benefit: Matrix, rng: np.random.Generator) -> float:
    """What a number that does not matter appears to be worth, on average: the regression's own bias."""
    values = np.arange(len(benefit), dtype=np.float64)
    design = basis(values)
    found = [gain(design[rng.permutation(len(benefit))], benefit) for _ in range(PERMUTATIONS)]
    return float(np.mean(found))


def error_of(values: Matrix, benefit: Matrix, rng: np.random.Generator) -> float:
    """Standard error by bootstrap over draws."""
    found = []
    for _ in range(BOOTSTRAPS):
        chosen = rng.integers(0, len(values), len(values))
        found.append(gain(basis(values[chosen]), benefit[chosen]))
    return float(np.std(found, ddof=1))


def first_to_collect(draws: Draws, benefit: Matrix, many: int = 12) -> list[Worth]:
    """The numbers most worth knowing; `benefit` [draws, options] is in pounds. The bias of the regression is taken
    off, and what is left is not below zero."""
    rng = np.random.Generator(np.random.Philox(len(benefit)))
    bias = chance_gain(benefit, rng)
    free = {symbol: values for symbol, values in draws.items() if np.ptp(values) > 0}
    raw = {symbol: gain(basis(values), benefit) - bias for symbol, values in free.items()}
    best = sorted(raw, key=lambda symbol: -raw[symbol])[:many]
    return [Worth(symbol, max(0.0, raw[symbol]), error_of(free[symbol], benefit, rng)) for symbol in best]
