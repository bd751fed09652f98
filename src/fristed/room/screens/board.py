"""The board on tablets and phones, and on the staff's wall."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import render

from fristed.ground.act import ANYONE_ON_THE_FLOOR, DEVICE
from fristed.ground.ids import Id
from fristed.ground.moments import Moment, now, offset
from fristed.room.queries.board import board as board_of
from fristed.room.screens.fragments import Audience, blank, context, fragment
from fristed.staff.access import for_roles
from fristed.staff.models import Device
from fristed.staff.queries import site_file
from fristed.staff.who import Request, Who


@for_roles(*ANYONE_ON_THE_FLOOR)
def board(request: Request) -> HttpResponse:
    """Who is where, for how long, with what; and any emergency that runs, on the same page."""
    site, audience, at = request.who.site, audience_of(request.who), now()
    shown = fragment(site, audience)
    page = context(site, audience, board_of(site)) | {
        "fragment": shown.html,
        "tag": shown.tag,
        "audience": audience,
        "now": at,
        "offset": _offset(site, at),
        "blank": blank(at),
    }
    return render(request, "room/board.html", page)


@for_roles(*ANYONE_ON_THE_FLOOR)
def board_fragment(request: Request) -> HttpResponse:
    """The board as it is now; nothing where the screen has it already."""
    shown = fragment(request.who.site, (wall_audience if "wall" in request.GET else audience_of)(request.who))
    tag = f'"{shown.tag}"'
    same = request.headers.get("If-None-Match") == tag
    response = HttpResponseNotModified() if same else HttpResponse(shown.html)
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    response["Fristed-Now"] = str(now())
    return response


@for_roles(*ANYONE_ON_THE_FLOOR)
def wall(request: Request) -> HttpResponse:
    """The staff's wall: the same board without buttons, to be read from six metres."""
    shown = fragment(request.who.site, wall_audience(request.who))
    at = now()
    page = {"fragment": shown.html, "tag": shown.tag, "now": at, "offset": _offset(request.who.site, at)}
    return render(request, "room/wall.html", page)


def _offset(site: Id, at: Moment) -> int:
    return offset(at, site_file(site).zone)


def audience_of(who: Who) -> Audience:
    """A screen where nobody is signed in is locked: clocks and emergencies, no names."""
    return "locked" if who.role == DEVICE else "staff"


def wall_audience(who: Who) -> Audience:
    """Call words stand on a wall only where a wall is enrolled, or for whoever is signed in."""
    if who.role != DEVICE or Device.objects.filter(id=who.device, kind="wall").exists():
        return "wall"
    return "unnamed_wall"
