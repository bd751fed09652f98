"""The posterior as shipped: quantiles of the priors, one row a joint sample, one file an area."""

import csv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.evidence.draws import uniforms

FOLDER = Path(__file__).parent


def shipped() -> list[str]:
    """Areas that have been calibrated."""
    return sorted(path.stem for path in FOLDER.glob("*.csv"))


def read(name: str) -> dict[str, NDArray[np.float64]]:
    """[rows] quantiles by symbol."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {symbol: np.array([float(row[symbol]) for row in rows]) for symbol in rows[0]}


def write(path: Path, names: tuple[str, ...], quantiles: NDArray[np.float64]) -> None:
    """[rows, symbols] quantiles into a file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([f"{value:.5f}" for value in row] for row in quantiles)


def sampled(name: str, seed: int, count: int) -> dict[str, NDArray[np.float64]]:
    """`count` joint samples; draw k is the k-th whatever the count."""
    rows = read(name)
    length = len(next(iter(rows.values())))
    chosen = np.minimum((uniforms(seed, f"posterior of {name}", count) * length).astype(int), length - 1)
    return {symbol: values[chosen] for symbol, values in rows.items()}
