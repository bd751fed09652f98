"""The door of every page: who is there, and whether the page is open to them. Fails closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from fristed.ground.act import DEVICE
from fristed.staff.access import access_of
from fristed.staff.presence import Presence, forget, presence_of
from fristed.staff.rules import WHO_MANAGES

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class KeptSession(SessionMiddleware):
    """A browser's cookie is taken away only by the request that ended the session.

    An answer that was under way while a tablet changed hands knows the earlier session alone, which is gone; taking
    the cookie away would end the turn that has just begun.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response = super().process_response(request, response)
        cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie is not None and not cookie.value and not request.session.modified:
            del response.cookies[settings.SESSION_COOKIE_NAME]
        return response


class WhoMiddleware:
    """Sets `request.who` and `request.presence`, then lets a view be reached only as it declared."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        presence = presence_of(request)
        request.presence = presence  # type: ignore[attr-defined]  # Django requests take attributes
        request.who = presence.who  # type: ignore[attr-defined]  # as above
        response = self.get_response(request)
        if request.method == "POST" and presence.who is not None and presence.who.role in WHO_MANAGES:
            forget()  # a manager's tap may have changed who belongs here
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], named: dict[str, Any]
    ) -> HttpResponse | None:
        presence: Presence = request.presence  # type: ignore[attr-defined]  # set above
        if settings.READ_ONLY and request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405)
        access = access_of(view)
        if access.allows(presence.who, account=presence.account):
            return None
        if access.allows(presence.device):  # an emergency may be raised on this device whoever is signed in on it
            request.who = presence.device  # type: ignore[attr-defined]  # as above
            return None
        if access.names(presence.who):
            return pin_is_not_enough(request)
        return turned_away(request, presence)


def pin_is_not_enough(request: HttpRequest) -> HttpResponse:
    """What someone gets in a turn whose page needs a full sign-in: why, and the way there and back."""
    way = _and_back(request, _floor() + reverse("account_login"), back=request.method == "GET")
    return render(request, "staff/turned_away.html", {"way_in": way, "turn": True}, status=403)


def turned_away(request: HttpRequest, presence: Presence) -> HttpResponse:
    """What an outsider gets: the way in, or a sentence. Never a word of the page that was asked for."""
    way = way_in(request, presence, back=request.method == "GET")
    if way and request.method in ("GET", "HEAD"):
        return redirect(way)
    return render(request, "staff/turned_away.html", {"way_in": way}, status=403)


def way_in(request: HttpRequest, presence: Presence, *, back: bool) -> str:
    """The address where this person gets in, and then comes back; empty when someone is in already."""
    if presence.needs == "second_factor":
        return _floor() + reverse("mfa_index")
    if presence.needs == "post":
        return _floor() + reverse("staff:post")
    if presence.who is not None and presence.who.role != DEVICE:
        return ""
    return _and_back(request, _floor() + reverse("account_login" if presence.who is None else "staff:turn"), back=back)


def _and_back(request: HttpRequest, address: str, *, back: bool) -> str:
    return f"{address}?{urlencode({'next': request.get_full_path()})}" if back else address


def _floor() -> str:
    """Where people get in: here, or seen from the workshop, the floor."""
    return str(settings.SERVICE.origin()) if settings.READ_ONLY else ""
