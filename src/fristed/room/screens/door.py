"""The front door: one field, who is meant, what must be known first, into the queue. And the call screen."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from fristed.ground.act import ANYONE_ON_THE_FLOOR, CALL_SCREEN, FLOOR, LEAD
from fristed.ground.ids import Id
from fristed.ground.site import SiteFile
from fristed.people import labels as people_labels
from fristed.people.screens import asked, looked
from fristed.room import words
from fristed.room.queries import door as queries
from fristed.room.queries.door_record import record_of
from fristed.room.substances import choices
from fristed.room.words import door as door_words
from fristed.staff.access import for_roles
from fristed.staff.queries import on_duty, site_file
from fristed.staff.who import Request


@for_roles(*FLOOR)
def door(request: Request) -> HttpResponse:
    """The field, the queue, how many are in the house."""
    site = request.who.site
    file = site_file(site)
    return render(
        request,
        "room/door.html",
        {
            "file": file,
            "zone": file.zone,
            "queue": queries.queue(site),
            "headcount": queries.headcount(site),
            "staff": len(on_duty(site)),
            "objections": queries.objections(request.who, None),
        },
    )


@for_roles(*FLOOR)
def matches(request: Request) -> HttpResponse:
    """Who may be meant by what is in the field."""
    typed = asked(request)
    file = site_file(request.who.site)
    found = queries.matches(request.who.site, typed)
    return render(
        request, "room/door_matches.html", {"matches": found, "typed": typed, "file": file, "zone": file.zone}
    )


@for_roles(*FLOOR)
def person(request: Request, client: Id) -> HttpResponse:
    """Someone stands at the door: what must be known first, then into the queue."""
    found = queries.at_the_door(request.who, client)
    if found is None:
        raise Http404
    looked(request, found.person.client, "page")
    file = site_file(request.who.site)
    return render(request, "room/door_person.html", _asking(file) | {"at": found, "client": found.person.client})


@for_roles(*FLOOR)
def someone(request: Request) -> HttpResponse:
    """Someone without a code."""
    file = site_file(request.who.site)
    objections = queries.objections(request.who, None)
    return render(request, "room/door_someone.html", _asking(file) | {"objections": objections, "client": None})


@for_roles(*FLOOR)
def visit(request: Request, visit: Id) -> HttpResponse:
    """A visit that has begun: what will be used, again at every use; or a refusal after all."""
    found = queries.visit(request.who.site, visit)
    if found is None:
        raise Http404
    file = site_file(request.who.site)
    client = found.row.client_id
    at = queries.at_the_door(request.who, client) if client else None
    context = {
        "visit": found,
        "client": client,
        "at": at,
        "usual": at.usual if at else (),
        "said": found.said,
        "route": found.row.route,
    }
    return render(request, "room/door_visit.html", _asking(file) | context)


@for_roles(*FLOOR)
def record(request: Request, client: Id) -> HttpResponse:
    """Someone's own record, to be printed and handed to them: what is kept, and who looked."""
    found = record_of(request.who.site, client)
    if found is None:
        raise Http404
    looked(request, found.page.client, "record")
    file = site_file(request.who.site)
    context = {"record": found, "file": file, "zone": file.zone, "card": people_labels.card_words()}
    return render(request, "room/door_record.html", context)


@for_roles(*ANYONE_ON_THE_FLOOR, CALL_SCREEN)
def call_screen(request: Request) -> HttpResponse:
    """The waiting room's screen: call words, and nothing else about anybody."""
    called = sorted((q for q in queries.queue(request.who.site) if q.called), key=lambda q: -(q.called or 0))
    template = "room/door_called.html" if "Fristed-Part" in request.headers else "room/door_call_screen.html"
    return render(request, template, {"called": called[:6], "file": site_file(request.who.site)})


def _asking(file: SiteFile) -> dict[str, object]:
    """What the panels of the door offer to choose from."""
    routes = dict.fromkeys(route for place in file.places for route in place.routes)
    return {
        "file": file,
        "zone": file.zone,
        "routes": [(route, words.word(route, "route")) for route in routes],
        "substances": [(code, words.word(code, "substance")) for code in choices(file)],
        "last_use": door_words.LAST_USE,
        "turn_away": door_words.TURN_AWAY,
        "offers": door_words.OFFERS,
        "leads": LEAD,
    }
