# mypy: disable-error-code=no-any-return
# (records of the kernel have no static type)
"""Who starts. The k-th entrant of a week enters while cumulated keyed exponentials stay below the rate, so a
change of the rate adds or takes away people and never reshuffles them."""

import math

from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.counts import ENTRANTS
from fristed_forecast.week.hazards import open_now
from fristed_forecast.week.inputs import ATTRACTION, CONTAGION, REPUTATION, Ints, Vector
from fristed_forecast.week.keys import BODY, ENTRANT, U, person_key, rare_uniform
from fristed_forecast.week.moving import count, ends
from fristed_forecast.week.people import NEVER, NOT_WAITING
from fristed_forecast.week.states import OCCASIONAL
from fristed_forecast.week.town import RISK, SELLERS_START, VOLUME, VOLUME_START
from fristed_forecast.week.world import PATCHES, World


@compiled
def initiation(w: World, week: int, sellers: float) -> float:
    """Expected entrants this week under the draw's structure."""
    rate = w.rates.entrants * (1.0 + w.town.market[RISK]) ** w.rates.deter_initiation
    running = open_now(w, week)
    if w.rates.initiation_form == CONTAGION:
        rate *= (max(sellers, 0.0) / w.town.market[SELLERS_START]) ** w.rates.chi
    elif w.rates.initiation_form == REPUTATION:
        seen = w.town.market[VOLUME] / max(1.0, w.town.market[VOLUME_START])
        spread = math.exp(w.rates.reputation * (1.0 - seen)) * seen
        rate *= 1.0 - w.rates.reputation_share + w.rates.reputation_share * spread
    elif w.rates.initiation_form == ATTRACTION and running and (w.policy.hat_places > 0 or w.policy.booths > 0):
        rate *= max(0.0, 1.0 + w.rates.phi * w.policy.visible)
    return rate * w.policy.initiation if running else rate


@compiled
def pick(cumulated: Vector, u: float) -> int:
    """First index whose cumulated share exceeds `u`."""
    low, high = 0, cumulated.size - 1
    while low < high:
        middle = (low + high) // 2
        if u < cumulated[middle]:
            high = middle
        else:
            low = middle + 1
    return low


@compiled
def normal(key: U) -> float:
    """A standard normal of the person's own."""
    u, v = rare_uniform(key, 0, BODY, 10), rare_uniform(key, 0, BODY, 11)
    return math.sqrt(-2.0 * math.log(1.0 - u)) * math.cos(2.0 * math.pi * v)


@compiled
def home(u: float) -> int:
    """Home place: the k-th of ten has weight 1/(k+1)."""
    total, cumulated = 0.0, 0.0
    for k in range(PATCHES):
        total += 1.0 / (k + 1)
    for k in range(PATCHES):
        cumulated += 1.0 / (k + 1) / total
        if u < cumulated:
            return k
    return PATCHES - 1


@compiled
def body(w: World, i: int, key: U, kinds: Vector) -> None:
    """Everything that does not change in a life, from the person's own key; `kinds` is cumulated shares."""
    w.people[i].key = key
    w.people[i].kind = pick(kinds, rare_uniform(key, 0, BODY, 0))
    offends = w.rates.kind_offender[w.people[i].kind] > 0
    shift = w.rates.grams_offender if offends else 0.0
    w.people[i].grams = int(w.rates.grams * math.exp(w.rates.grams_sigma * normal(key) + shift))
    w.people[i].sells = 1 if rare_uniform(key, 0, BODY, 1) < w.rates.sells else 0
    w.people[i].patch = home(rare_uniform(key, 0, BODY, 2))
    injects = w.rates.kind_injects[w.people[i].kind] == 1
    w.people[i].reach = 1 if injects and rare_uniform(key, 0, BODY, 3) < w.rates.in_reach else 0
    in_spell = w.rates.spell_starts / (w.rates.spell_starts + w.rates.spell_ends)
    w.people[i].spell = 1 if rare_uniform(key, 0, BODY, 4) < in_spell else 0
    w.people[i].room = 0
    w.people[i].wait[:] = NOT_WAITING
    w.people[i].arrests[:] = -NEVER
    w.people[i].tally[:] = 0


@compiled
def seat(w: World, i: int, row: int, since: int) -> None:
    """Put a new person into a row and the sums."""
    w.people[i].row = row
    w.people[i].acts = row
    w.people[i].since = since
    w.people[i].turn = ends(w, row, since)
    count(w, i, 1)
    w.totals.counted[1] += 1


@compiled
def settle(w: World, run: U, number: int) -> None:
    """The people who are there at the start, each in a stay that began some weeks ago."""
    for i in range(number):
        key = person_key(run, 0, i)
        body(w, i, key, w.rates.kind_stock)
        group = w.rates.kind_group[w.people[i].kind]
        row = pick(w.rates.start[group], rare_uniform(key, 0, BODY, 5))
        stayed = pick(w.rates.stay[group, row], rare_uniform(key, 0, BODY, 6))
        seat(w, i, row, -stayed)
    w.totals.counted[0] = number


@compiled
def enter(w: World, run: U, week: int, rate: float, today: Ints) -> int:
    """This week's entrants; the first row that is new."""
    first = w.totals.counted[0]
    stream = person_key(run, week + 1, 1 << 30)
    total, k = 0.0, 0
    while True:
        total -= math.log1p(-rare_uniform(stream, week, ENTRANT, k))
        if total > rate or w.totals.counted[0] >= w.people.size:
            break
        i = w.totals.counted[0]
        body(w, i, person_key(run, week + 1, k), w.rates.kind_entrant)
        seat(w, i, OCCASIONAL, week)
        w.totals.counted[0] += 1
        k += 1
    today[ENTRANTS] = k
    return first
