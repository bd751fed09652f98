"""The board."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fristed.ground.act import ANYONE_ON_THE_FLOOR
from fristed.staff.access import for_roles


@for_roles(*ANYONE_ON_THE_FLOOR)
def board(request: HttpRequest) -> HttpResponse:
    """Who is where, for how long, with what."""
    return render(request, "room/board.html")
