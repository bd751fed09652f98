"""Ends of stays: treatment, abstinence, custody, and asking for help."""

from fristed_forecast.week import hazards
from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.counts import ABANDONED, ABSTINENCE_STARTS, HAT_TO_ABSTINENCE, LASTING_STARTS
from fristed_forecast.week.inputs import Ints
from fristed_forecast.week.keys import (
    ABANDON,
    ASK_HAT,
    ASK_REHAB,
    DESTINATION,
    JOIN_ROOM,
    LEAVE,
    REMIT,
    SHIFT,
    rare_uniform,
    uniform,
)
from fristed_forecast.week.moving import abstinent_or_lasting, move
from fristed_forecast.week.people import GAVE_UP, HEROIN, NOT_WAITING, ORAL, RECOVERY
from fristed_forecast.week.states import ABSTINENT, HAT, LASTING, LEFT, ONTOP, RELEASED, STABLE, USING
from fristed_forecast.week.world import QUEUES, World


@compiled
def go(w: World, i: int, row: int, week: int, caps: tuple[float, float], today: Ints) -> None:
    """Move to a destination; an abstinence that starts is found lasting or not."""
    if row == ABSTINENT:
        row = abstinent_or_lasting(rare_uniform(w.people[i].key, week, DESTINATION, 1), w)
        today[ABSTINENCE_STARTS] += 1
        today[LASTING_STARTS] += 1 if row == LASTING else 0
        today[HAT_TO_ABSTINENCE] += 1 if w.people[i].row == HAT else 0
    move(w, i, row, week, caps)


@compiled
def destination(w: World, i: int, week: int) -> int:
    """Where the end of this stay leads."""
    u = rare_uniform(w.people[i].key, week, DESTINATION, 0)
    acts = w.people[i].acts
    k = 0
    while k < 2 and u >= w.rates.goes[acts, k]:
        k += 1
    return int(w.rates.to[acts, k])


@compiled
def join(w: World, queue: int, i: int, week: int) -> None:
    """Wait for a place; whoever waits keeps their turn, whoever gave up this week comes back later."""
    if w.people[i].wait[queue] == NOT_WAITING:
        w.people[i].wait[queue] = week
        w.people[w.totals.length[queue]].queue[queue] = i
        w.totals.length[queue] += 1


@compiled
def stay_over(w: World, i: int, week: int, caps: tuple[float, float], today: Ints) -> bool:
    """Stays of fixed length: the first weeks after treatment or prison, detoxification, rehabilitation."""
    if w.people[i].turn != week:
        return False
    acts = w.people[i].acts
    row = USING if acts in (LEFT, RELEASED) else destination(w, i, week)
    go(w, i, row, week, caps, today)
    return acts not in (LEFT, RELEASED)


@compiled
def leave(w: World, i: int, week: int, caps: tuple[float, float], today: Ints) -> bool:
    """The stay ends; for people who use that means joining the queue for oral treatment."""
    if uniform(w.people[i].key, week, LEAVE) >= hazards.leave(w, i, week):
        return False
    if hazards.at_large_using(w.people[i].acts):
        join(w, ORAL, i, week)
        return False
    go(w, i, destination(w, i, week), week, caps, today)
    return True


@compiled
def change(w: World, i: int, week: int, caps: tuple[float, float], today: Ints) -> bool:
    """What else may change this week: remission first, then on top and stable; True if the row changed."""
    key = w.people[i].key
    if uniform(key, week, REMIT) < w.rates.remit[w.people[i].acts]:
        go(w, i, ABSTINENT, week, caps, today)
        return True
    if uniform(key, week, SHIFT) < hazards.shift(w, i):
        move(w, i, STABLE if w.people[i].acts == ONTOP else ONTOP, week, caps)
        return True
    return False


@compiled
def ask(w: World, i: int, week: int) -> None:
    """Queues and the room: asking, registering, giving up."""
    key = w.people[i].key
    if uniform(key, week, ASK_REHAB) < hazards.ask_rehab(w, i, week):
        join(w, RECOVERY, i, week)
    if uniform(key, week, ASK_HAT) < hazards.ask_hat(w, i, week):
        join(w, HEROIN, i, week)
    if uniform(key, week, JOIN_ROOM) < hazards.join_room(w, i, week):
        w.people[i].room = 1
        w.totals.registered[0] += 1  # only people who use street heroin ask


@compiled
def give_up(w: World, i: int, week: int, today: Ints) -> None:
    """People who waited since an earlier week may stop waiting, for everything at once."""
    if uniform(w.people[i].key, week, ABANDON) >= w.rates.abandon:
        return
    for queue in range(QUEUES):
        if 0 <= w.people[i].wait[queue] < week:
            w.people[i].wait[queue] = GAVE_UP
            today[ABANDONED] += 1
