"""What a run means, in people's units: totals over the horizon by draw and replicate, paired differences."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.rates.kinds import Theta
from fristed_forecast.week import counts, states

Totals = dict[str, NDArray[np.float64]]  # outcome -> [draws, replicates]
HOURS_PER_OFFICER = 1700.0
POUND = 100.0
SHOWN = {
    "deaths": "deaths from any cause",
    "poisoning deaths": "deaths by poisoning",
    "offences": "acquisitive offences",
    "burglaries": "domestic burglaries",
    "officers": "officers' full-time posts",
    "entrants": "people who start",
    "recovered": "person-years abstinent or recovered",
    "custody": "prison sentences",
    "heroin revenue": "pounds spent on street heroin",
    "qalys": "quality-adjusted life years (discounted)",
    "NHS and social care": "pounds, NHS and social care (discounted)",
    "public sector": "pounds, public sector (discounted)",
    "societal": "pounds, society (discounted)",
    "net benefit at 20k": "pounds, societal net benefit at 20,000 a QALY",
    "net benefit at 30k": "pounds, societal net benefit at 30,000 a QALY",
}


def _range(counted: NDArray[Any], first: int, width: int) -> NDArray[np.float64]:
    return np.asarray(counted[..., first : first + width].sum(axis=(-1, -2)), dtype=np.float64)


def events(counted: NDArray[Any]) -> Totals:
    """Outcomes that are plain counts, from [draws, replicates, years, COLUMNS]."""
    years = counted.shape[2]
    poisoning = _range(counted, counts.DEATHS_POISONING, 1)
    minutes = sum(_range(counted, column, 1) for column in
                  (counts.ARREST_MINUTES, counts.INVESTIGATION_MINUTES, counts.PATROL_MINUTES))  # fmt: skip
    return {
        "deaths": poisoning + _range(counted, counts.DEATHS_OTHER, 1),
        "poisoning deaths": poisoning,
        "offences": _range(counted, counts.OFFENDED, counts.TYPES),
        "burglaries": _range(counted, counts.OFFENDED + 1, 1),
        "officers": np.asarray(minutes / 60 / HOURS_PER_OFFICER / years),
        "entrants": _range(counted, counts.ENTRANTS, 1),
        "recovered": _range(counted, counts.PEOPLE + 2 * states.ABSTINENT, 4) / 52,
        "custody": _range(counted, counts.CUSTODY_STARTS, 1),
        "heroin revenue": _range(counted, counts.HEROIN_PENCE, 1) / POUND,
    }


def economics(theta: Theta) -> tuple[float, dict[str, float]]:
    """Discount rate per year, and what a QALY is worth in pounds."""
    return theta["disc"], {"20k": theta["lamQ_lo"], "30k": theta["lamQ_hi"]}


def difference(arm: Totals, against: Totals) -> Totals:
    """Paired: same draw, same replicate, same chance."""
    return {name: arm[name] - against[name] for name in against}


def interval(values: NDArray[np.float64]) -> tuple[float, float, float]:
    """Mean over everything; 2.5 and 97.5 % of draws' means over replicates (doubt about numbers)."""
    means = values.mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return float(means.mean()), float(low), float(high)


def noise(values: NDArray[np.float64]) -> float:
    """First-order noise: the standard deviation between replicates of one draw, averaged over draws."""
    if values.shape[1] < 2:
        return float("nan")
    return float(np.sqrt(values.var(axis=1, ddof=1).mean()))
