"""The pages of an emergency beside the board: what is read out to the ambulance, the debrief, the protocols."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from fristed.ground.act import ANYONE_ON_THE_FLOOR, CARE, DEVICE, LEAD
from fristed.ground.ids import Id
from fristed.people.screens import looked
from fristed.room.queries import record as queries
from fristed.room.queries.protocols import examples, signed
from fristed.room.rules.care import INCIDENTS
from fristed.room.rules.protocol import ANSWERS
from fristed.room.words import board as words
from fristed.room.words import word
from fristed.staff.access import for_roles
from fristed.staff.queries import site_file
from fristed.staff.who import Request


@for_roles(*ANYONE_ON_THE_FLOOR)
def handover(request: Request, emergency: Id) -> HttpResponse:
    """One large page to read out or print: what, when, the worst, oxygen, each naloxone. Nobody writes it."""
    found = _found(request, emergency)
    names = request.who.role != DEVICE
    return render(request, "room/emergency_handover.html", {"record": found, "e": found.shown, "names": names})


@for_roles(*CARE)
def debrief(request: Request, emergency: Id) -> HttpResponse:
    """Afterwards: what was done is there already; what led to it, how it ended, one signature."""
    found = _found(request, emergency)
    page = {
        "record": found,
        "e": found.shown,
        "names": True,
        "naloxone": site_file(request.who.site).naloxone,
        "attributions": list(words.ATTRIBUTIONS.items()),
        "outcomes": list(words.OUTCOMES.items()),
        "incidents": INCIDENTS,
        "summary": render_to_string("room/emergency_summary.txt", {"record": found, "e": found.shown}).strip(),
        "kinds": words.kinds(),
    }
    return render(request, "room/emergency_debrief.html", page)


@for_roles(*LEAD)
def protocols(request: Request) -> HttpResponse:
    """What the site has signed for each kind of emergency, and the examples it may read, change and sign."""
    site = request.who.site
    page = {
        "signed": signed(site),
        "examples": examples(),
        "kinds": words.kinds(),
        "answers": [(code, word(code, "line")) for code in ANSWERS],
        "zone": site_file(site).zone,
    }
    return render(request, "room/emergency_protocols.html", page)


def _found(request: Request, emergency: Id) -> queries.Record:
    found = queries.record(request.who.site, emergency)
    if found is None:
        raise Http404
    if found.client is not None and request.who.worker is not None:
        looked(request, found.client, "emergency")
    return found
