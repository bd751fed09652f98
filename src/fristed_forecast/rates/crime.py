"""Offending by row: what treatment does to it, and what crack leaves untouched."""

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.rates.kinds import Theta
from fristed_forecast.rates.structure import Structure
from fristed_forecast.week import states
from fristed_forecast.week.states import ROWS


def hat_multiplier(theta: Theta, structure: Structure) -> float:
    """Offending in HAT against untreated: by trial (an assumed ratio on oral treatment), or the published
    before-and-after fall divided by what regression to the mean gives at zero effect."""
    if structure.crime == "trial":
        return theta["rr_reoff_opi"] * theta["m_cr_HAT"]
    return min(1.05, theta["rr_cr_HAT_MB"] / theta["rtm"])


def offend_table(theta: Theta, structure: Structure) -> NDArray[np.float64]:
    """[ROWS, 2] multiplier by row and crack; a co-user's effect is weakened by the share crack keeps."""
    rows = np.ones(ROWS)
    rows[states.OCCASIONAL] = theta["use_occ"]
    rows[states.ONTOP] = (1 + theta["rr_reoff_opi"]) / 2
    rows[states.STABLE] = theta["rr_reoff_opi"]
    rows[states.HAT] = hat_multiplier(theta, structure)
    rows[[states.ABSTINENT, states.LASTING]] = theta["rr_cr_NTORS"]
    crack = 1 - (1 - rows) * (1 - theta["kap_crack"])
    table = np.stack([rows, crack], axis=1)
    table[[states.DETOX, states.REHAB, states.PRISON, states.PRISON_OST]] = 0.0
    return np.asarray(table, dtype=np.float64)


def sentence_chance(theta: Theta, mix: NDArray[np.float64], recorded: NDArray[np.float64]) -> float:
    """Custody per offence: recorded, charged, sentenced."""
    return float((mix * recorded).sum() * theta["p_ch_theft"] * theta["p_cust"])
