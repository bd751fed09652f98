"""POST /taps: every act of every page, one tap or a tablet's queue, answered in order.

Made to be safe without a token in the page: only our own pages can set the header `Fristed-Tap` and JSON on a
request that carries our cookies, and the browser's own word on where a request comes from is checked as well.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from fristed.ground.act import CALL_SCREEN, DEVICE, Refusal, Tap
from fristed.ground.ids import Id, is_id
from fristed.ground.models import Site
from fristed.ground.moments import MINUTE, Moment, now
from fristed.ground.site import decode_site
from fristed.house import answers, late
from fristed.house.answers import Answer
from fristed.house.asked import Misread, parse
from fristed.house.clock_error import Stamp, happened
from fristed.journal.frame import ACTS, Act
from fristed.journal.tables import Overlong
from fristed.staff.access import for_everyone
from fristed.staff.who import Who

MOST_BYTES = 1_000_000
MOST_TAPS = 200
SAID_LIVE: Moment = MINUTE  # how old a tap may be that is sent as happening now
NOT_SAID = "set_back_unsaid"  # the flag of one that is older
_MILLISECOND: Moment = 1000

log = logging.getLogger(__name__)


class TapText(msgspec.Struct, frozen=True):
    """One tap as a page sends it. Times are milliseconds by the tablet; see `clock_error.Stamp`.

    `late`: it was set back, so it has happened. `pocketed`: made without a network; nobody waits for the answer, and
    `ticket` says who made it.
    """

    act: str
    key: str
    at: int
    args: dict[str, Any] = {}
    override: bool = False
    reason: str = ""
    late: bool = False
    pocketed: bool = False
    ticket: str = ""
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
    found = [answer(hands(request), text, batch.now, received) for text in batch.taps]
    return JsonResponse({"now": now() // _MILLISECOND, "answers": found})


def from_our_page(request: HttpRequest) -> bool:
    """Whether a page of this very address sent this."""
    here = f"{request.scheme}://{request.get_host()}"
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    declared = request.headers.get("Fristed-Tap") == "1" and request.content_type == "application/json"
    return declared and site in (None, "same-origin") and origin in (None, here)


@dataclass(frozen=True, slots=True)
class Hands:
    """Whoever is at the screen, and the enrolled device in itself: an emergency may be tapped by anyone's hand."""

    who: Who | None
    device: Who | None = None

    @property
    def may_keep(self) -> bool:
        """Whether what a pocket held may be kept from here: not without anybody, not in the waiting room."""
        roles = {who.role for who in (self.who, self.device) if who is not None}
        return bool(roles) and CALL_SCREEN not in roles

    def for_act(self, act: Act[Any]) -> Who | None:
        """Who does this act: the person, or the device where the person may not and a device may."""
        if self.who is not None and self.who.role in act.roles:
            return self.who
        return self.device if self.device is not None and DEVICE in act.roles else self.who


def hands(request: HttpRequest) -> Hands:
    """Who may have tapped, as staff's middleware has found them."""
    return Hands(request.who, request.presence.device)  # type: ignore[attr-defined]  # set by staff's middleware


def answer(here: Hands, text: TapText, sent: int, received: Moment) -> Answer:
    """What becomes of one tap."""
    act = ACTS.get(text.act)
    if not text.pocketed:
        return _answer(act, here.who if act is None else here.for_act(act), text, sent, received)
    if not here.may_keep or not is_id(text.key):
        return _sign_in(here.who)
    who, why = _maker(here, act, text, sent, received)
    if why and not late.known(text.key):
        return late.already_unplaced(text.key) or late.keep(
            text.act, text.args, _tap(act, who, text, sent, received), why
        )
    found = late.already_unplaced(text.key) or _answer(act, who, text, sent, received)
    return found if found["ok"] else late.keep(text.act, text.args, _tap(act, who, text, sent, received), found["rule"])


def _maker(here: Hands, act: Act[Any] | None, text: TapText, sent: int, received: Moment) -> tuple[Who, str]:
    """Who made a tap out of a pocket; and why it only waits for a person, where it does."""
    made = late.who_made(text.ticket, received)
    somebody: Who = here.device or here.who  # type: ignore[assignment]  # one of them is here: asked before
    who = made[0] if made else (here.who if act is None else here.for_act(act)) or somebody
    if late.known(text.key):
        return who, ""
    if made and not late.belongs(*made, _dated(text, sent, received)[0], here.device, here.who):
        device_may = act is not None and DEVICE in act.roles and here.device is not None
        return (somebody, "") if device_may else (somebody, late.NOT_THEIRS)
    return who, "" if act is None or act.may_be_late else late.NOT_LATE


def _answer(act: Act[Any] | None, who: Who | None, text: TapText, sent: int, received: Moment) -> Answer:
    if act is None or act.founding or act.own_page or not is_id(text.key):
        return answers.no("unknown_act", _("This page does not fit the service any more. Reload it."))
    if who is None or (who.role == DEVICE and DEVICE not in act.roles):
        return _sign_in(who)
    try:
        outcome = act(_tap(act, who, text, sent, received), **parse(act, text.args))
    except Misread as error:
        return answers.no("misread", _("Some of this needs another look."), error.fields)
    except Overlong:
        return answers.no("too_long", _("This is too much text for one entry. Shorten it; nothing typed is lost."))
    except OperationalError:
        raise  # the database is away: the page keeps the tap and sends it again
    except Exception:
        log.exception("an act failed")
        return answers.no("failed", _("This could not be kept. Nothing was changed; try again, or write it on paper."))
    if isinstance(outcome, Refusal):
        return answers.refused(outcome, received, zone_of(who.site))
    return answers.done(outcome)


def _sign_in(who: Who | None) -> Answer:
    sentence = _("Nobody is signed in here. Sign in; what you typed is kept.")
    way_in = reverse("account_login" if who is None else "staff:turn")
    return answers.no("sign_in", sentence) | {"way_in": way_in}


def _tap(act: Act[Any] | None, who: Who, text: TapText, sent: int, received: Moment) -> Tap:
    """The tap, dated. What is older than a minute has happened, said or not; not every act can have."""
    at, doubts = _dated(text, sent, received)
    said, old = text.late or text.pocketed, received - at > SAID_LIVE
    if not text.pocketed and not (act and act.may_be_late):
        said, old, at = False, False, received if old else at
    if old and not said:
        doubts = (*doubts, NOT_SAID)
    tap = who.tap(text.key, at, late=said or old, override=text.override, reason=text.reason)
    return replace(tap, doubts=doubts)


def _dated(text: TapText, sent: int, received: Moment) -> tuple[Moment, tuple[str, ...]]:
    age = None if text.age is None else text.age * _MILLISECOND
    error = None if text.error is None else text.error * _MILLISECOND
    return happened(Stamp(text.at * _MILLISECOND, sent * _MILLISECOND, age, error), received)


def zone_of(site: Id) -> str:
    """The zone of a site's clocks."""
    file = Site.objects.filter(id=site).values_list("file", flat=True).first()
    return decode_site(file).zone if file else "UTC"


def _whole(status: int, rule: str, sentence: str) -> HttpResponse:
    return JsonResponse({"now": now() // _MILLISECOND, "answers": [], **answers.no(rule, sentence)}, status=status)
