# mypy: disable-error-code=no-any-return
# (records of the kernel have no static type)
"""The market of a small open town: it takes its price, demand moves dealers' revenue and number.

Every effect of policy on price is an elasticity centred on zero. Recovery from a shock is integrated
within the week.
"""

import math

from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.counts import AVAILABILITY, CRACK_PENCE, HEROIN_PENCE, PRICE, STREET_MICROGRAMS
from fristed_forecast.week.counts import DEALERS as DEALERS_COLUMN
from fristed_forecast.week.hazards import open_now
from fristed_forecast.week.inputs import Books
from fristed_forecast.week.town import (
    AVAILABLE,
    DEALERS,
    DEALERS_START,
    LOG_PRICE,
    MISSING,
    PURITY,
    RISK,
    VOLUME,
    VOLUME_START,
)
from fristed_forecast.week.world import World

OPERATION_WEEKS = 26.0  # a major operation is spread over half a year


@compiled
def supply_lost(w: World, week: int) -> float:
    """Share of supply lost to a cut at the source, halving each `supply_weeks`."""
    if not open_now(w, week) or w.policy.supply_cut <= 0.0:
        return 0.0
    return w.policy.supply_cut * 0.5 ** ((week - w.policy.start) / w.policy.supply_weeks)


@compiled
def substituted(lost: float, w: World, week: int) -> float:
    """Share of the lost volume that a second good has taken over by this week."""
    if not w.policy.substitute or lost == 0.0:
        return 0.0
    arrived = -math.expm1(-(week - w.policy.start + 1) / w.rates.market_substitute_weeks)
    return w.rates.market_cross * arrived


@compiled
def missing_dealers(before: float, arrests: float, replace_weeks: float) -> tuple[float, float]:
    """Dealers whose place stands empty at the end of a week and on average in it; arrests come evenly."""
    fade = math.exp(-1.0 / replace_weeks)
    level = arrests * replace_weeks
    after = level + (before - level) * fade
    average = level + (before - level) * replace_weeks * (1.0 - fade)
    return after, average


@compiled
def dealers_week(w: World, week: int, revenue: float) -> float:
    """Move the number of dealers one week; the average number of empty places."""
    running = open_now(w, week) and week - w.policy.start < OPERATION_WEEKS
    arrests = w.policy.dealer_arrests / OPERATION_WEEKS if running else 0.0
    after, average = missing_dealers(w.town.market[MISSING], arrests, w.rates.market_replace_weeks)
    number = w.town.market[DEALERS]
    pull = revenue / (w.rates.market_wage * number) - 1.0
    w.town.market[MISSING] = after
    w.town.market[DEALERS] = max(
        1e-6, number * (1.0 + w.rates.market_churn * pull) - arrests * (1.0 - w.rates.market_replaced)
    )
    return average


@compiled
def price_week(w: World, demand: float) -> None:
    """Log price against the national one: returns to zero, pushed by local demand and enforcement."""
    push = w.rates.market_price_demand * math.log(max(demand, 1e-9)) + w.rates.market_price_enforcement * math.log1p(
        w.town.market[RISK]
    )
    w.town.market[LOG_PRICE] += w.rates.market_revert * (push - w.town.market[LOG_PRICE])


@compiled
def market_week(w: World, week: int, buyers: float, today: Books) -> None:
    """One week of the market from last week's totals; `buyers` is the number of people at large who buy."""
    lost = supply_lost(w, week)
    replaced = substituted(lost, w, week)
    deterred = (1.0 + w.town.market[RISK]) ** w.rates.deter_use
    demand = deterred * w.totals.street[0] / max(1.0, w.town.market[VOLUME_START])
    price_week(w, demand)
    effective = math.exp(w.town.market[LOG_PRICE]) / (1.0 - lost)
    volume = w.totals.street[0] * deterred * effective**w.rates.market_elasticity
    volume *= 1.0 - lost + lost * replaced
    pence = volume * 1e-6 * w.rates.market_price * math.exp(w.town.market[LOG_PRICE])
    empty = dealers_week(w, week, pence + buyers * w.rates.market_crack)
    w.town.market[AVAILABLE] = max(0.0, 1.0 - empty / max(w.town.market[DEALERS_START], 1e-6))
    w.town.market[PURITY] = (1.0 - lost) ** w.rates.market_purity_deaths
    w.town.market[VOLUME] = volume
    today[STREET_MICROGRAMS] = round(volume)
    today[HEROIN_PENCE] = round(pence)
    today[CRACK_PENCE] = round(buyers * w.rates.market_crack)
    today[PRICE] = round(w.rates.market_price * math.exp(w.town.market[LOG_PRICE]))
    today[DEALERS_COLUMN] = round(w.town.market[DEALERS] * 1000.0)
    today[AVAILABILITY] = round(w.town.market[AVAILABLE] * 1000.0)
