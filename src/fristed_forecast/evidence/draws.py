"""Parameter draws, keyed by symbol: adding a row or moving a line changes no other draw."""

from collections.abc import Mapping
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray
from scipy import stats  # type: ignore[import-untyped, unused-ignore]

from fristed_forecast.evidence.table import Number, numbers

Vector = NDArray[np.float64]
Draws = dict[str, Vector]


def uniforms(seed: int, symbol: str, count: int) -> NDArray[np.float64]:
    """`count` uniforms in (0, 1) that depend on the seed and the symbol alone; draw k is always the k-th."""
    digest = blake2b(f"{seed}:{symbol}".encode(), digest_size=16).digest()
    stream = np.random.Generator(np.random.Philox(key=int.from_bytes(digest, "little")))
    return np.clip(stream.random(count), 1e-12, 1 - 1e-12)


def quantile(number: Number, u: NDArray[np.float64]) -> NDArray[np.float64]:
    """Inverse distribution of one number at `u`."""
    a, b = number.a, number.b
    inverse = {
        "fixed": lambda: np.full_like(u, a),
        "uniform": lambda: a + u * (b - a),
        "normal": lambda: stats.norm.ppf(u, a, b),
        "lognormal": lambda: stats.lognorm.ppf(u, b, scale=a),
        "beta": lambda: stats.beta.ppf(u, a, b),
        "gamma": lambda: stats.gamma.ppf(u, a, scale=b),
        "dirichlet": lambda: stats.gamma.ppf(u, a),
    }[number.family]
    return np.asarray(inverse(), dtype=np.float64)  # type: ignore[no-untyped-call, unused-ignore]


def draw(
    seed: int, count: int, overrides: Mapping[str, Number] | None = None, at: Mapping[str, Vector] | None = None
) -> Draws:
    """`count` joint draws of every prior and fixed number. `overrides` carries an area's own rows, `at` the
    quantiles [count] of numbers that are not to be drawn freely (calibration, sensitivity)."""
    table, given = {**numbers(), **(overrides or {})}, at or {}
    drawn = {
        symbol: quantile(number, given[symbol] if symbol in given else uniforms(seed, symbol, count))
        for symbol, number in table.items()
        if number.role in ("prior", "fixed")
    }
    _share_out(drawn, table)
    _stay(drawn, table)
    return drawn


def mirrored(drawn: Draws) -> Draws:
    """Every number whose sign nobody knows, turned over: a difference or elasticity whose interval holds zero
    changes sign, a ratio whose interval holds one becomes its inverse. A verdict must turn over or be void.
    """
    turned = dict(drawn)
    for symbol, number in numbers().items():
        if symbol not in drawn or number.low is None or number.high is None:
            continue
        if number.family == "normal" and number.low < 0 < number.high:
            turned[symbol] = -drawn[symbol]
        elif number.family == "lognormal" and number.unit in ("ratio", "multiplier") and number.low < 1 < number.high:
            turned[symbol] = 1 / drawn[symbol]
    return turned


def centre(overrides: Mapping[str, Number] | None = None) -> dict[str, float]:
    """The published or assumed value of every prior and fixed number: one point, for checks and tornado."""
    table = {**numbers(), **(overrides or {})}
    return {s: float(n.value or 0.0) for s, n in table.items() if n.role in ("prior", "fixed")}


def _share_out(drawn: Draws, table: Mapping[str, Number]) -> None:
    """Rows of one Dirichlet were drawn as gammas that share one effective n: make them sum to one."""
    groups: dict[str, list[str]] = {}
    for symbol in drawn:
        if table[symbol].family == "dirichlet":
            groups.setdefault(table[symbol].joint, []).append(symbol)
    for members in groups.values():
        total = np.sum([drawn[symbol] for symbol in members], axis=0)
        for symbol in members:
            drawn[symbol] = drawn[symbol] / total


def _stay(drawn: Draws, table: Mapping[str, Number]) -> None:
    """Scale and shape of a survival curve are drawn jointly through S(12 months): the drawn scale is read as
    the scale at the published shape, and re-expressed at the drawn shape so that S(12) is what was drawn."""
    for symbol in [s for s in drawn if s.startswith("lam_")]:
        shape = symbol.replace("lam_", "gam_")
        drawn[symbol] = drawn[symbol] * 12.0 ** (table[shape].a - drawn[shape])
