"""The week, in order, and the run: this is where the steps are called and nothing is decided."""

from typing import NamedTuple

from fristed_forecast.week import hazards, keys
from fristed_forecast.week.arresting import charge_factor, courts, police_minutes, possession_arrests, wanted
from fristed_forecast.week.bounds import ALL, BEYOND_CRIME, hit, hits, set_aging_bounds, set_bounds, set_offend_bound
from fristed_forecast.week.checks import at_the_end, each_week, recount
from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.counts import ALIVE, HAT_MICROGRAMS, HAT_PLACES, PEOPLE
from fristed_forecast.week.dying import other, poisoned
from fristed_forecast.week.entering import enter, initiation, settle
from fristed_forecast.week.inputs import Ints
from fristed_forecast.week.leaving import ask, change, give_up, leave, stay_over
from fristed_forecast.week.market import market_week
from fristed_forecast.week.offending import offend, turn_spell
from fristed_forecast.week.patches import pressure_week
from fristed_forecast.week.queueing import close_hat, serve_all
from fristed_forecast.week.room import room_week
from fristed_forecast.week.states import DEAD, HAT, LEFT, ONTOP, RELEASED, ROWS, USING
from fristed_forecast.week.town import PURITY, open_town
from fristed_forecast.week.world import Stores, World


class Today(NamedTuple):
    """What a person's week needs from the w.town."""

    week: int
    purity: float
    supervised: float
    charge: float
    caps: tuple[float, float]


@compiled
def die_this_week(w: World, i: int, mask: keys.U, now: Today, today: Ints) -> bool:
    """Poisoning first, then other causes."""
    if hit(mask, keys.POISON) and poisoned(w, i, now.week, now.purity, now.supervised, today):
        return True
    return hit(mask, keys.OTHER) and other(w, i, now.week, today)


@compiled
def exit_this_week(w: World, i: int, mask: keys.U, now: Today, today: Ints) -> bool:
    """Ends of stays, then changes within a stay, then asking; True if the person moved, which sets their bounds."""
    week = now.week
    if hit(mask, keys.SPELL):
        turn_spell(w, i, week)
    if hit(mask, keys.ABANDON):
        give_up(w, i, week, today)
    gone = stay_over(w, i, week, now.caps, today)
    if not gone and hit(mask, keys.LEAVE):
        gone = leave(w, i, week, now.caps, today)
    if not gone and (hit(mask, keys.REMIT) or hit(mask, keys.SHIFT)):
        gone = change(w, i, week, now.caps, today)
    if not gone and (hit(mask, keys.ASK_REHAB) or hit(mask, keys.ASK_HAT) or hit(mask, keys.JOIN_ROOM)):
        ask(w, i, week)
    return gone


@compiled
def person_week(w: World, i: int, mask: keys.U, now: Today, today: Ints) -> None:
    """One person's week: offences, deaths, exits; being wanted is noted for the arrests."""
    if hit(mask, keys.OFFEND):
        offend(w, i, now.week, w.town.pressure[w.people[i].patch], now.charge, today)
    if mask & BEYOND_CRIME == keys.U(0) and w.people[i].turn != now.week:
        if hit(mask, keys.SPELL) and turn_spell(w, i, now.week):
            set_offend_bound(w, i, now.caps[0])
        return
    if hit(mask, keys.ARREST) and keys.uniform(w.people[i].key, now.week, keys.ARREST) < hazards.possession(
        w, i, now.week
    ):
        wanted(w, i)
    if die_this_week(w, i, mask, now, today):
        return
    if not exit_this_week(w, i, mask, now, today):
        set_bounds(w, i, now.week, now.caps)


@compiled
def everybody(w: World, plain: bool, now: Today, today: Ints) -> None:
    """Each living person's week; the filter passes over those to whom nothing can happen."""
    for i in range(w.totals.counted[0]):
        if w.people[i].row == DEAD:
            continue
        mask = ALL if plain else hits(w, i, now.week)
        if mask != keys.U(0) or w.people[i].turn == now.week:
            person_week(w, i, mask, now, today)


@compiled
def close_books(w: World, week: int, today: Ints) -> None:
    """Person-weeks, amounts and places as they stand when the week ends."""
    for row in range(ROWS):
        today[PEOPLE + 2 * row] = w.totals.held[row, 0]
        today[PEOPLE + 2 * row + 1] = w.totals.held[row, 1]
    today[ALIVE] = w.totals.counted[1]
    today[HAT_MICROGRAMS] = (w.totals.held[HAT, 0] + w.totals.held[HAT, 1]) * w.rates.dose
    if w.policy.hat_open and hazards.open_now(w, week):
        today[HAT_PLACES] = w.policy.hat_places


@compiled
def before_people(w: World, run: keys.U, week: int, caps: tuple[float, float], today: Ints) -> tuple[float, float]:
    """Market, entrants, pressure on places, and bounds that hold for them; the caps in force."""
    if week == w.policy.stop and w.policy.hat_open:
        close_hat(w, week, caps)
    market_week(w, week, street_users(w), today)
    rate = initiation(w, week, float(w.totals.sellers[0]))
    first = enter(w, run, week, rate, today)
    largest = pressure_week(w, week, today)
    if largest > caps[0]:
        caps = (largest * 1.1, caps[1])
        first = 0
    if week in (0, w.policy.start, w.policy.stop):
        first = 0
    for i in range(first, w.totals.counted[0]):
        if w.people[i].row != DEAD:
            set_bounds(w, i, week, caps)
    if week % 26 == 0:
        for i in range(first):
            if w.people[i].row != DEAD:
                set_aging_bounds(w, i, week)
    return caps


@compiled
def street_users(w: World) -> float:
    """People who buy on the street every week."""
    return float(w.totals.acting[USING] + w.totals.acting[LEFT] + w.totals.acting[RELEASED] + w.totals.acting[ONTOP])


@compiled
def one_week(
    w: World, run: keys.U, week: int, plain: bool, caps: tuple[float, float], supervised: float, today: Ints
) -> tuple[float, float, float]:
    """One week in the written order; the caps and the supervised share for the next."""
    caps = before_people(w, run, week, caps, today)
    now = Today(week, w.town.market[PURITY], supervised, w.rates.charged * charge_factor(w), caps)
    w.totals.many[:] = 0
    everybody(w, plain, now, today)
    at_large = int(street_users(w))
    possession_arrests(w, week, caps, today)
    courts(w, week, caps, today)
    police_minutes(w, at_large, today)
    serve_all(w, week, caps, today)
    supervised = room_week(w, week, today)
    close_books(w, week, today)
    return caps[0], caps[1], supervised


@compiled
def weeks(w: World, run: keys.U, plain: bool, out: Ints) -> int:
    """All weeks; 0 or fault * 100000 + week."""
    caps, supervised = (1.0, 1.0), 0.0
    for week in range(out.shape[0]):
        before = w.totals.counted[1]
        held = w.totals.held[HAT, 0] + w.totals.held[HAT, 1]
        first, second, supervised = one_week(w, run, week, plain, caps, supervised, out[week])
        caps = (first, second)
        fault = each_week(w, before, held, out[week])
        if fault == 0 and week % 52 == 51:
            fault = recount(w)
        if w.totals.counted[0] == w.people.size:
            fault = 13
        if fault > 0:
            return fault * 100000 + week
    return at_the_end(w, out.sum(axis=0), out.shape[0]) * 100000


@compiled
def run_weeks(stores: Stores, number: int, seed: int, draw: int, replicate: int, plain: bool, out: Ints) -> int:
    """One run from nothing, into storage: 0 or a fault code."""
    w = World(stores.people, stores.totals[0], stores.town[0], stores.rates[0], stores.policy[0])
    run = keys.run_key(seed, draw, replicate)
    settle(w, run, number)
    open_town(w, street_users(w))
    return weeks(w, run, plain, out)
