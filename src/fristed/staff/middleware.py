"""The door of every page: who is there, and whether the page is open to them. Fails closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from fristed.ground.act import DEVICE
from fristed.staff.access import access_of
from fristed.staff.presence import Presence, presence_of

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class WhoMiddleware:
    """Sets `request.who` and `request.presence`, then lets a view be reached only as it declared."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        presence = presence_of(request)
        request.presence = presence  # type: ignore[attr-defined]  # Django requests take attributes
        request.who = presence.who  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], named: dict[str, Any]
    ) -> HttpResponse | None:
        presence: Presence = request.presence  # type: ignore[attr-defined]
        access = access_of(view)
        if access.allows(presence.who, account=presence.account):
            return None
        if access.allows(presence.device):  # an emergency may be raised on this device whoever is signed in on it
            request.who = presence.device  # type: ignore[attr-defined]
            return None
        return turned_away(request, presence)


def turned_away(request: HttpRequest, presence: Presence) -> HttpResponse:
    """What an outsider gets: the way in, or a sentence. Never a word of the page that was asked for."""
    way_in = _way_in(request, presence)
    htmx = request.headers.get("HX-Request") == "true"
    if way_in and request.method in ("GET", "HEAD") and not htmx:
        return redirect(way_in)
    response = render(request, "staff/turned_away.html", {"way_in": way_in}, status=403)
    if way_in:
        response["Fristed-Way-In"] = way_in  # the page's script offers it without losing what was typed
    return response


def _way_in(request: HttpRequest, presence: Presence) -> str:
    if presence.needs == "second_factor":
        return reverse("mfa_index")
    if presence.needs == "post":
        return reverse("staff:posts")
    if presence.who is not None and presence.who.role != DEVICE:
        return ""  # someone is here, but the page is not for them
    back = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
    name = "staff:turn" if presence.who is not None else "account_login"
    return f"{reverse(name)}?{back}" if back else reverse(name)
