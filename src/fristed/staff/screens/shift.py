"""The shift: who is on, in which part. Every change is a tap."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format

from fristed.ground.act import FLOOR
from fristed.ground.moments import local
from fristed.staff import queries
from fristed.staff.access import for_roles
from fristed.staff.who import Request
from fristed.staff.words import PARTS


@for_roles(*FLOOR)
def shift(request: Request) -> HttpResponse:
    """Who is on shift in which part, and who could be."""
    site = request.who.site
    zone = queries.site_file(site).zone
    on = [
        {
            "worker": d.worker,
            "name": d.name,
            "part_words": PARTS[d.part],
            "clock": date_format(local(d.since, zone), "H:i"),
        }
        for d in queries.on_duty(site)
    ]
    return render(request, "staff/shift.html", {"on": on, "off": queries.off_duty(site), "parts": PARTS})
