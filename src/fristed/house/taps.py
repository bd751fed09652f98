"""POST /taps: every act of every page, one tap or a tablet's queue, answered in order.

Made to be safe without a token in the page: only our own pages can set the header `Fristed-Tap` and JSON on a
request that carries our cookies, and the browser's own word on where a request comes from is checked as well.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from fristed.ground.act import DEVICE, Refusal, Tap
from fristed.ground.ids import Id, is_id
from fristed.ground.models import Site
from fristed.ground.moments import Moment, now
from fristed.ground.site import decode_site
from fristed.house import answers
from fristed.house.answers import Answer
from fristed.house.asked import Misread, parse
from fristed.house.clock_error import Stamp, happened
from fristed.journal.frame import ACTS
from fristed.staff.access import for_everyone
from fristed.staff.who import Who

MOST_BYTES = 1_000_000
MOST_TAPS = 200
_MILLISECOND: Moment = 1000

log = logging.getLogger(__name__)


class TapText(msgspec.Struct, frozen=True):
    """One tap as a page sends it. Times are milliseconds by the tablet; see `clock_error.Stamp`."""

    act: str
    key: str
    at: int
    args: dict[str, Any] = {}
    override: bool = False
    reason: str = ""
    late: bool = False  # made without a network, or set back: it has happened, and is kept
    age: int | None = None
    error: int | None = None


class Batch(msgspec.Struct, frozen=True):
    """What a page sends: its clock, and its taps in the order they were made."""

    now: int
    taps: list[TapText]


@csrf_exempt
@require_POST
@for_everyone("each tap is answered by who made it: one that nobody may make is refused here, in a sentence")
def taps(request: HttpRequest) -> HttpResponse:
    """Keeps each tap in order and answers each; never half of one."""
    received = now()
    if not from_our_page(request):
        return _whole(403, "foreign", _("This did not come from a page of this service."))
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        return _whole(413, "too_long", _("This is too much text for one entry. Shorten it; nothing typed is lost."))
    try:
        batch = msgspec.json.decode(request.body, type=Batch)
    except msgspec.DecodeError:
        return _whole(400, "unreadable", _("This page does not fit the service any more. Reload it."))
    if len(batch.taps) > MOST_TAPS:
        return _whole(413, "too_many", _("Too many entries at once. They are sent again in smaller parts."))
    who: Who | None = request.who  # type: ignore[attr-defined]  # set by staff's middleware
    found = [answer(who, text, batch.now, received) for text in batch.taps]
    return JsonResponse({"now": now() // _MILLISECOND, "answers": found})


def from_our_page(request: HttpRequest) -> bool:
    """Whether a page of this very address sent this."""
    here = f"{request.scheme}://{request.get_host()}"
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    declared = request.headers.get("Fristed-Tap") == "1" and request.content_type == "application/json"
    return declared and site in (None, "same-origin") and origin in (None, here)


def answer(who: Who | None, text: TapText, sent: int, received: Moment) -> Answer:
    """What becomes of one tap."""
    act = ACTS.get(text.act)
    if act is None or act.founding or not is_id(text.key):
        return answers.no("unknown_act", _("This page does not fit the service any more. Reload it."))
    if who is None or (who.role == DEVICE and DEVICE not in act.roles):
        way_in = reverse("account_login" if who is None else "staff:turn")
        sentence = _("Nobody is signed in here. Sign in; what you typed is kept.")
        return answers.no("sign_in", sentence) | {"way_in": way_in}
    try:
        asked = parse(act, text.args)
    except Misread as error:
        return answers.no("misread", _("Some of this needs another look."), error.fields)
    try:
        outcome = act(_tap(who, text, sent, received), **asked)
    except Exception:
        log.exception("an act failed")
        return answers.no("failed", _("This could not be kept. Nothing was changed; try again, or write it on paper."))
    if isinstance(outcome, Refusal):
        return answers.refused(outcome, received, _zone(who.site))
    return answers.done(outcome)


def _tap(who: Who, text: TapText, sent: int, received: Moment) -> Tap:
    age = None if text.age is None else text.age * _MILLISECOND
    error = None if text.error is None else text.error * _MILLISECOND
    at, doubts = happened(Stamp(text.at * _MILLISECOND, sent * _MILLISECOND, age, error), received)
    tap = who.tap(text.key, at, late=text.late, override=text.override, reason=text.reason)
    return replace(tap, doubts=doubts)


def _zone(site: Id) -> str:
    file = Site.objects.filter(id=site).values_list("file", flat=True).first()
    return decode_site(file).zone if file else "UTC"


def _whole(status: int, rule: str, sentence: str) -> HttpResponse:
    return JsonResponse({"now": now() // _MILLISECOND, "answers": [], **answers.no(rule, sentence)}, status=status)
