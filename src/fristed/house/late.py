"""Taps that have happened and arrive late: by whom they were made, and what becomes of one that cannot be placed."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

import msgspec
from django.conf import settings
from django.db import OperationalError
from django.utils.translation import gettext as _

from fristed.ground.act import Refusal, Tap
from fristed.ground.ids import Id, derived_id
from fristed.ground.moments import HOUR, Moment
from fristed.house import answers, tickets
from fristed.house.answers import Answer
from fristed.journal.models import Entry
from fristed.room.acts.unplaced import keep_unplaced
from fristed.room.models import Unplaced
from fristed.staff.models import Worker
from fristed.staff.who import Who

UNPLACED = "unplaced"
NOT_THEIRS = "ticket"  # why a tap waits whose ticket does not belong here, or not to that time
NOT_LATE = "not_late"  # why a tap waits whose act is never done from a pocket
BEFORE_ISSUE: Moment = HOUR  # how far a tap may be set back before its ticket was given

log = logging.getLogger(__name__)


def ticket_for(who: Who, now: Moment) -> str:
    """The ticket that lets this person's taps arrive later under their name."""
    ticket = tickets.Ticket(now, who.site, who.role, who.worker, who.device)
    return tickets.issue(settings.SERVICE_KEY, tickets.TAPS, ticket)


def who_made(ticket: str, now: Moment) -> tuple[Who, Moment] | None:
    """Who made a late tap, by its ticket, and when that was given; None without a good one."""
    found = tickets.read(settings.SERVICE_KEY, tickets.TAPS, ticket, now)
    if found is None:
        return None
    return Who(found.site, found.role, worker=found.worker, device=found.device), found.issued


def belongs(made: Who, issued: Moment, happened: Moment, device: Who | None, here: Who | None) -> bool:
    """Whether a ticket is shown by the tablet it was given to, or by the same person, and was theirs at that time."""
    same = device is not None and device.device == made.device if made.device else here is not None
    if not same or (made.device is None and here is not None and here.worker != made.worker):
        return False
    post = Worker.objects.filter(id=made.worker).values_list("role", "until").first() if made.worker else None
    held = post is None or (post[0] == made.role and (post[1] is None or happened < post[1]))
    return held and happened >= issued - BEFORE_ISSUE


def known(key: Id) -> bool:
    """Whether this tap has been kept before: then it gets its first answer, whatever has changed since."""
    return Entry.objects.filter(key=key).exists()


def already_unplaced(key: Id) -> Answer | None:
    """The answer that this tap had before, if it could not be placed then."""
    id = derived_id(key, UNPLACED)
    if not Unplaced.objects.filter(id=id).exists():
        return None
    return {"ok": True, "thing": id, "repeated": True, "flags": [UNPLACED]}


def keep(act: str, args: dict[str, Any], tap: Tap, why: str) -> Answer:
    """Keeps a late tap that cannot be placed, for a person to settle. One that fails stays on its tablet alone."""
    asked = msgspec.json.encode(args, order="sorted").decode()
    try:
        kept = keep_unplaced(replace(tap, key=derived_id(tap.key, UNPLACED)), act=act, args=asked, why=why)
    except OperationalError:
        raise  # the database is away: the page keeps the tap and sends it again
    except Exception:
        log.exception("a late tap could not be kept")
        return answers.no("failed", _("This could not be kept. Nothing was changed; try again, or write it on paper."))
    if isinstance(kept, Refusal):
        return answers.refused(kept, tap.recorded, "UTC")
    return answers.done(replace(kept, flags=(UNPLACED, *kept.flags)))
