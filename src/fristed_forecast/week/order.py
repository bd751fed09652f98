"""The week, in order, and the run: this is where the steps are called and nothing is decided."""

from typing import NamedTuple

import numpy as np

from fristed_forecast.week import hazards, keys
from fristed_forecast.week.arresting import charge_factor, courts, police_minutes, possession_arrests, wanted
from fristed_forecast.week.bounds import ALL, hit, hits, reset_bounds, set_bounds
from fristed_forecast.week.checks import at_the_end, each_week, recount
from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.counts import ALIVE, COLUMNS, HAT_MICROGRAMS, HAT_PLACES, PEOPLE
from fristed_forecast.week.dying import other, poisoned
from fristed_forecast.week.entering import enter, initiation, settle
from fristed_forecast.week.inputs import Ints, Policy, Rates
from fristed_forecast.week.leaving import ask, change, give_up, leave, stay_over
from fristed_forecast.week.market import market_week
from fristed_forecast.week.offending import offend, turn_spell
from fristed_forecast.week.patches import pressure_week
from fristed_forecast.week.people import People, Totals, empty_people, empty_totals
from fristed_forecast.week.queueing import close_hat, serve_all
from fristed_forecast.week.room import room_week
from fristed_forecast.week.states import DEAD, HAT, LEFT, ONTOP, RELEASED, ROWS, USING
from fristed_forecast.week.town import PURITY, Town, empty_town, open_town


class Today(NamedTuple):
    """What a person's week needs from the town."""

    week: int
    purity: float
    supervised: float
    charge: float
    caps: tuple[float, float]


@compiled
def die_this_week(people: People, totals: Totals, rates: Rates, policy: Policy, i: int, mask: keys.U, now: Today,
                  today: Ints) -> bool:  # fmt: skip
    """Poisoning first, then other causes."""
    if hit(mask, keys.POISON) and poisoned(
        people, totals, rates, policy, i, now.week, now.purity, now.supervised, today
    ):
        return True
    return hit(mask, keys.OTHER) and other(people, totals, rates, i, now.week, today)


@compiled
def exit_this_week(people: People, totals: Totals, rates: Rates, policy: Policy, i: int, mask: keys.U, now: Today,
                   today: Ints) -> None:  # fmt: skip
    """Ends of stays, then changes within a stay, then asking."""
    week = now.week
    if hit(mask, keys.SPELL):
        turn_spell(people, rates, i, week)
    if hit(mask, keys.ABANDON):
        give_up(people, rates, i, week, today)
    gone = stay_over(people, totals, rates, policy, i, week, now.caps, today)
    if not gone and hit(mask, keys.LEAVE):
        gone = leave(people, totals, rates, policy, i, week, now.caps, today)
    if not gone and (hit(mask, keys.REMIT) or hit(mask, keys.SHIFT)):
        change(people, totals, rates, policy, i, week, now.caps, today)
    if hit(mask, keys.ASK_REHAB) or hit(mask, keys.ASK_HAT) or hit(mask, keys.JOIN_ROOM):
        ask(people, totals, rates, policy, i, week)


@compiled
def person_week(people: People, totals: Totals, rates: Rates, policy: Policy, town: Town, i: int, mask: keys.U,
                now: Today, today: Ints) -> None:  # fmt: skip
    """One person's week: offences, deaths, exits; being wanted is noted for the arrests."""
    if hit(mask, keys.OFFEND):
        pressure = town.pressure[people.patch[i]]
        offend(people, totals, rates, policy, i, now.week, pressure, now.charge, town, today)
    rest = mask & ~(keys.U(1) << keys.U(33))
    if rest == keys.U(0) and people.turn[i] != now.week:
        return
    if hit(mask, keys.ARREST) and keys.uniform(people.key[i], now.week, keys.ARREST) < hazards.possession(
        people, policy, i, now.week
    ):
        wanted(people, totals, i)
    if die_this_week(people, totals, rates, policy, i, mask, now, today):
        return
    exit_this_week(people, totals, rates, policy, i, mask, now, today)
    set_bounds(people, rates, policy, i, now.week, now.caps)


@compiled
def everybody(people: People, totals: Totals, rates: Rates, policy: Policy, town: Town, plain: bool, now: Today,
              today: Ints) -> None:  # fmt: skip
    """Each living person's week; the filter passes over those to whom nothing can happen."""
    for i in range(totals.size[0]):
        if people.row[i] == DEAD:
            continue
        mask = ALL if plain else hits(people, i, now.week)
        if mask != keys.U(0) or people.turn[i] == now.week:
            person_week(people, totals, rates, policy, town, i, mask, now, today)


@compiled
def close_books(totals: Totals, rates: Rates, policy: Policy, week: int, today: Ints) -> None:
    """Person-weeks, amounts and places as they stand when the week ends."""
    for row in range(ROWS):
        today[PEOPLE + 2 * row] = totals.held[row, 0]
        today[PEOPLE + 2 * row + 1] = totals.held[row, 1]
    today[ALIVE] = totals.size[1]
    today[HAT_MICROGRAMS] = (totals.held[HAT, 0] + totals.held[HAT, 1]) * rates.dose
    if policy.hat_open and hazards.open_now(policy, week):
        today[HAT_PLACES] = policy.hat_places


@compiled
def before_people(people: People, totals: Totals, rates: Rates, policy: Policy, town: Town, run: keys.U, week: int,
                  caps: tuple[float, float], today: Ints) -> tuple[float, float]:  # fmt: skip
    """Market, entrants, pressure on places, and bounds that hold for them; the caps in force."""
    if week == policy.stop and policy.hat_open:
        close_hat(people, totals, rates, policy, week, caps)
    market_week(town, totals, rates, policy, week, street_users(totals), today)
    rate = initiation(town, rates, policy, week, float(totals.sellers[0]))
    first = enter(people, totals, rates, run, week, rate, today)
    largest = pressure_week(town, rates, policy, week, today)
    if largest > caps[0]:
        caps = (largest * 1.1, caps[1])
        first = 0
    if week % 26 == 0 or week == policy.start or week == policy.stop:
        first = 0
    for i in range(first, totals.size[0]):
        if people.row[i] != DEAD:
            set_bounds(people, rates, policy, i, week, caps)
    return caps


@compiled
def street_users(totals: Totals) -> float:
    """People who buy on the street every week."""
    return float(totals.acting[USING] + totals.acting[LEFT] + totals.acting[RELEASED] + totals.acting[ONTOP])


@compiled
def one_week(people: People, totals: Totals, rates: Rates, policy: Policy, town: Town, run: keys.U, week: int,
             plain: bool, caps: tuple[float, float], supervised: float, today: Ints) -> tuple[float, float, float]:  # fmt: skip
    """One week in the written order; the caps and the supervised share for the next."""
    caps = before_people(people, totals, rates, policy, town, run, week, caps, today)
    now = Today(week, town.market[PURITY], supervised, rates.charged * charge_factor(town), caps)
    totals.many[:] = 0
    everybody(people, totals, rates, policy, town, plain, now, today)
    at_large = int(street_users(totals))
    possession_arrests(people, totals, rates, policy, week, caps, today)
    courts(people, totals, rates, policy, week, caps, today)
    police_minutes(town, rates, policy, at_large, today)
    serve_all(people, totals, rates, policy, week, caps, today)
    supervised = room_week(people, totals, rates, policy, week, today)
    close_books(totals, rates, policy, week, today)
    return caps[0], caps[1], supervised


@compiled
def weeks(people: People, totals: Totals, rates: Rates, policy: Policy, town: Town, run: keys.U, plain: bool,
          out: Ints) -> int:  # fmt: skip
    """All weeks; 0 or fault * 100000 + week."""
    caps, supervised = (1.0, 1.0), 0.0
    for week in range(out.shape[0]):
        before = totals.size[1]
        held = totals.held[HAT, 0] + totals.held[HAT, 1]
        first, second, supervised = one_week(
            people, totals, rates, policy, town, run, week, plain, caps, supervised, out[week]
        )
        caps = (first, second)
        fault = each_week(totals, rates, policy, before, held, out[week])
        if fault == 0 and week % 52 == 51:
            fault = recount(people, totals, rates)
        if totals.size[0] == people.key.size:
            fault = 13
        if fault > 0:
            return fault * 100000 + week
    return at_the_end(people, totals, out.sum(axis=0)) * 100000


@compiled
def run_weeks(rates: Rates, policy: Policy, number: int, storage: int, run: keys.U, plain: bool,
              out: Ints) -> tuple[int, Ints, Ints]:  # fmt: skip
    """One run from nothing: fault code, the tallies of persons and their keys by row of storage."""
    people, totals, town = empty_people(storage), empty_totals(storage), empty_town()
    settle(people, totals, rates, run, number)
    open_town(town, totals, rates, street_users(totals))
    fault = weeks(people, totals, rates, policy, town, run, plain, out)
    return fault, people.tally, people.key
