"""What scripts ask the floor by themselves: the time and their tickets; the alarms, while the bell is not heard."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, JsonResponse

from fristed.ground.act import ANYONE_ON_THE_FLOOR, CALL_SCREEN
from fristed.ground.ids import Id
from fristed.ground.moments import now, offset
from fristed.house import tickets
from fristed.house.alarms import QUERIES, Rows, said
from fristed.house.late import ticket_for
from fristed.house.taps import zone_of
from fristed.staff.access import for_everyone, for_roles
from fristed.staff.who import Request, Who


@for_everyone("the time of day; tickets only to whoever is here, about themself")
def clock(request: HttpRequest) -> JsonResponse:
    """`now` in ms; for someone here also `who`, the ticket for their late taps, and where to listen for alarms."""
    who: Who | None = request.who  # type: ignore[attr-defined]  # set by staff's middleware
    at = now()
    told: dict[str, object] = {"now": at // 1000}
    if who is not None:
        told |= {"who": who.worker or who.device, "pocket_hours": settings.SERVICE.pocket_hours}
        told["ticket"] = "" if who.role == CALL_SCREEN else ticket_for(who, at)
        told["offset"] = offset(at, zone_of(who.site))
    if who is not None and who.role in ANYONE_ON_THE_FLOOR:
        listener = tickets.Ticket(at, who.site, who.role, device=who.device)
        bell = tickets.issue(settings.SERVICE_KEY, tickets.BELL, listener)
        told |= {"device": who.device, "bell": f"{settings.SERVICE.origin(1)}/alarms?ticket={bell}"}
    return _fresh(told)


@for_roles(*ANYONE_ON_THE_FLOOR)
def alarms(request: Request) -> JsonResponse:
    """What the bell would say. Which screens listen to the bell is not known here."""
    return _fresh(said({name: _rows(sql, request.who.site) for name, sql in QUERIES.items()}, None))


def _rows(sql: str, site: Id) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(sql, (site,))
        found: Rows = cursor.fetchall()
        return found


def _fresh(told: dict[str, object]) -> JsonResponse:
    response = JsonResponse(told)
    response["Cache-Control"] = "no-store"
    return response
