# mypy: disable-error-code=no-any-return
# (records of the kernel have no static type)
"""The consumption room: who is registered, how much of their use happens under supervision."""

from fristed_forecast.week.compiled import compiled
from fristed_forecast.week.counts import PUBLIC_INJECTIONS, ROOM_OPEN, ROOM_REGISTERED, ROOM_VISITS
from fristed_forecast.week.hazards import open_now
from fristed_forecast.week.inputs import Ints
from fristed_forecast.week.states import LEFT, ONTOP, RELEASED, USING
from fristed_forecast.week.world import World


@compiled
def using_injectors(w: World) -> int:
    """People who inject street heroin this week."""
    return w.totals.held[USING, 1] + w.totals.held[LEFT, 1] + w.totals.held[RELEASED, 1] + w.totals.held[ONTOP, 1]


@compiled
def room_week(w: World, week: int, today: Ints) -> float:
    """Visits within hours and places; the share of a registered person's injections that is supervised."""
    injections = int(using_injectors(w) * w.rates.injections)
    today[PUBLIC_INJECTIONS] = injections
    if not (w.policy.rooms and open_now(w, week)):
        return 0.0
    number = w.totals.registered[0]
    today[ROOM_OPEN] = 1
    today[ROOM_REGISTERED] = number
    room = w.policy.booths * w.policy.room_hours * 60.0 / w.policy.room_minutes
    wanted = number * min(w.rates.room_visits, w.rates.injections)
    visits = min(room, wanted)
    today[ROOM_VISITS] = int(visits)
    today[PUBLIC_INJECTIONS] = max(0, injections - int(visits))
    return visits / (number * w.rates.injections) if number > 0 else 0.0
