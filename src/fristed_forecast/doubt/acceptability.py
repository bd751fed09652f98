"""Which option is worth it, by what a QALY is worth: acceptability curves and the frontier over every option."""

import numpy as np
from numpy.typing import NDArray

WORTHS = np.arange(0, 100_001, 2_500, dtype=np.float64)  # pounds a QALY


def benefits(qalys: NDArray[np.float64], pounds: NDArray[np.float64], worth: float) -> NDArray[np.float64]:
    """[options, draws] net monetary benefit in pounds."""
    return np.asarray(worth * qalys - pounds, dtype=np.float64)


def curves(qalys: NDArray[np.float64], pounds: NDArray[np.float64]) -> NDArray[np.float64]:
    """[WORTHS, options] share of draws in which each option is the best of all (CEAC)."""
    options = qalys.shape[0]
    best = [benefits(qalys, pounds, worth).argmax(axis=0) for worth in WORTHS]
    return np.stack([np.bincount(which, minlength=options) / len(which) for which in best])


def frontier(qalys: NDArray[np.float64], pounds: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """[WORTHS] the option best on average, and the share of draws in which it is best (CEAF)."""
    means = np.stack([benefits(qalys, pounds, worth).mean(axis=1) for worth in WORTHS])
    chosen = means.argmax(axis=1)
    return chosen, curves(qalys, pounds)[np.arange(len(WORTHS)), chosen]
