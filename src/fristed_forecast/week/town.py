"""What the town remembers from week to week: prices, dealers, places, the risk of arrest."""

from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.world import World

(
    LOG_PRICE,
    DEALERS,
    MISSING,
    PURITY,
    AVAILABLE,
    RISK,
    VOLUME_START,
    SELLERS_START,
    VOLUME,
    DISPLACED,
    DEALERS_START,
) = range(11)


@compiled
def open_town(w: World, buyers: float) -> None:
    """Start values from the people as they are: as many dealers as the revenue pays at their other wage."""
    town = w.town.market
    street = float(w.totals.street[0])
    revenue = street * 1e-6 * w.rates.market_price + buyers * w.rates.market_crack
    town[DEALERS] = revenue / w.rates.market_wage
    town[DEALERS_START] = town[DEALERS]
    town[PURITY] = 1.0
    town[AVAILABLE] = 1.0
    town[VOLUME_START] = street
    town[VOLUME] = street
    town[SELLERS_START] = max(1, w.totals.sellers[0])
    w.town.pressure[:] = 1.0
