"""The handover: who is on, the lists that write themselves, the note."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from fristed.ground.act import FLOOR
from fristed.ground.moments import now
from fristed.room.queries import shift as queries
from fristed.staff.access import for_roles
from fristed.staff.queries import handovers, on_duty, site_file
from fristed.staff.who import Request


@for_roles(*FLOOR)
def handover(request: Request) -> HttpResponse:
    """What the next shift must know."""
    site, file = request.who.site, site_file(request.who.site)
    shown = {
        "zone": file.zone,
        "on": on_duty(site),
        "lists": queries.lists(site, file, now()),
        "days": queries.window(file, now()),
        "notes": handovers(site),
        "warned": file.limit("expiry_warning").count(),
    }
    return render(request, "room/shift.html", shown)
