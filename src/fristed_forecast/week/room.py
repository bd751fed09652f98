"""The consumption room: who is registered, how much of their use happens under supervision."""

from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.counts import PUBLIC_INJECTIONS, ROOM_OPEN, ROOM_REGISTERED, ROOM_VISITS
from fristed_forecast.week.hazards import open_now
from fristed_forecast.week.inputs import Ints, Policy, Rates
from fristed_forecast.week.people import People, Totals
from fristed_forecast.week.states import LEFT, ONTOP, RELEASED, USING


@compiled
def using_injectors(totals: Totals) -> int:
    """People who inject street heroin this week."""
    return totals.held[USING, 1] + totals.held[LEFT, 1] + totals.held[RELEASED, 1] + totals.held[ONTOP, 1]


@compiled
def registered(people: People, totals: Totals) -> int:
    """Registered people who are alive, free and using."""
    number = 0
    for i in range(totals.size[0]):
        if people.room[i] == 1 and people.acts[i] in (USING, LEFT, RELEASED, ONTOP):
            number += 1
    return number


@compiled
def room_week(people: People, totals: Totals, rates: Rates, policy: Policy, week: int, today: Ints) -> float:
    """Visits within hours and places; the share of a registered person's injections that is supervised."""
    injections = int(using_injectors(totals) * rates.injections)
    today[PUBLIC_INJECTIONS] = injections
    if not (policy.rooms and open_now(policy, week)):
        return 0.0
    number = registered(people, totals)
    today[ROOM_OPEN] = 1
    today[ROOM_REGISTERED] = number
    room = policy.booths * policy.room_hours * 60.0 / policy.room_minutes
    wanted = number * min(rates.room_visits, rates.injections)
    visits = min(room, wanted)
    today[ROOM_VISITS] = int(visits)
    today[PUBLIC_INJECTIONS] = max(0, injections - int(visits))
    return visits / (number * rates.injections) if number > 0 else 0.0
