"""History matching on the twin: which values of the calibrated numbers are not implausible. Points are normal
scores of the priors, so that the prior is standard normal."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm  # type: ignore[import-untyped, unused-ignore]

from fristed_forecast.argument.areas import Area
from fristed_forecast.calibration.predict import by_people, by_twin
from fristed_forecast.calibration.targets import Target
from fristed_forecast.evidence.draws import Draws, draw
from fristed_forecast.evidence.table import numbers

IMPLAUSIBLE = 3.0
WAVES = 4
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Spread:
    """Variances on the targets' scales: of the numbers that are not calibrated, and between the twin and one
    run of the microsimulation (chance of a town's counts and what the twin leaves out)."""

    other: NDArray[np.float64]
    gap: NDArray[np.float64]


@dataclass(frozen=True)
class Setting:
    """What a calibration is given."""

    area: Area
    names: tuple[str, ...]
    targets: tuple[Target, ...]
    seed: int
    workers: int


def on_scales(targets: tuple[Target, ...], found: list[dict[str, float]]) -> NDArray[np.float64]:
    """[points, targets] predictions on the targets' scales."""
    columns = [target.on_scale(np.array([one[target.name] for one in found])) for target in targets]
    return np.stack(columns, axis=1)


def medians(setting: Setting, points: NDArray[np.float64]) -> Draws:
    """Draws at `points` [n, symbols] of the calibrated quantiles, everything else at its median."""
    count = len(points)
    at = {symbol: np.full(count, 0.5) for symbol in numbers()}
    at |= {name: points[:, k] for k, name in enumerate(setting.names)}
    return draw(setting.seed, count, setting.area.numbers, at)


def free(setting: Setting, points: NDArray[np.float64], salt: int) -> Draws:
    """Draws at `points`, everything else drawn."""
    at = {name: points[:, k] for k, name in enumerate(setting.names)}
    return draw(setting.seed + salt, len(points), setting.area.numbers, at)


def each(setting: Setting, draws: Draws, model: Callable[..., dict[str, float]]) -> NDArray[np.float64]:
    """[points, targets] of a model at every draw, over the workers; the order is the draws' own."""
    count = len(next(iter(draws.values())))
    thetas = [{symbol: float(values[k]) for symbol, values in draws.items()} for k in range(count)]
    with ProcessPoolExecutor(setting.workers) as pool:
        found = list(pool.map(model, thetas, chunksize=max(1, count // (8 * setting.workers))))
    return on_scales(setting.targets, found)


def twin(setting: Setting, draws: Draws) -> NDArray[np.float64]:
    """The twin at every draw."""
    return each(setting, draws, partial(by_twin, population=setting.area.population))


def people(setting: Setting, draws: Draws) -> NDArray[np.float64]:
    """One run of the microsimulation at every draw."""
    model = partial(by_people, population=setting.area.population, seed=setting.seed, number=0)
    return each(setting, draws, model)


def spread(setting: Setting, count: int) -> Spread:
    """Both variances, from `count` points each."""
    middle = np.full((count, len(setting.names)), 0.5)
    draws = free(setting, middle, 1)
    expected = twin(setting, draws)
    runs = people(setting, draws)
    return Spread(expected.var(axis=0, ddof=1), ((runs - expected) ** 2).mean(axis=0))


def implausibility(setting: Setting, found: NDArray[np.float64], variances: Spread) -> NDArray[np.float64]:
    """[points] the largest standardised distance from a target."""
    observed = np.array([target.observed for target in setting.targets])
    error = np.array([target.error for target in setting.targets]) ** 2 + variances.other + variances.gap
    return np.asarray((np.abs(found - observed) / np.sqrt(error)).max(axis=1), dtype=np.float64)


@dataclass(frozen=True)
class Emulator:
    """Quadratic in the calibrated numbers' normal scores, target by target, with what it leaves unexplained."""

    coefficients: Matrix  # [features, targets]
    unexplained: Matrix  # [targets] variance

    def __call__(self, points: Matrix) -> Matrix:
        """[points, targets]."""
        return np.asarray(features(points) @ self.coefficients, dtype=np.float64)


def features(points: Matrix) -> Matrix:
    """[points, features] of normal scores [points, symbols]: one, each, and every product of two."""
    first, second = np.triu_indices(points.shape[1])
    return np.concatenate([np.ones((len(points), 1)), points, points[:, first] * points[:, second]], axis=1)


def emulate(points: Matrix, found: Matrix) -> Emulator:
    """Fit by ridge regression; the unexplained variance is that of a left-out tenth."""
    held = np.arange(len(points)) % 10 == 0
    fit = _ridge(features(points[~held]), found[~held])
    left = found[held] - features(points[held]) @ fit
    return Emulator(_ridge(features(points), found), (left**2).mean(axis=0))


def _ridge(design: Matrix, values: Matrix) -> Matrix:
    return np.asarray(np.linalg.solve(design.T @ design + 1e-2 * np.eye(design.shape[1]), design.T @ values))


def walk(setting: Setting, emulator: Emulator, variances: Spread, begin: Matrix, many: int, salt: int) -> Matrix:
    """[many, symbols] from the prior as far as the emulator does not call it implausible (Metropolis, one chain
    a row of `begin`)."""
    chance = np.random.Generator(np.random.Philox(setting.seed + salt))
    wide = Spread(variances.other + emulator.unexplained, variances.gap)

    def level(points: Matrix) -> Matrix:
        far = implausibility(setting, emulator(points), wide)
        return np.asarray(-(points**2).sum(axis=1) / 2 - 50.0 * np.maximum(0.0, far - IMPLAUSIBLE))

    here, at, kept = begin.copy(), level(begin), []
    for step in range(600):
        there = here + 0.25 * chance.standard_normal(here.shape)
        reached = level(there)
        moves = np.log(chance.random(len(here))) < reached - at
        here[moves], at[moves] = there[moves], reached[moves]
        if step >= 200 and step % 25 == 0:
            kept.append(here[implausibility(setting, emulator(here), wide) < IMPLAUSIBLE])
    found = np.concatenate(kept)
    return np.asarray(found[chance.permutation(len(found))[:many]], dtype=np.float64)


def waves(setting: Setting, variances: Spread, count: int) -> tuple[Matrix, list[float]]:
    """Wave by wave: the twin at `count` points, an emulator of it, points it does not call implausible. The last
    wave's points that the twin itself does not call implausible, and the share of each wave's points."""
    chance = np.random.Generator(np.random.Philox(setting.seed))
    points, left = chance.standard_normal((count, len(setting.names))), []
    seen, found = np.zeros((0, points.shape[1])), np.zeros((0, len(setting.targets)))
    for wave in range(WAVES):
        here = twin(setting, medians(setting, norm.cdf(points)))
        far = implausibility(setting, here, variances)
        left.append(float(np.mean(far < IMPLAUSIBLE)))
        seen, found = np.concatenate([seen, points])[-2 * count :], np.concatenate([found, here])[-2 * count :]
        if wave < WAVES - 1:
            begin = points[np.argsort(far)[: max(20, count // 4)]]
            points = walk(setting, emulate(seen, found), variances, begin, count, wave)
    return points[far < IMPLAUSIBLE], left


def plausible(setting: Setting, variances: Spread, begin: Matrix, many: int) -> Matrix:
    """[at most many, symbols] that the twin does not call implausible, from where the waves ended."""
    here = twin(setting, medians(setting, norm.cdf(begin)))
    tried = walk(setting, emulate(begin, here), variances, begin, many * 5 // 4, 50)
    far = implausibility(setting, twin(setting, medians(setting, norm.cdf(tried))), variances)
    return tried[far < IMPLAUSIBLE][:many]
