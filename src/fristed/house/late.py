"""Taps that have happened and arrive late: by whom they were made, and what becomes of one that cannot be placed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
from django.conf import settings

from fristed.ground.act import Refusal, Tap
from fristed.ground.ids import Id, derived_id
from fristed.ground.moments import Moment
from fristed.house import answers, tickets
from fristed.house.answers import Answer
from fristed.room.acts.unplaced import keep_unplaced
from fristed.room.models import Unplaced
from fristed.staff.who import Who

UNPLACED = "unplaced"


def ticket_for(who: Who, now: Moment) -> str:
    """The ticket that lets this person's taps arrive later under their name."""
    ticket = tickets.Ticket(now, who.site, who.role, who.worker, who.device)
    return tickets.issue(settings.SERVICE_KEY, tickets.TAPS, ticket)


def who_made(ticket: str, now: Moment) -> Who | None:
    """Who made a late tap, by its ticket; None without a good one."""
    found = tickets.read(settings.SERVICE_KEY, tickets.TAPS, ticket, now)
    return None if found is None else Who(found.site, found.role, worker=found.worker, device=found.device)


def already_unplaced(key: Id) -> Answer | None:
    """The answer that this tap had before, if it could not be placed then."""
    id = derived_id(key, UNPLACED)
    if not Unplaced.objects.filter(id=id).exists():
        return None
    return {"ok": True, "thing": id, "repeated": True, "flags": [UNPLACED]}


def keep(act: str, args: dict[str, Any], tap: Tap, why: str) -> Answer:
    """Keeps a late tap that cannot be placed, for a person to settle."""
    asked = msgspec.json.encode(args, order="sorted").decode()
    kept = keep_unplaced(replace(tap, key=derived_id(tap.key, UNPLACED)), act=act, args=asked, why=why)
    if isinstance(kept, Refusal):
        return answers.refused(kept, tap.recorded, "UTC")
    return answers.done(replace(kept, flags=(UNPLACED, *kept.flags)))
