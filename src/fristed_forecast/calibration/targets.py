"""What was counted: targets with their error, and the slopes of prevalence series."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.argument.positions import load
from fristed_forecast.evidence.table import Number, numbers

FOLDER = Path(__file__).parent
TARGETS, HELD_OUT = FOLDER / "targets.toml", FOLDER / "held_out.toml"
LEVEL_BIAS = 0.1  # log standard deviation of each method's own level: it cancels in a slope
SERIES_ERROR = 0.02  # log standard deviation of a count of a series that was published without an interval
Z95 = 3.919927969


@dataclass(frozen=True)
class Target:
    """One observation on its scale (`log` or `plain`), with its standard deviation."""

    name: str
    words: str
    source: str
    scale: str
    observed: float
    error: float

    def on_scale(self, predicted: NDArray[np.float64]) -> NDArray[np.float64]:
        """A prediction in natural units on the target's scale."""
        return np.log(np.maximum(predicted, 1e-9)) if self.scale == "log" else predicted

    def natural(self, value: float) -> float:
        """Back to natural units."""
        return math.exp(value) if self.scale == "log" else value


def calibrated() -> tuple[str, ...]:
    """The symbols that are calibrated, at most twelve."""
    return tuple(load(TARGETS)["calibrated"])


def changed() -> tuple[str, ...]:
    """What was changed after a calibration had been looked at, a sentence or more each."""
    return tuple(load(TARGETS)["changed"])


def targets(path: Path = TARGETS) -> list[Target]:
    """The targets of one file, in its order."""
    return [_target(name, row) for name, row in load(path).items() if isinstance(row, dict)]


def _target(name: str, row: dict[str, Any]) -> Target:
    if "series" in row:
        slope, error = series_slope([numbers()[symbol] for symbol in row["series"]], row["years"])
        return Target(name, row["words"], "slope of " + ", ".join(row["series"]), "plain", slope, error)
    number = numbers()[row["symbol"]]
    value = float(row["value"]) if "value" in row else float(number.value or 0.0)
    observed = math.log(value) if row["scale"] == "log" else value
    return Target(name, row["words"], f"{row['symbol']}: {number.source}", row["scale"], observed, float(row["error"]))


def series_slope(series: list[Number], years: list[float]) -> tuple[float, float]:
    """Log slope a year and its standard error by generalised least squares: every count has its own error and
    the whole series one bias of its level, which leaves the slope alone."""
    levels = np.log([float(n.value or 0.0) for n in series])
    errors = np.array([SERIES_ERROR if n.low is None or n.high is None else math.log(n.high / n.low) / Z95
                       for n in series])  # fmt: skip
    covariance = np.diag(errors**2) + LEVEL_BIAS**2
    design = np.stack([np.ones(len(years)), np.array(years) - np.mean(years)], axis=1)
    weight = np.linalg.inv(covariance)
    spread = np.linalg.inv(design.T @ weight @ design)
    fitted = spread @ design.T @ weight @ levels
    return float(fitted[1]), math.sqrt(float(spread[1, 1]))
