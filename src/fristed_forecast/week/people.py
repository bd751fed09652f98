"""What a person carries: queues they may wait in, and their history."""

from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.world import REMEMBERED, World

ORAL, HEROIN, RECOVERY = 0, 1, 2  # the three queues
NOT_WAITING, GAVE_UP = -1, -2  # instead of the week of joining; who gave up is tidied away the same week
NEVER = 1 << 30
T_OFFENCES, T_RECORDED, T_CHARGED, T_ARRESTS, T_DEATH_WEEK, T_POISONINGS, T_THIS_WEEK, T_HAT_WEEKS = range(8)


@compiled
def remember_arrest(w: World, i: int, week: int) -> None:
    """Write the arrest over the oldest one remembered."""
    oldest = 0
    for k in range(REMEMBERED):
        if w.people[i].arrests[k] < w.people[i].arrests[oldest]:
            oldest = k
    w.people[i].arrests[oldest] = week
    w.people[i].tally[T_ARRESTS] += 1


@compiled
def recent_arrests(w: World, i: int, week: int) -> int:
    """Arrests in the last 52 weeks, at most REMEMBERED."""
    count = 0
    for k in range(REMEMBERED):
        if w.people[i].arrests[k] > week - 52:
            count += 1
    return count
