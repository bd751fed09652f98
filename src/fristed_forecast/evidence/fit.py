"""The written rules that turn a published value and interval into a distribution.

| rule       | when                                  | dispersion                                     |
|------------|---------------------------------------|------------------------------------------------|
| `interval` | low and high are given                | a 95 % interval                                |
| `events`   | the source states events and exposure | the table's own a and b (beta or gamma)        |
| `cv30`     | a rate or a cost without dispersion   | coefficient of variation 30 %                  |
| `cv10`     | scale of a published survival curve   | coefficient of variation 10 %                  |
| `cv5`      | shape of a published survival curve   | coefficient of variation 5 %                   |
| `n50`      | a share without dispersion            | as if seen in 50 people                        |
| `stated`   | the CSV states the parameters         | the table's own a and b                        |
| `fixed`    | a convention or a policy choice       | none: a scenario or a sensitivity run moves it |
"""

import math

Z95 = 3.919927969  # width of a 95 % interval in standard deviations
CV = {"cv30": 0.30, "cv10": 0.10, "cv5": 0.05}


def spread(value: float, low: float | None, high: float | None, rule: str) -> float:
    """Standard deviation on the natural scale, in the row's unit."""
    if rule in CV:
        return abs(value) * CV[rule]
    if rule == "n50":
        return math.sqrt(value * (1 - value) / 51)
    if low is None or high is None:
        raise ValueError(f"rule {rule!r} needs low and high")
    return (high - low) / Z95


def fit(family: str, rule: str, value: float, low: float | None, high: float | None) -> tuple[float, float]:
    """(a, b) of the family: normal mean and sd; lognormal median and log-sd; beta a and b;
    gamma shape and scale; uniform low and high; fixed value and 0."""
    if family == "fixed":
        return value, 0.0
    if family == "uniform":
        if low is None or high is None:
            raise ValueError("a uniform needs low and high")
        return low, high
    if family == "lognormal" and rule == "interval":
        return value, math.log(_above_zero(high) / _above_zero(low)) / Z95
    sd = spread(value, low, high, rule)
    return _from_moments(family, value, sd)


def _above_zero(bound: float | None) -> float:
    if bound is None or bound <= 0:
        raise ValueError("a lognormal needs low and high above zero")
    return bound


def _from_moments(family: str, mean: float, sd: float) -> tuple[float, float]:
    if family == "normal":
        return mean, sd
    if family == "lognormal":
        return mean, math.sqrt(math.log1p((sd / mean) ** 2))
    if family == "gamma":
        return (mean / sd) ** 2, sd**2 / mean
    if family in ("beta", "dirichlet"):
        size = mean * (1 - mean) / sd**2 - 1
        if size <= 0:
            raise ValueError(f"interval too wide for a {family}")
        return mean * size, (1 - mean) * size
    raise ValueError(f"unknown family {family!r}")
