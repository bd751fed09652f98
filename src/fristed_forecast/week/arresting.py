"""Arrests within the hours there are, courts, custody within the places there are."""

import numpy as np

from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.counts import (
    ARREST_MINUTES,
    CHARGED,
    CUSTODY_REFUSED,
    CUSTODY_STARTS,
    INVESTIGATION_MINUTES,
    MINUTES_LACKING,
    POSSESSION,
    RECORDED,
    TYPES,
)
from fristed_forecast.week.hazards import free, open_now
from fristed_forecast.week.inputs import Ints, Policy, Rates
from fristed_forecast.week.keys import ARREST, CUSTODY, TREATED, U, lane, rare_uniform, tail
from fristed_forecast.week.moving import move
from fristed_forecast.week.people import T_THIS_WEEK, People, Totals, remember_arrest
from fristed_forecast.week.states import DEAD, PRISON, PRISON_OST
from fristed_forecast.week.town import DISPLACED, RISK, Town


@compiled
def charge_factor(town: Town) -> float:
    """Share of the usual charges that are still made when investigators were sent elsewhere last week."""
    return max(0.0, 1.0 - town.market[DISPLACED])


@compiled
def wanted(people: People, totals: Totals, i: int) -> None:
    """List a person wanted for possession this week."""
    totals.listed[1, totals.many[1]] = i
    totals.many[1] += 1


@compiled
def in_hand(people: People, totals: Totals, queue: int, week: int, purpose: int) -> None:
    """Sort a week's list by each person's own uniform, so that storage order decides nothing."""
    many = totals.many[queue]
    for k in range(many):
        key = people.key[totals.listed[queue, k]]
        totals.rank[k] = (lane(key, week, purpose) << U(32)) | U(tail(key, week, purpose) * 2.0**32)
    order = np.argsort(totals.rank[:many])
    totals.listed[queue, :many] = totals.listed[queue, :many][order]


@compiled
def imprison(people: People, totals: Totals, rates: Rates, policy: Policy, i: int, week: int,
             caps: tuple[float, float], today: Ints) -> None:  # fmt: skip
    """Custody, if there is a place."""
    running = open_now(policy, week)
    places = policy.prison_places if running else 1 << 30
    if totals.acting[PRISON] + totals.acting[PRISON_OST] >= places:
        today[CUSTODY_REFUSED] += 1
        return
    today[CUSTODY_STARTS] += 1
    treated = min(1.0, rates.treated_inside * (policy.treated_inside if running else 1.0))
    inside = PRISON_OST if rare_uniform(people.key[i], week, TREATED, 0) < treated else PRISON
    move(people, totals, rates, policy, i, inside, week, caps)


@compiled
def sentence(people: People, totals: Totals, rates: Rates, policy: Policy, week: int, i: int,
             caps: tuple[float, float], today: Ints) -> None:  # fmt: skip
    """One charged person before the court."""
    charges = people.tally[i, T_THIS_WEEK]
    each = min(1.0, rates.custody * (policy.custody if open_now(policy, week) else 1.0))
    if rare_uniform(people.key[i], week, CUSTODY, 0) < 1.0 - (1.0 - each) ** charges:
        imprison(people, totals, rates, policy, i, week, caps, today)


@compiled
def courts(people: People, totals: Totals, rates: Rates, policy: Policy, week: int,
           caps: tuple[float, float], today: Ints) -> None:  # fmt: skip
    """Everybody charged this week; arrests for theft are remembered, their minutes counted."""
    in_hand(people, totals, 0, week, CUSTODY)
    for k in range(totals.many[0]):
        i = totals.listed[0, k]
        if people.row[i] == DEAD:
            continue
        remember_arrest(people, i, week)
        if free(people.acts[i]):
            sentence(people, totals, rates, policy, week, i, caps, today)


@compiled
def possession_arrests(people: People, totals: Totals, rates: Rates, policy: Policy, week: int,
                       caps: tuple[float, float], today: Ints) -> None:  # fmt: skip
    """Arrest the wanted, lowest uniform first, until the week's minutes are gone."""
    in_hand(people, totals, 1, week, ARREST)
    minutes = int(policy.arrest_hours * 60.0)
    for k in range(totals.many[1]):
        i = totals.listed[1, k]
        if people.row[i] == DEAD:
            continue
        if minutes < rates.arrest_minutes:
            today[MINUTES_LACKING] += rates.arrest_minutes
            continue
        minutes -= rates.arrest_minutes
        today[POSSESSION] += 1
        remember_arrest(people, i, week)
        if free(people.acts[i]) and rare_uniform(people.key[i], week, CUSTODY, 1) < policy.arrest_custody:
            imprison(people, totals, rates, policy, i, week, caps, today)


@compiled
def police_minutes(town: Town, rates: Rates, policy: Policy, at_large: int, today: Ints) -> None:
    """Minutes by task, next week's displaced investigation and the risk of arrest per year."""
    recorded, charged = 0, 0
    for k in range(TYPES):
        recorded += today[RECORDED + k]
        charged += today[CHARGED + k]
    today[ARREST_MINUTES] = (charged + today[POSSESSION]) * rates.arrest_minutes
    need = recorded * rates.investigation_minutes
    taken = min(float(need), today[POSSESSION] * rates.arrest_minutes * policy.arrest_displaces)
    today[INVESTIGATION_MINUTES] = need - int(taken)
    town.market[DISPLACED] = taken / max(1.0, float(need))
    town.market[RISK] = 52.0 * today[POSSESSION] / max(1, at_large)
