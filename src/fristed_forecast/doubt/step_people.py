"""The microsimulation again in steps of half a week: every weekly chance by its square root, every clock twice as long.

A step is part of the key of every chance, so runs of either step share none: means over replicates are compared.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.doubt.step import COMPARED, half_policy, half_rates, root
from fristed_forecast.week.counts import COLUMNS
from fristed_forecast.week.inputs import HALF_YEARS, Policy, Rates
from fristed_forecast.week.run import simulate
from fristed_forecast.week.states import STAY_WEEKS

Table = NDArray[np.float64]


@dataclass(frozen=True)
class Difference:
    """One outcome's mean in steps of a week and of half a week, and the standard error of their difference."""

    name: str
    whole: float
    half: float
    error: float


def half_stays(stay: Table) -> Table:
    """Cumulated shares by half weeks already stayed; what lies beyond the table is put at its end."""
    before = np.concatenate([np.zeros_like(stay[..., :1]), stay[..., :-1]], axis=-1)
    halves = np.stack([(before + stay) / 2, stay], axis=-1).reshape(*stay.shape[:-1], -1)[..., :STAY_WEEKS]
    halves[..., -1] = stay[..., -1]
    return halves


def half_people(rates: Rates) -> Rates:
    """Everything that moves people, per half week. A stay beyond two and a half years keeps the hazard it has then."""
    clocks: dict[str, Any] = {name: 2 * getattr(rates, name) for name in ("fresh_weeks", "detox_weeks", "rehab_weeks")}
    roots: dict[str, Any] = {name: root(getattr(rates, name)) for name in ("remit", "ask_rehab", "shift")}
    return half_rates(rates)._replace(
        leave=root(np.repeat(rates.leave, 2, axis=1)[:, :STAY_WEEKS]),
        other=root(np.repeat(rates.other, 2, axis=1)[:, :HALF_YEARS]),
        stay=half_stays(rates.stay),
        dose=rates.dose // 2,
        **clocks,
        **roots,
    )


def totals(rates: Rates, policy: Policy, dependent: int, steps: int, replicates: int, seed: int) -> Table:
    """[replicates, COLUMNS] totals over a run."""

    def one(replicate: int) -> NDArray[np.int64]:
        return np.asarray(simulate(rates, policy, dependent, steps, seed, 0, replicate).weekly.sum(axis=0))

    with ThreadPoolExecutor(2) as pool:
        return np.stack(list(pool.map(one, range(replicates)))).reshape(replicates, COLUMNS).astype(np.float64)


def compare(rates: Rates, policy: Policy, dependent: int, weeks: int, replicates: int) -> list[Difference]:
    """Mean totals by either step."""
    run = partial(totals, dependent=dependent, replicates=replicates)
    whole = run(rates, policy, steps=weeks, seed=1)
    half = run(half_people(rates), half_policy(policy), steps=2 * weeks, seed=2)
    found = []
    for name, (first, width, scale) in COMPARED.items():
        weekly, halved = (t[:, first : first + width].sum(axis=1) for t in (whole, half * scale))
        error = float(np.sqrt((weekly.var(ddof=1) + halved.var(ddof=1)) / replicates))
        found.append(Difference(name, float(weekly.mean()), float(halved.mean()), error))
    return found
