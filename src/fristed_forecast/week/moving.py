"""The one place where a person changes row. Every running sum changes here and nowhere else."""

from fristed_forecast.week.bounds import set_bounds
from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.hazards import at_large_using, free, oral
from fristed_forecast.week.inputs import Policy, Rates
from fristed_forecast.week.people import NEVER, QUEUES, T_DEATH_WEEK, People, Totals
from fristed_forecast.week.states import (
    ABSTINENT,
    DEAD,
    DETOX,
    FRESH_WEEKS,
    HAT,
    LASTING,
    LEFT,
    OCCASIONAL,
    ONTOP,
    REHAB,
    RELEASED,
    STABLE,
    USING,
)


@compiled
def buys(people: People, rates: Rates, i: int) -> int:
    """Street micrograms this person buys in a week, whole."""
    return int(float(people.grams[i]) * rates.use[people.acts[i]])


@compiled
def count(people: People, totals: Totals, rates: Rates, i: int, sign: int) -> None:
    """Add a living person to the running sums, or take them off."""
    injects = rates.kinds.injects[people.kind[i]]
    totals.held[people.row[i], injects] += sign
    totals.acting[people.acts[i]] += sign
    totals.street[0] += sign * buys(people, rates, i)
    if people.sells[i] == 1 and free(people.acts[i]) and people.acts[i] not in (OCCASIONAL, ABSTINENT, LASTING):
        totals.sellers[0] += sign


@compiled
def ends(rates: Rates, row: int, since: int) -> int:
    """The last week of a stay of fixed length."""
    if row in (LEFT, RELEASED):
        return since + FRESH_WEEKS - 1
    if row == DETOX:
        return since + rates.detox_weeks - 1
    if row == REHAB:
        return since + rates.rehab_weeks - 1
    return NEVER


@compiled
def stays_placed(people: People, policy: Policy, i: int, row: int) -> bool:
    """A neutral HAT place is kept while the person goes on as they would have without it."""
    return policy.hat_neutral and people.row[i] == HAT and (at_large_using(row) or oral(row))


@compiled
def move(people: People, totals: Totals, rates: Rates, policy: Policy, i: int, row: int, week: int,
         caps: tuple[float, float]) -> None:  # fmt: skip
    """Put a living person into a row; a change between on top and stable, or using after its first weeks,
    keeps the stay."""
    count(people, totals, rates, i, -1)
    was = people.acts[i]
    same_stay = (oral(was) and oral(row)) or (at_large_using(was) and row == USING)
    if not stays_placed(people, policy, i, row):
        people.row[i] = row
    people.acts[i] = row
    if not same_stay:
        people.since[i] = week + 1  # the first week of the new stay is the next one
    people.turn[i] = ends(rates, row, week + 1)
    count(people, totals, rates, i, 1)
    set_bounds(people, rates, policy, i, week, caps)


@compiled
def place(people: People, totals: Totals, rates: Rates, policy: Policy, i: int, week: int,
          caps: tuple[float, float]) -> None:  # fmt: skip
    """Give a HAT place. A neutral one changes the row and nothing else: the stay and its clock are inherited."""
    if not policy.hat_neutral:
        move(people, totals, rates, policy, i, HAT, week, caps)
        return
    count(people, totals, rates, i, -1)
    people.row[i] = HAT
    count(people, totals, rates, i, 1)


@compiled
def die(people: People, totals: Totals, rates: Rates, i: int, week: int) -> None:
    """Take a person out of every sum; queues notice by themselves."""
    count(people, totals, rates, i, -1)
    people.row[i] = DEAD
    people.acts[i] = DEAD
    people.tally[i, T_DEATH_WEEK] = week + 1
    for queue in range(QUEUES):
        people.wait[queue, i] = -1
    totals.size[1] -= 1


@compiled
def abstinent_or_lasting(u: float, rates: Rates) -> int:
    """Whether an abstinence that starts now is the last."""
    return LASTING if u < rates.lasting else ABSTINENT
