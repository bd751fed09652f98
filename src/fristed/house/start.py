"""The first address: sends whoever is there to the first page that is open to them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from fristed.ground.act import CALL_SCREEN
from fristed.house.navigation import links
from fristed.staff.access import for_everyone
from fristed.staff.middleware import way_in
from fristed.staff.presence import Presence


@for_everyone("It shows nothing, it only sends on.")
def start(request: HttpRequest) -> HttpResponse:
    """On to the main page of this role, or to the way in."""
    presence: Presence = request.presence  # type: ignore[attr-defined]  # set by staff's middleware
    if presence.who is not None and presence.who.role == CALL_SCREEN:
        return redirect("room:call_screen")
    open_pages = links(request)
    if open_pages and not presence.needs:
        return redirect(open_pages[0].url)
    return redirect(way_in(request, presence, back=False) or "mfa_index")
