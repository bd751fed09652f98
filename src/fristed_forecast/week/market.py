"""The market of a small open town: it takes its price, demand moves dealers' revenue and number.

Every effect of policy on price is an elasticity centred on zero. Recovery from a shock is integrated
within the week.
"""

import math

from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.counts import AVAILABILITY, CRACK_PENCE, HEROIN_PENCE, PRICE, STREET_MICROGRAMS
from fristed_forecast.week.counts import DEALERS as DEALERS_COLUMN
from fristed_forecast.week.hazards import open_now
from fristed_forecast.week.inputs import Ints, Policy, Rates
from fristed_forecast.week.people import Totals
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
    Town,
)

OPERATION_WEEKS = 26.0  # a major operation is spread over half a year


@compiled
def supply_lost(policy: Policy, week: int) -> float:
    """Share of supply lost to a cut at the source, halving each `supply_weeks`."""
    if not open_now(policy, week) or policy.supply_cut <= 0.0:
        return 0.0
    return policy.supply_cut * 0.5 ** ((week - policy.start) / policy.supply_weeks)


@compiled
def substituted(lost: float, rates: Rates, policy: Policy, week: int) -> float:
    """Share of the lost volume that a second good has taken over by this week."""
    if not policy.substitute or lost == 0.0:
        return 0.0
    arrived = -math.expm1(-(week - policy.start + 1) / rates.market.substitute_weeks)
    return rates.market.cross * arrived


@compiled
def missing_dealers(before: float, arrests: float, replace_weeks: float) -> tuple[float, float]:
    """Dealers whose place stands empty at the end of a week and on average in it; arrests come evenly."""
    fade = math.exp(-1.0 / replace_weeks)
    level = arrests * replace_weeks
    after = level + (before - level) * fade
    average = level + (before - level) * replace_weeks * (1.0 - fade)
    return after, average


@compiled
def dealers_week(town: Town, rates: Rates, policy: Policy, week: int, revenue: float) -> float:
    """Move the number of dealers one week; the average number of empty places."""
    good = rates.market
    running = open_now(policy, week) and week - policy.start < OPERATION_WEEKS
    arrests = policy.dealer_arrests / OPERATION_WEEKS if running else 0.0
    after, average = missing_dealers(town.market[MISSING], arrests, good.replace_weeks)
    number = town.market[DEALERS]
    pull = revenue / (good.wage * number) - 1.0
    town.market[MISSING] = after
    town.market[DEALERS] = max(1e-6, number * (1.0 + good.churn * pull) - arrests * (1.0 - good.replaced))
    return average


@compiled
def price_week(town: Town, rates: Rates, demand: float) -> None:
    """Log price against the national one: returns to zero, pushed by local demand and enforcement."""
    good = rates.market
    push = good.price_demand * math.log(max(demand, 1e-9)) + good.price_enforcement * math.log1p(town.market[RISK])
    town.market[LOG_PRICE] += good.revert * (push - town.market[LOG_PRICE])


@compiled
def market_week(town: Town, totals: Totals, rates: Rates, policy: Policy, week: int, buyers: float,
                today: Ints) -> None:  # fmt: skip
    """One week of the market from last week's totals; `buyers` is the number of people at large who buy."""
    good = rates.market
    lost = supply_lost(policy, week)
    replaced = substituted(lost, rates, policy, week)
    deterred = (1.0 + town.market[RISK]) ** rates.deter_use
    demand = deterred * totals.street[0] / max(1.0, town.market[VOLUME_START])
    price_week(town, rates, demand)
    effective = math.exp(town.market[LOG_PRICE]) / (1.0 - lost)
    volume = totals.street[0] * deterred * effective**good.elasticity
    volume *= 1.0 - lost + lost * replaced
    pence = volume * 1e-6 * good.price * math.exp(town.market[LOG_PRICE])
    empty = dealers_week(town, rates, policy, week, pence + buyers * good.crack)
    town.market[AVAILABLE] = max(0.0, 1.0 - empty / max(town.market[DEALERS_START], 1e-6))
    town.market[PURITY] = (1.0 - lost) ** good.purity_deaths
    town.market[VOLUME] = volume
    today[STREET_MICROGRAMS] = round(volume)
    today[HEROIN_PENCE] = round(pence)
    today[CRACK_PENCE] = round(buyers * good.crack)
    today[PRICE] = round(good.price * math.exp(town.market[LOG_PRICE]))
    today[DEALERS_COLUMN] = round(town.market[DEALERS] * 1000.0)
    today[AVAILABILITY] = round(town.market[AVAILABLE] * 1000.0)
