"""Kinds of people: injecting, crack, resisting oral treatment, frailty class, age band."""

from collections.abc import Mapping
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy import stats  # type: ignore[import-untyped, unused-ignore]

Theta = Mapping[str, float]
BAND_AGES = (30.0, 42.0, 55.0)
CLASS_SHARES = (0.5, 0.3, 0.15, 0.05)  # of those who offend at all, from the mildest to the most prolific
CLASSES = 1 + len(CLASS_SHARES)
GROUPS = 2 * 2 * CLASSES  # crack x resists x class: all that moves people between rows


def listing() -> NDArray[np.int64]:
    """[kinds, 5]: injects, crack, resists, class, band. 120 kinds."""
    return np.array(list(product((0, 1), (0, 1), (0, 1), range(CLASSES), range(3))), dtype=np.int64)


def group_of(kinds: NDArray[np.int64]) -> NDArray[np.int64]:
    """[kinds] index into the groups."""
    return (kinds[:, 1] * 2 + kinds[:, 2]) * CLASSES + kinds[:, 3]


def crack_given(theta: Theta) -> tuple[float, float]:
    """Share of crack co-use among people who do not offend, and who do; the mean is `sh_crack`."""
    total, offend, ratio = theta["sh_crack"], theta["p_acq"], theta["or_crack"]

    def mean(none: float) -> float:
        odds = ratio * none / (1 - none)
        return (1 - offend) * none + offend * odds / (1 + odds)

    low, high = 1e-9, 1 - 1e-9
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if mean(middle) < total else (low, middle)
    odds = ratio * low / (1 - low)
    return low, odds / (1 + odds)


def stock_weights(theta: Theta) -> NDArray[np.float64]:
    """[kinds] share of each kind among the dependent at the start."""
    kinds = listing()
    none, some = crack_given(theta)
    classes = np.array([1 - theta["p_acq"], *(theta["p_acq"] * np.array(CLASS_SHARES))])
    crack = np.where(kinds[:, 3] > 0, some, none)
    bands = np.array([theta["sh_young"], 1 - theta["sh_young"] - theta["sh_old"], theta["sh_old"]])
    weights = (
        np.where(kinds[:, 0] == 1, theta["sh_inj"], 1 - theta["sh_inj"])
        * np.where(kinds[:, 1] == 1, crack, 1 - crack)
        * np.where(kinds[:, 2] == 1, theta["sh_refr"], 1 - theta["sh_refr"])
        * classes[kinds[:, 3]]
        * bands[kinds[:, 4]]
    )
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def class_rates(theta: Theta) -> NDArray[np.float64]:
    """[classes] offences a week inside a spell, untreated: means of a gamma cut at the class shares."""
    shape = theta["k_off"]
    cuts = np.concatenate([[0.0], stats.gamma.ppf(np.cumsum(CLASS_SHARES)[:-1], shape), [np.inf]])
    part = np.diff(stats.gamma.cdf(cuts, shape + 1)) / np.diff(stats.gamma.cdf(cuts, shape))
    in_spell = theta["w_on"] / (theta["w_on"] + theta["w_off"])
    mean = theta["off_u"] / 52.0 / theta["p_acq"] / in_spell
    return np.concatenate([[0.0], mean * part])
