"""GET /clock: the service's time, so that a tablet measures its error, and its tickets."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, JsonResponse

from fristed.ground.moments import now
from fristed.house import tickets
from fristed.house.late import ticket_for
from fristed.staff.access import for_everyone
from fristed.staff.who import Who


@for_everyone("the time of day; tickets only to whoever is here, about themself")
def clock(request: HttpRequest) -> JsonResponse:
    """`now` in ms; for someone here also `who`, the ticket for their late taps, and where to listen for alarms."""
    who: Who | None = request.who  # type: ignore[attr-defined]  # set by staff's middleware
    at = now()
    said: dict[str, object] = {"now": at // 1000}
    if who is not None:
        listener = tickets.Ticket(at, who.site, who.role, device=who.device)
        bell = tickets.issue(settings.SERVICE_KEY, tickets.BELL, listener)
        said |= {
            "who": who.worker or who.device,
            "ticket": ticket_for(who, at),
            "bell": f"{settings.SERVICE.origin(1)}/alarms?ticket={bell}",
            "pocket_hours": settings.SERVICE.pocket_hours,
        }
    response = JsonResponse(said)
    response["Cache-Control"] = "no-store"
    return response
