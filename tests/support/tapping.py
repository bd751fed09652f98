"""Posts taps as a page does, to the view itself: `answers(who, batch(...))`."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.test import RequestFactory

from fristed.ground.act import ADMINISTRATOR, DEVICE
from fristed.ground.ids import new_id
from fristed.ground.moments import now
from fristed.ground.site import SiteFile
from fristed.house.taps import taps
from fristed.staff.acts import found_site
from fristed.staff.presence import Presence
from fristed.staff.who import Who
from tests.support.cast import done, site_file
from tests.support.service import Cast

HEADERS = {"Fristed-Tap": "1", "Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}


def open_site(file: SiteFile | None = None) -> Cast:
    """An open site with a tablet, and nobody's sign-in: quick to make."""
    cast = Cast(new_id(), file or site_file(), device=new_id())
    done(found_site(Who(cast.site, ADMINISTRATOR).tap(new_id()), file=cast.file))
    return cast


def milliseconds() -> int:
    return now() // 1000


def tap(act: str, /, **changes: Any) -> dict[str, Any]:
    """A tap as a page sends it; `args` holds what is asked."""
    return {"act": act, "key": new_id(), "at": milliseconds(), "args": {}} | changes


def post(
    who: Who | None, *taps_sent: dict[str, Any], sent: int | None = None, headers: dict[str, str] | None = None
) -> HttpResponse:
    """The response to a page that sends these taps."""
    body = json.dumps({"now": milliseconds() if sent is None else sent, "taps": taps_sent})
    return post_text(who, body, headers)


def post_text(who: Who | None, body: str, headers: dict[str, str] | None = None) -> HttpResponse:
    """The response to whatever a page sends."""
    request = RequestFactory().post("/taps", body, content_type="application/json", headers=HEADERS | (headers or {}))
    device = None if who is None or who.device is None else Who(who.site, DEVICE, device=who.device)
    request.who, request.presence = who, Presence(who, device)  # type: ignore[attr-defined]  # as staff's middleware
    return taps(request)


def answers(who: Who | None, *taps_sent: dict[str, Any], sent: int | None = None) -> list[dict[str, Any]]:
    """What each tap is answered."""
    response = post(who, *taps_sent, sent=sent)
    assert response.status_code == 200, response.content
    found: list[dict[str, Any]] = json.loads(response.content)["answers"]
    return found
