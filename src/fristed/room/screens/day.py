"""The day: opening check, staff, opening, closing; and who is in the house."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from fristed.ground.act import ANYONE_ON_THE_FLOOR, DEVICE, FLOOR
from fristed.ground.moments import now
from fristed.room.queries import day as queries
from fristed.staff.access import for_roles
from fristed.staff.queries import on_duty, site_file
from fristed.staff.who import Request


@for_roles(*FLOOR)
def day(request: Request) -> HttpResponse:
    """What holds today, and what is missing."""
    today = queries.today(request.who, now())
    shown = {
        "zone": site_file(request.who.site).zone,
        "today": today,
        "left": queries.left_lately(request.who.site, today.now.day),
        "open": queries.still_open(request.who.site),
    }
    return render(request, "room/day.html", shown)


@for_roles(*ANYONE_ON_THE_FLOOR)
def evacuation(request: Request) -> HttpResponse:
    """Who is in the house, to be read out at the gate. From a locked screen: numbers and places, no words."""
    here = queries.people_here(request.who.site)
    places = [h.place for h in here if h.place is not None]
    counts = [(where, sum(h.where == where for h in here)) for where in ("recovery", "waiting", "here")]
    file = site_file(request.who.site)
    shown = {
        "site": file.name,
        "zone": file.zone,
        "at": now(),
        "people": None if request.who.role == DEVICE else here,
        "count": len(here),
        "places": places,
        "counts": [(where, count) for where, count in counts if count],
        "staff": len(on_duty(request.who.site)),
        "names": [] if request.who.role == DEVICE else [duty.name for duty in on_duty(request.who.site)],
    }
    return render(request, "room/day_evacuation.html", shown)
