"""What the town remembers from week to week: prices, dealers, places, the risk of arrest."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.inputs import Rates
from fristed_forecast.week.people import Totals

PATCHES = 10
(LOG_PRICE, DEALERS, MISSING, PURITY, AVAILABLE, RISK, VOLUME_START, SELLERS_START, VOLUME, DISPLACED,
 DEALERS_START) = range(11)  # fmt: skip


class Town(NamedTuple):
    """Aggregates carried from last week."""

    market: NDArray[np.float64]  # [11] by the constants above
    offences: NDArray[np.int64]  # [PATCHES] this week
    recent: NDArray[np.float64]  # [PATCHES] exponentially weighted weekly offences
    worked: NDArray[np.float64]  # [PATCHES] log ratio from problems worked on
    pressure: NDArray[np.float64]  # [PATCHES] this week's multiplier of offending


@compiled
def empty_town() -> Town:
    """A town before its first week."""
    return Town(
        market=np.zeros(11),
        offences=np.zeros(PATCHES, np.int64),
        recent=np.zeros(PATCHES),
        worked=np.zeros(PATCHES),
        pressure=np.ones(PATCHES),
    )


@compiled
def open_town(town: Town, totals: Totals, rates: Rates, buyers: float) -> None:
    """Start values from the people as they are: as many dealers as the revenue pays at their other wage."""
    revenue = totals.street[0] * 1e-6 * rates.market.price + buyers * rates.market.crack
    town.market[DEALERS] = revenue / rates.market.wage
    town.market[DEALERS_START] = town.market[DEALERS]
    town.market[PURITY] = 1.0
    town.market[AVAILABLE] = 1.0
    town.market[VOLUME_START] = totals.street[0]
    town.market[VOLUME] = totals.street[0]
    town.market[SELLERS_START] = max(1, totals.sellers[0])
