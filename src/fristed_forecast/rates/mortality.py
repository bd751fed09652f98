"""Poisoning and other deaths: the base is solved so that the published cohort rate is what comes back."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.rates.kinds import BAND_AGES, Theta
from fristed_forecast.rates.stays import YEAR
from fristed_forecast.rates.structure import Structure
from fristed_forecast.week import states
from fristed_forecast.week.inputs import HALF_YEARS
from fristed_forecast.week.states import ROWS


@dataclass(frozen=True)
class Cohort:
    """Shares of person-time of the published treated cohort, from the model's own balance at the start."""

    treated: float
    fresh: float  # out of treatment, first four weeks
    later: float  # out of treatment, afterwards


def row_ratios(theta: Theta, structure: Structure, cohort: Cohort) -> NDArray[np.float64]:
    """[ROWS] poisoning hazard against oral treatment. The published out/in ratio is a mean over all time out
    of treatment, first weeks included: the later weeks take what the first weeks leave."""
    out = theta["HR_out"] if structure.mortality == "Pierce" else theta["RR_meth_out"]
    fresh, share = theta["IRR_cess4"], cohort.fresh / (cohort.fresh + cohort.later)
    later = max(1.0, (out - share * fresh) / (1 - share))
    ratios = np.ones(ROWS)
    ratios[[states.USING, states.OCCASIONAL]] = later
    ratios[states.LEFT] = max(fresh, later)
    ratios[states.RELEASED] = later * theta["m_rel_none"] / theta["m_rel_OST"]
    ratios[[states.DETOX, states.REHAB]] = theta["HR_psych"]
    ratios[states.HAT] = theta["RR_m_HAT"]
    ratios[[states.PRISON, states.PRISON_OST]] = theta["r_pris_poi"]
    ratios[[states.ABSTINENT, states.LASTING]] = (theta["r_abs_poi"], 0.0)
    return ratios


def poison_table(theta: Theta, structure: Structure, cohort: Cohort) -> tuple[NDArray[np.float64], float]:
    """[ROWS, 2] weekly poisonings, fatal or not, by injecting; and the share that kill."""
    ratios = row_ratios(theta, structure, cohort)
    mix = cohort.treated + cohort.fresh * ratios[states.LEFT] + cohort.later * ratios[states.USING]
    total = cohort.treated + cohort.fresh + cohort.later
    inject = theta["HR_inj"] / (1 + theta["sh_inj"] * (theta["HR_inj"] - 1))
    smoke = 1 / (1 + theta["sh_inj"] * (theta["HR_inj"] - 1))
    base = theta["m_DRP"] / 100 * theta["m_sec"] / (mix / total) / YEAR
    fatal = theta["cf_od"] * (1 - theta["nal_cov"]) + theta["cf_nal"] * theta["nal_cov"]
    return np.minimum(1.0, base * ratios[:, None] * np.array([smoke, inject]) / fatal), fatal


def other_table(theta: Theta) -> NDArray[np.float64]:
    """[bands, HALF_YEARS] weekly death from other causes: national life table times a ratio, ageing."""
    ages = np.array(BAND_AGES)[:, None] + np.arange(HALF_YEARS)[None, :] * 26 / YEAR
    per_year = theta["q40"] * np.exp(theta["q_slope"] * (ages - 40)) * theta["SMR_oth"]
    return np.asarray(-np.expm1(-per_year / YEAR), dtype=np.float64)


def other_rows(theta: Theta) -> NDArray[np.float64]:
    """[ROWS] ratio of other deaths by row; HAT's trial ratio covers death from any cause."""
    rows = np.ones(ROWS)
    rows[states.HAT] = theta["RR_m_HAT"]
    return rows
