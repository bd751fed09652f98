# mypy: disable-error-code=no-any-return
# (records of the kernel have no static type)
"""Arrests within the hours there are, courts, custody within the places there are."""

import numpy as np
from numpy.typing import NDArray

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
from fristed_forecast.week.inputs import Books, Ints
from fristed_forecast.week.keys import ARREST, CUSTODY, TREATED, U, lane, rare_uniform, tail
from fristed_forecast.week.moving import move
from fristed_forecast.week.people import T_THIS_WEEK, remember_arrest
from fristed_forecast.week.states import DEAD, PRISON, PRISON_OST
from fristed_forecast.week.town import DISPLACED, RISK
from fristed_forecast.week.world import World


@compiled
def charge_factor(w: World) -> float:
    """Share of the usual charges that are still made when investigators were sent elsewhere last week."""
    return max(0.0, 1.0 - w.town.market[DISPLACED])


@compiled
def wanted(w: World, i: int) -> None:
    """List a person wanted for possession this week."""
    w.people[w.totals.many[1]].listed[1] = i
    w.totals.many[1] += 1


@compiled
def in_hand(w: World, queue: int, week: int, purpose: int) -> NDArray[np.int32]:
    """A week's list in the order of each person's own uniform, so that storage order decides nothing."""
    many = w.totals.many[queue]
    people, rank = np.empty(many, np.int32), np.empty(many, np.uint64)
    for k in range(many):
        people[k] = w.people[k].listed[queue]
        key = w.people[people[k]].key
        rank[k] = (lane(key, week, purpose) << U(32)) | U(tail(key, week, purpose) * 2.0**32)
    return people[np.argsort(rank)]


@compiled
def imprison(w: World, i: int, week: int, caps: tuple[float, float], today: Ints) -> None:
    """Custody, if there is a place."""
    running = open_now(w, week)
    places = w.policy.prison_places if running else 1 << 30
    if w.totals.acting[PRISON] + w.totals.acting[PRISON_OST] >= places:
        today[CUSTODY_REFUSED] += 1
        return
    today[CUSTODY_STARTS] += 1
    treated = min(1.0, w.rates.treated_inside * (w.policy.treated_inside if running else 1.0))
    inside = PRISON_OST if rare_uniform(w.people[i].key, week, TREATED, 0) < treated else PRISON
    move(w, i, inside, week, caps)


@compiled
def sentence(w: World, week: int, i: int, caps: tuple[float, float], today: Ints) -> None:
    """One charged person before the court."""
    charges = w.people[i].tally[T_THIS_WEEK]
    each = min(1.0, w.rates.custody * (w.policy.custody if open_now(w, week) else 1.0))
    if rare_uniform(w.people[i].key, week, CUSTODY, 0) < 1.0 - (1.0 - each) ** charges:
        imprison(w, i, week, caps, today)


@compiled
def courts(w: World, week: int, caps: tuple[float, float], today: Ints) -> None:
    """Everybody charged this week; arrests for theft are remembered, their minutes counted."""
    for i in in_hand(w, 0, week, CUSTODY):
        if w.people[i].row == DEAD:
            continue
        remember_arrest(w, i, week)
        if free(w.people[i].acts):
            sentence(w, week, i, caps, today)


@compiled
def possession_arrests(w: World, week: int, caps: tuple[float, float], today: Ints) -> None:
    """Arrest the wanted, lowest uniform first, until the week's minutes are gone."""
    minutes = int(w.policy.arrest_hours * 60.0)
    for i in in_hand(w, 1, week, ARREST):
        if w.people[i].row == DEAD:
            continue
        if minutes < w.rates.arrest_minutes:
            today[MINUTES_LACKING] += w.rates.arrest_minutes
            continue
        minutes -= w.rates.arrest_minutes
        today[POSSESSION] += 1
        remember_arrest(w, i, week)
        if free(w.people[i].acts) and rare_uniform(w.people[i].key, week, CUSTODY, 1) < w.policy.arrest_custody:
            imprison(w, i, week, caps, today)


@compiled
def police_minutes(w: World, at_large: int, today: Books) -> None:
    """Minutes by task, next week's displaced investigation and the risk of arrest per year."""
    recorded, charged = 0, 0
    for k in range(TYPES):
        recorded += today[RECORDED + k]
        charged += today[CHARGED + k]
    today[ARREST_MINUTES] = (charged + today[POSSESSION]) * w.rates.arrest_minutes
    need = recorded * w.rates.investigation_minutes
    taken = min(float(need), today[POSSESSION] * w.rates.arrest_minutes * w.policy.arrest_displaces)
    today[INVESTIGATION_MINUTES] = need - int(taken)
    w.town.market[DISPLACED] = taken / max(1.0, float(need))
    w.town.market[RISK] = 52.0 * today[POSSESSION] / max(1, at_large)
