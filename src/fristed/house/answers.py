"""What a page is told about its tap: kept, or a sentence in the reader's language that says why not."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format

from fristed.ground.act import Done, Refusal
from fristed.ground.moments import Moment, local
from fristed.staff.words import sentence_of

Answer = dict[str, Any]


def done(outcome: Done) -> Answer:
    """The tap is kept."""
    return {"ok": True, "thing": outcome.thing, "repeated": outcome.repeated, "flags": list(outcome.flags)}


def refused(outcome: Refusal, now: Moment, zone: str) -> Answer:
    """The tap is refused, by which rule, until when, and whether this person may override it."""
    first = outcome.objections[0]
    until = None if first.until is None else clock(first.until, now, zone)
    return no(first.rule, sentence_of(first)) | {"until": until, "may_override": outcome.may_override}


def no(rule: str, sentence: str, fields: dict[str, str] | None = None) -> Answer:
    """The tap is refused, in a sentence already in the reader's language."""
    return {
        "ok": False,
        "rule": rule,
        "sentence": sentence,
        "until": None,
        "may_override": False,
        "fields": fields or {},
    }


def clock(moment: Moment, now: Moment, zone: str) -> str:
    """A moment as the room says it: the time, with its day when that is not today."""
    then, today = local(moment, zone), local(now, zone)
    return date_format(then, "H:i" if then.date() == today.date() else "j M H:i")
