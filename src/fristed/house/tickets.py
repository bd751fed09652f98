"""Tickets: what the floor signs so that a page can prove later, or to another process, who stood before it. Pure.

One kind lets a queue of offline taps arrive under the name of who made them although their turn is over; it opens
nothing else. Another lets a screen listen to the bell. Neither can be read as the other: each has its own key.
"""

from __future__ import annotations

import base64
import hmac
from binascii import Error

import msgspec

from fristed.ground.act import Role
from fristed.ground.ids import Id
from fristed.ground.moments import HOUR, Moment
from fristed.ground.seal import derive

TAPS = "tickets/taps"
BELL = "tickets/bell"
LIFE: Moment = 24 * HOUR


class Ticket(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who stood there, and when it was said."""

    issued: Moment
    site: Id
    role: Role
    worker: Id | None = None
    device: Id | None = None


def issue(service_key: bytes, purpose: str, ticket: Ticket) -> str:
    """The ticket as text."""
    text = msgspec.json.encode(ticket)
    return base64.urlsafe_b64encode(_mark(service_key, purpose, text) + text).decode()


def read(service_key: bytes, purpose: str, text: str, now: Moment) -> Ticket | None:
    """The ticket; None when it is not ours, for something else, or too old."""
    try:
        whole = base64.urlsafe_b64decode(text)
    except (Error, ValueError):
        return None
    mark, said = whole[:32], whole[32:]
    if not hmac.compare_digest(mark, _mark(service_key, purpose, said)):
        return None
    ticket = msgspec.json.decode(said, type=Ticket)
    return ticket if now - ticket.issued <= LIFE else None


def _mark(service_key: bytes, purpose: str, text: bytes) -> bytes:
    return hmac.digest(derive(service_key, purpose), text, "sha256")
