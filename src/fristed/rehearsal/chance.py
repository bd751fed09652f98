"""Owned chance: one random stream per purpose, each draw addressed by what it is for.

A draw depends on the seed, its purpose and its address alone. So a life repeats from its seed, any day of it can be
lived again by itself, and changing one purpose leaves every other draw as it was (common random numbers).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from hashlib import blake2b
from statistics import NormalDist

_NORMAL = NormalDist()


class Chance:
    """The streams of one seed."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def uniform(self, purpose: str, *address: object) -> float:
        """A number between 0 and 1, both excluded: always the same for this purpose and address."""
        text = f"{self.seed}/{purpose}/{'/'.join(map(str, address))}"
        drawn = int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")
        return ((drawn >> 12) + 0.5) / 2**52

    def happens(self, share: float, purpose: str, *address: object) -> bool:
        """Whether something that happens in this share of cases happens here."""
        return self.uniform(purpose, *address) < share

    def one_of(self, weights: Mapping[str, float], purpose: str, *address: object) -> str:
        """One of the names, by weight."""
        left = self.uniform(purpose, *address) * sum(weights.values())
        for name, weight in weights.items():
            left -= weight
            if left < 0:
                return name
        return name  # rounding left a crumb: the last one


def exponential(u: float, mean: float) -> float:
    """The exponential quantile of u."""
    return -mean * math.log(u)


def lognormal(u: float, mean: float, variation: float) -> float:
    """The lognormal quantile of u, by mean and coefficient of variation."""
    if variation == 0:
        return mean
    square = math.log1p(variation**2)
    return mean * math.exp(math.sqrt(square) * _NORMAL.inv_cdf(u) - square / 2)
