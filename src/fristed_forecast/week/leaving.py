"""Ends of stays: treatment, abstinence, custody, and asking for help."""

from fristed_forecast.week import hazards
from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.counts import ABANDONED, ABSTINENCE_STARTS, HAT_TO_ABSTINENCE, LASTING_STARTS
from fristed_forecast.week.inputs import Ints, Policy, Rates
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
from fristed_forecast.week.people import HEROIN, ORAL, QUEUES, RECOVERY, People, Totals
from fristed_forecast.week.states import ABSTINENT, HAT, LASTING, LEFT, ONTOP, RELEASED, STABLE, USING


@compiled
def go(people: People, totals: Totals, rates: Rates, policy: Policy, i: int, row: int, week: int,
       caps: tuple[float, float], today: Ints) -> None:  # fmt: skip
    """Move to a destination; an abstinence that starts is found lasting or not."""
    if row == ABSTINENT:
        row = abstinent_or_lasting(rare_uniform(people.key[i], week, DESTINATION, 1), rates)
        today[ABSTINENCE_STARTS] += 1
        today[LASTING_STARTS] += 1 if row == LASTING else 0
        today[HAT_TO_ABSTINENCE] += 1 if people.row[i] == HAT else 0
    move(people, totals, rates, policy, i, row, week, caps)


@compiled
def destination(people: People, rates: Rates, i: int, week: int) -> int:
    """Where the end of this stay leads."""
    u = rare_uniform(people.key[i], week, DESTINATION, 0)
    acts = people.acts[i]
    k = 0
    while k < 2 and u >= rates.goes[acts, k]:
        k += 1
    return int(rates.to[acts, k])


@compiled
def join(people: People, totals: Totals, queue: int, i: int, week: int) -> None:
    """Wait for a place; whoever waits already keeps their turn."""
    if people.wait[queue, i] < 0:
        people.wait[queue, i] = week
        totals.queue[queue, totals.length[queue]] = i
        totals.length[queue] += 1


@compiled
def stay_over(people: People, totals: Totals, rates: Rates, policy: Policy, i: int, week: int,
              caps: tuple[float, float], today: Ints) -> bool:  # fmt: skip
    """Stays of fixed length: the first weeks after treatment or prison, detoxification, rehabilitation."""
    if people.turn[i] != week:
        return False
    acts = people.acts[i]
    row = USING if acts in (LEFT, RELEASED) else destination(people, rates, i, week)
    go(people, totals, rates, policy, i, row, week, caps, today)
    return acts not in (LEFT, RELEASED)


@compiled
def leave(people: People, totals: Totals, rates: Rates, policy: Policy, i: int, week: int,
          caps: tuple[float, float], today: Ints) -> bool:  # fmt: skip
    """The stay ends; for people who use that means joining the queue for oral treatment."""
    if uniform(people.key[i], week, LEAVE) >= hazards.leave(people, rates, policy, i, week):
        return False
    if hazards.at_large_using(people.acts[i]):
        join(people, totals, ORAL, i, week)
        return False
    go(people, totals, rates, policy, i, destination(people, rates, i, week), week, caps, today)
    return True


@compiled
def change(people: People, totals: Totals, rates: Rates, policy: Policy, i: int, week: int,
           caps: tuple[float, float], today: Ints) -> None:  # fmt: skip
    """What else may change this week: remission first, then on top and stable."""
    key = people.key[i]
    if uniform(key, week, REMIT) < rates.remit[people.acts[i]]:
        go(people, totals, rates, policy, i, ABSTINENT, week, caps, today)
    elif uniform(key, week, SHIFT) < hazards.shift(people, rates, i):
        move(people, totals, rates, policy, i, STABLE if people.acts[i] == ONTOP else ONTOP, week, caps)


@compiled
def ask(people: People, totals: Totals, rates: Rates, policy: Policy, i: int, week: int) -> None:
    """Queues and the room: asking, registering, giving up."""
    key = people.key[i]
    if uniform(key, week, ASK_REHAB) < hazards.ask_rehab(people, rates, policy, i, week):
        join(people, totals, RECOVERY, i, week)
    if uniform(key, week, ASK_HAT) < hazards.ask_hat(people, rates, policy, i, week):
        join(people, totals, HEROIN, i, week)
    if uniform(key, week, JOIN_ROOM) < hazards.join_room(people, rates, policy, i, week):
        people.room[i] = 1


@compiled
def give_up(people: People, rates: Rates, i: int, week: int, today: Ints) -> None:
    """People who waited since an earlier week may stop waiting, for everything at once."""
    if uniform(people.key[i], week, ABANDON) >= rates.abandon:
        return
    for queue in range(QUEUES):
        if 0 <= people.wait[queue, i] < week:
            people.wait[queue, i] = -1
            today[ABANDONED] += 1
