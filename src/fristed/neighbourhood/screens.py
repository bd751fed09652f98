"""The street: four quick forms and the latest notes, for a phone in one hand."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render

from fristed.ground.act import FLOOR
from fristed.ground.moments import now
from fristed.ground.site import service_day
from fristed.neighbourhood import queries, rules
from fristed.staff.access import for_roles
from fristed.staff.queries import site_file
from fristed.staff.who import Request


@for_roles(*FLOOR)
def street(request: Request) -> HttpResponse:
    """Needles found, people seen using, walks, complaints."""
    file = site_file(request.who.site)
    day = service_day(file, now())
    days = tuple((day - timedelta(days=back)).isoformat() for back in range(7))
    shown = {
        "zone": file.zone,
        "lines": queries.latest(request.who.site, days),
        "spots": queries.spots(request.who.site),
        "channels": rules.CHANNELS,
        "categories": rules.CATEGORIES,
    }
    return render(request, "neighbourhood/street.html", shown)
