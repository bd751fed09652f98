"""The board's fragment: made once per site, audience and language, and shared by every screen that looks at it.

Nothing in it is about who looks: no name of a user, no token, no key, no "minutes since" (those are the screen's).
It is made again when the journal has a new entry, and then at most every quarter of a second, by one thread: while
it is being made, the others show the one before.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from django.db import connection
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from fristed.ground.ids import Id
from fristed.journal.models import Entry
from fristed.room.queries.board import Board, board
from fristed.room.queries.emergencies import Shown
from fristed.room.words import board as words
from fristed.staff.queries import site_file

Audience = Literal["staff", "locked", "wall", "unnamed_wall"]

LEAST_SECONDS = 0.25
LITRES = (2, 4, 6, 8, 10, 12, 15)  # flows that a person may say were given; not advice
MEASURES = (  # name, words, unit, where a stepper starts when nothing was measured, lowest, highest
    ("breaths", words.MEASURES["breaths"], words.MEASURES["per_minute"], 12, 0, 60),
    ("oxygen", words.MEASURES["oxygen"], "%", 95, 0, 100),
    ("pulse", words.MEASURES["pulse"], words.MEASURES["per_minute"], 80, 0, 250),
    ("gcs", words.MEASURES["gcs"], "", 15, 3, 15),
    ("systolic", words.MEASURES["systolic"], "mmHg", 120, 0, 300),
    ("diastolic", words.MEASURES["diastolic"], "mmHg", 80, 0, 200),
)


@dataclass(frozen=True, slots=True)
class Fragment:
    """What every screen of one audience shows. `tag` changes when, and only when, the page does."""

    html: SafeString
    tag: str
    seq: int
    made: float


Key = tuple[str, Id, Audience, str]

_kept: dict[Key, Fragment] = {}
_making: defaultdict[Key, threading.Lock] = defaultdict(threading.Lock)


def fragment(site: Id, audience: Audience) -> Fragment:
    """The board for this audience in the language of this request."""
    key = (str(connection.settings_dict["NAME"]), site, audience, get_language() or "en")
    kept, seq = _kept.get(key), _head(site)
    if kept is not None and (kept.seq == seq or 0 <= time.monotonic() - kept.made < LEAST_SECONDS):
        return kept
    if not _making[key].acquire(blocking=kept is None) and kept is not None:
        return kept
    try:
        _kept[key] = _made(site, audience, seq)
        return _kept[key]
    finally:
        _making[key].release()


def _made(site: Id, audience: Audience, seq: int) -> Fragment:
    html = SafeString(render_to_string("room/board_fragment.html", context(site, audience, board(site))))
    return Fragment(html, hashlib.sha256(html.encode()).hexdigest()[:16], seq, time.monotonic())


def context(site: Id, audience: Audience, shown: Board) -> dict[str, object]:
    """What the fragment's templates need. On a locked screen there are no names, and no taps but an emergency's."""
    at_spot = {one.spot: one.id for one in shown.emergencies if not one.safety}
    return {
        "board": shown,
        "names": audience in ("staff", "wall"),
        "buttons": audience in ("staff", "locked"),
        "signed_in": audience == "staff",
        "columns": max((tile.column for tile in shown.tiles), default=1),
        "lines": max((tile.line for tile in shown.tiles), default=1),
        "spots": [(code, name, at_spot.get(code)) for code, name in words.SPOTS.items() if code != "place"],
        "ambulance": list(words.AMBULANCE.items()),
        "exits": list(words.EXITS.items()),
        "kinds": words.kinds(),
        "steps": list(words.STEPS.items()),
        "parts": list(words.PARTS.items()),
        "now_words": list(words.NOW.items()),
        "avpu": list(words.AVPU.items()),
        "measures": MEASURES,
        "litres": LITRES,
        "naloxone": site_file(site).naloxone,
    }


def blank(at: int) -> Shown:
    """An emergency of which nothing is known yet: the screen that a tablet opens before the service has answered."""
    nothing = {"visit": None, "place": None, "ended": None, "false_alarm": None, "check": None}
    return Shown(id="", word="", spot="other", kind="", raised=at, person_now="", lines=(), protocol="", **nothing)


def _head(site: Id) -> int:
    return Entry.objects.filter(site=site).order_by("-seq").values_list("seq", flat=True).first() or 0
