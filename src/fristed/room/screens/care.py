"""What is given, offered, taken in and reported. The first page is open on a locked screen too, without names."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from fristed.ground.act import ANYONE_ON_THE_FLOOR, CARE, DEVICE, FLOOR
from fristed.ground.moments import now
from fristed.ground.site import SiteFile, service_day
from fristed.room.queries import care as queries
from fristed.room.queries.day import people_here
from fristed.room.queries.shift import window
from fristed.room.rules import care as rules
from fristed.staff.access import for_roles
from fristed.staff.queries import site_file
from fristed.staff.who import Request

EQUIPMENT = ("needle", "cooker", "filter", "water", "foil", "pipe", "sharps_box")  # where the site file lists none
KIT = "naloxone_kit"
SERVICES = ("wound_care", "food", "shower", "laundry", "clothing")  # where the site file lists none
REFERRALS = ("housing", "addiction_care", "sexual_health")  # where the site file lists none


@for_roles(*ANYONE_ON_THE_FLOOR)
def equipment(request: Request) -> HttpResponse:
    """Equipment and naloxone out, needles back."""
    file = site_file(request.who.site)
    day = _day(file)
    listed = [item for item in file.equipment or EQUIPMENT if item != KIT]
    more = {
        "items": [KIT, *listed],
        "totals": queries.totals(request.who.site, day),
        "notes": queries.supplies(request.who.site, day),
    }
    return _page(request, "room/care.html", file, more)


@for_roles(*FLOOR)
def services(request: Request) -> HttpResponse:
    """Services, advice, and what else was offered."""
    file = site_file(request.who.site)
    more = {
        "services": file.services or SERVICES,
        "topics": rules.TOPICS,
        "referrals": file.referrals or REFERRALS,
        "given": queries.services(request.who.site, _day(file)),
        "offered": queries.referrals(request.who.site, window(file, now())),
    }
    return _page(request, "room/care_services.html", file, more)


@for_roles(*FLOOR)
def found(request: Request) -> HttpResponse:
    """Substances left behind or given up."""
    file = site_file(request.who.site)
    more = {"bags": queries.bags(request.who.site), "ends": request.who.role in CARE, "spots": _spots(file)}
    return _page(request, "room/care_found.html", file, more)


@for_roles(*FLOOR)
def samples(request: Request) -> HttpResponse:
    """Drug checking, where the site's file allows it."""
    file = site_file(request.who.site)
    more = {
        "allowed": file.drug_checking,
        "samples": queries.samples(request.who.site),
        "methods": rules.METHODS,
        "substances": file.substances,
    }
    return _page(request, "room/care_samples.html", file, more)


@for_roles(*FLOOR)
def incidents(request: Request) -> HttpResponse:
    """What went wrong."""
    file = site_file(request.who.site)
    reported = queries.incidents(request.who.site, window(file, now()))
    return _page(request, "room/care_incidents.html", file, {"kinds": rules.INCIDENTS, "reported": reported})


def _page(request: Request, template: str, file: SiteFile, more: dict[str, Any]) -> HttpResponse:
    """A page of care: for one visit when the address says which, else for nobody in particular."""
    locked = request.who.role == DEVICE
    here = [] if locked else people_here(request.who.site)
    chosen = next((h for h in here if h.visit == request.GET.get("visit")), None)
    shared = {"zone": file.zone, "here": here, "chosen": chosen, "locked": locked, "checking": file.drug_checking}
    return render(request, template, shared | more)


def _day(file: SiteFile) -> str:
    return service_day(file, now()).isoformat()


def _spots(file: SiteFile) -> list[str]:
    return ["waiting", "toilet", "recovery", "door", "pavement", *(f"place {p.number}" for p in file.places)]
