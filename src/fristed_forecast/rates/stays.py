"""How long people stay: weekly hazards from published survival curves, by weeks already stayed."""

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.rates.kinds import Theta
from fristed_forecast.rates.structure import Structure
from fristed_forecast.week import states
from fristed_forecast.week.states import ROWS, STAY_WEEKS

MONTH = 365.25 / 12 / 7  # weeks
YEAR = 365.25 / 7  # weeks


def weibull(scale: float, shape: float) -> NDArray[np.float64]:
    """[STAY_WEEKS] weekly hazard under S(t) = exp(-scale * t ** shape), t in months."""
    months = np.arange(STAY_WEEKS + 1) / MONTH
    return np.asarray(-np.expm1(-scale * np.diff(months**shape)), dtype=np.float64)


def hat_curve(theta: Theta, structure: Structure) -> NDArray[np.float64]:
    """Nosyk's curve for HAT, or the oral curve's 12-month stay times Cochrane's ratio."""
    if structure.retention == "Nosyk":
        return weibull(theta["lam_HAT"], theta["gam_HAT"])
    oral = np.exp(-theta["lam_MMT"] * 12.0 ** theta["gam_MMT"])
    stay = min(0.98, float(oral) * theta["RR_ret_HAT"])
    shape = theta["gam_HAT"]
    return weibull(-np.log(stay) / 12.0**shape, shape)


def weekly(per_year: float) -> float:
    """Weekly probability of a yearly hazard."""
    return float(-np.expm1(-per_year / YEAR))


def leave_table(theta: Theta, structure: Structure, seek: float) -> NDArray[np.float64]:
    """[ROWS, STAY_WEEKS] leaving by row; people who use leave their stay by seeking oral treatment, at `seek`
    times the hazard of Nosyk's relapse curve (solved so that coverage is what it is)."""
    table = np.zeros((ROWS, STAY_WEEKS))
    table[states.OCCASIONAL] = weekly(theta["h_escal"] + theta["h_stop"])
    using = 1 - (1 - weibull(theta["lam_REL"], theta["gam_REL"])) ** seek
    for row in (states.USING, states.LEFT, states.RELEASED):
        table[row] = using
    oral = weibull(theta["lam_MMT"], theta["gam_MMT"])
    table[states.ONTOP], table[states.STABLE] = oral, oral
    table[states.HAT] = hat_curve(theta, structure)
    table[states.ABSTINENT] = weibull(theta["lam_ABS"], theta["gam_ABS"])
    table[[states.PRISON, states.PRISON_OST]] = 1.0 / theta["w_cust"]
    return table


def destinations(theta: Theta) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """[ROWS, 3] cumulated probabilities and rows a stay leads to."""
    using = theta["h_escal"] / (theta["h_escal"] + theta["h_stop"])
    stays = 1 - theta["p_rel_1wk"]
    finish = min(1.0, theta["p_comp_inpt"] / stays)
    ends: dict[int, tuple[tuple[float, int], ...]] = {
        states.OCCASIONAL: ((using, states.USING), (1 - using, states.LASTING)),
        states.ONTOP: ((theta["p_MMT_ABS"], states.ABSTINENT), (1 - theta["p_MMT_ABS"], states.LEFT)),
        states.HAT: (
            (theta["p_HAT_ABS"], states.ABSTINENT),
            (theta["p_HAT_REL"], states.LEFT),
            (theta["p_HAT_MMT"], states.STABLE),
        ),
        states.DETOX: ((theta["p_rel_1wk"], states.LEFT), (stays, states.REHAB)),
        states.REHAB: ((finish, states.ABSTINENT), (1 - finish, states.LEFT)),
        states.ABSTINENT: ((1.0, states.LEFT),),
        states.PRISON: ((1.0, states.RELEASED),),
        states.PRISON_OST: ((1.0, states.ONTOP),),
    }
    ends[states.STABLE] = ends[states.ONTOP]
    shares, rows = np.ones((ROWS, 3)), np.zeros((ROWS, 3), np.int64)
    for row, choices in ends.items():
        shares[row, : len(choices)] = np.cumsum([share for share, _ in choices])
        rows[row, : len(choices)] = [to for _, to in choices]
        shares[row, len(choices) - 1 :] = 1.0
        rows[row, len(choices) :] = rows[row, len(choices) - 1]
    return shares, rows


def changes(theta: Theta) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Weekly shift [ROWS, 2], remission [ROWS] and asking for rehabilitation [ROWS]."""
    shift, remit, rehab = np.zeros((ROWS, 2)), np.zeros(ROWS), np.zeros(ROWS)
    shift[states.ONTOP] = [weekly(theta["h_settle"]), weekly(theta["h_settle"] * theta["r_settle_refr"])]
    shift[states.STABLE] = weekly(theta["h_unsettle"])
    for row in (states.USING, states.LEFT, states.RELEASED):
        remit[row] = weekly(theta["r_rem_c"])
        rehab[row] = weekly(theta["h_rehab"])
    return shift, remit, rehab
