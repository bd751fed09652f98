# mypy: disable-error-code=no-any-return
# (records of the kernel have no static type)
"""The one place where a person changes row. Every running sum changes here and nowhere else."""

from fristed_forecast.week.bounds import set_bounds
from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.hazards import at_large_using, free, oral, street
from fristed_forecast.week.people import NEVER, NOT_WAITING, T_DEATH_WEEK, T_HAT_WEEKS
from fristed_forecast.week.states import (
    ABSTINENT,
    DEAD,
    DETOX,
    HAT,
    LASTING,
    LEFT,
    OCCASIONAL,
    REHAB,
    RELEASED,
    USING,
)
from fristed_forecast.week.world import QUEUES, World


@compiled
def buys(w: World, i: int) -> int:
    """Street micrograms this person buys in a week, whole."""
    return int(float(w.people[i].grams) * w.rates.use[w.people[i].acts])


@compiled
def count(w: World, i: int, sign: int) -> None:
    """Add a living person to the running sums, or take them off."""
    injects = w.rates.kind_injects[w.people[i].kind]
    w.totals.held[w.people[i].row, injects] += sign
    w.totals.acting[w.people[i].acts] += sign
    w.totals.street[0] += sign * buys(w, i)
    if w.people[i].room == 1 and street(w.people[i].acts):
        w.totals.registered[0] += sign
    if w.people[i].sells == 1 and free(w.people[i].acts) and w.people[i].acts not in (OCCASIONAL, ABSTINENT, LASTING):
        w.totals.sellers[0] += sign


@compiled
def ends(w: World, row: int, since: int) -> int:
    """The last week of a stay of fixed length."""
    if row in (LEFT, RELEASED):
        return since + w.rates.fresh_weeks - 1
    if row == DETOX:
        return since + w.rates.detox_weeks - 1
    if row == REHAB:
        return since + w.rates.rehab_weeks - 1
    return NEVER


@compiled
def stays_placed(w: World, i: int, row: int) -> bool:
    """A neutral HAT place is kept while the person goes on as they would have without it."""
    return w.policy.hat_neutral and w.people[i].row == HAT and (at_large_using(row) or oral(row))


@compiled
def time_hat(w: World, i: int, row: int, week: int) -> None:
    """Weeks on the clinic's medicine, by person: start and end of a place; a check holds them to the doses."""
    w.people[i].tally[T_HAT_WEEKS] += (week if w.people[i].row == HAT else 0) - (week if row == HAT else 0)


@compiled
def move(w: World, i: int, row: int, week: int, caps: tuple[float, float]) -> None:
    """Put a living person into a row; a change between on top and stable, or using after its first weeks,
    keeps the stay."""
    count(w, i, -1)
    was = w.people[i].acts
    same_stay = (oral(was) and oral(row)) or (at_large_using(was) and row == USING)
    if not stays_placed(w, i, row):
        time_hat(w, i, row, week)
        w.people[i].row = row
    w.people[i].acts = row
    if not same_stay:
        w.people[i].since = week + 1  # the first week of the new stay is the next one
    w.people[i].turn = ends(w, row, week + 1)
    count(w, i, 1)
    set_bounds(w, i, week, caps)


@compiled
def place(w: World, i: int, week: int, caps: tuple[float, float]) -> None:
    """Give a HAT place. A neutral one changes the row and nothing else: the stay and its clock go on."""
    if not w.policy.hat_neutral:
        move(w, i, HAT, week, caps)
        return
    count(w, i, -1)
    time_hat(w, i, HAT, week)
    w.people[i].row = HAT
    count(w, i, 1)


@compiled
def die(w: World, i: int, week: int) -> None:
    """Take a person out of every sum; queues notice by themselves."""
    count(w, i, -1)
    time_hat(w, i, DEAD, week)
    w.people[i].row = DEAD
    w.people[i].acts = DEAD
    w.people[i].tally[T_DEATH_WEEK] = week + 1
    for queue in range(QUEUES):
        w.people[i].wait[queue] = NOT_WAITING
    w.totals.counted[1] -= 1


@compiled
def abstinent_or_lasting(u: float, w: World) -> int:
    """Whether an abstinence that starts now is the last."""
    return LASTING if u < w.rates.lasting else ABSTINENT
