"""Who starts. The k-th entrant of a week enters while cumulated keyed exponentials stay below the rate, so a
change of the rate adds or takes away people and never reshuffles them."""

import math

from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.counts import ENTRANTS
from fristed_forecast.week.hazards import open_now
from fristed_forecast.week.inputs import ATTRACTION, CONTAGION, REPUTATION, Ints, Policy, Rates, Vector
from fristed_forecast.week.keys import BODY, ENTRANT, U, person_key, rare_uniform
from fristed_forecast.week.moving import count, ends
from fristed_forecast.week.people import NEVER, People, Totals
from fristed_forecast.week.states import OCCASIONAL
from fristed_forecast.week.town import PATCHES, RISK, SELLERS_START, VOLUME, VOLUME_START, Town


@compiled
def initiation(town: Town, rates: Rates, policy: Policy, week: int, sellers: float) -> float:
    """Expected entrants this week under the draw's structure."""
    rate = rates.entrants * (1.0 + town.market[RISK]) ** rates.deter_initiation
    running = open_now(policy, week)
    if rates.initiation_form == CONTAGION:
        rate *= (max(sellers, 0.0) / town.market[SELLERS_START]) ** rates.chi
    elif rates.initiation_form == REPUTATION:
        seen = town.market[VOLUME] / max(1.0, town.market[VOLUME_START])
        spread = math.exp(rates.reputation * (1.0 - seen)) * seen
        rate *= 1.0 - rates.reputation_share + rates.reputation_share * spread
    elif rates.initiation_form == ATTRACTION and running and (policy.hat_places > 0 or policy.booths > 0):
        rate *= max(0.0, 1.0 + rates.phi * policy.visible)
    return rate * policy.initiation if running else rate


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
def body(people: People, rates: Rates, i: int, key: U, kinds: Vector) -> None:
    """Everything that does not change in a life, from the person's own key; `kinds` is cumulated shares."""
    people.key[i] = key
    people.kind[i] = pick(kinds, rare_uniform(key, 0, BODY, 0))
    offends = rates.kinds.offender[people.kind[i]] > 0
    shift = rates.grams_offender if offends else 0.0
    people.grams[i] = int(rates.grams * math.exp(rates.grams_sigma * normal(key) + shift))
    people.sells[i] = 1 if rare_uniform(key, 0, BODY, 1) < rates.sells else 0
    people.patch[i] = home(rare_uniform(key, 0, BODY, 2))
    injects = rates.kinds.injects[people.kind[i]] == 1
    people.reach[i] = 1 if injects and rare_uniform(key, 0, BODY, 3) < rates.in_reach else 0
    in_spell = rates.spell_starts / (rates.spell_starts + rates.spell_ends)
    people.spell[i] = 1 if rare_uniform(key, 0, BODY, 4) < in_spell else 0
    people.room[i] = 0
    people.wait[:, i] = -1
    people.arrests[i, :] = -NEVER
    people.tally[i, :] = 0


@compiled
def seat(people: People, totals: Totals, rates: Rates, i: int, row: int, since: int) -> None:
    """Put a new person into a row and the sums."""
    people.row[i] = row
    people.acts[i] = row
    people.since[i] = since
    people.turn[i] = ends(rates, row, since)
    count(people, totals, rates, i, 1)
    totals.size[1] += 1


@compiled
def settle(people: People, totals: Totals, rates: Rates, run: U, number: int) -> None:
    """The people who are there at the start, each in a stay that began some weeks ago."""
    for i in range(number):
        key = person_key(run, 0, i)
        body(people, rates, i, key, rates.kinds.stock)
        group = rates.kinds.group[people.kind[i]]
        row = pick(rates.start[group], rare_uniform(key, 0, BODY, 5))
        stayed = pick(rates.stay[group, row], rare_uniform(key, 0, BODY, 6))
        seat(people, totals, rates, i, row, -stayed)
    totals.size[0] = number


@compiled
def enter(people: People, totals: Totals, rates: Rates, run: U, week: int, rate: float, today: Ints) -> int:
    """This week's entrants; the first row that is new."""
    first = totals.size[0]
    stream = person_key(run, week + 1, 1 << 30)
    total, k = 0.0, 0
    while True:
        total -= math.log1p(-rare_uniform(stream, week, ENTRANT, k))
        if total > rate or totals.size[0] >= people.key.size:
            break
        i = totals.size[0]
        body(people, rates, i, person_key(run, week + 1, k), rates.kinds.entrant)
        seat(people, totals, rates, i, OCCASIONAL, week)
        totals.size[0] += 1
        k += 1
    today[ENTRANTS] = k
    return first
