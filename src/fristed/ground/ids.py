"""Opaque ids: 32 hex digits, ordered by time (as UUID version 7), equal text on both databases.

A thing's id is the key of the tap that made it, so a tablet without a network can name what it has made.
"""

from __future__ import annotations

import hashlib
import re

from fristed.ground.chance import fresh_bytes
from fristed.ground.moments import Moment, now

Id = str

_SHAPE = re.compile(r"[0-9a-f]{32}")


def new_id(moment: Moment | None = None) -> Id:
    """A fresh id whose first 48 bits are the milliseconds of its moment."""
    milliseconds = (now() if moment is None else moment) // 1000
    tail = bytearray(fresh_bytes(10))
    tail[0] = 0x70 | tail[0] & 0x0F
    tail[2] = 0x80 | tail[2] & 0x3F
    return f"{milliseconds & 0xFFFFFFFFFFFF:012x}{tail.hex()}"


def is_id(text: str) -> bool:
    """Whether this is the shape of an id."""
    return bool(_SHAPE.fullmatch(text))


def derived_id(key: Id, part: str) -> Id:
    """The id of a second thing the same tap makes: keeps the time, changes the tail by its part."""
    return key[:12] + hashlib.sha256(f"{key}/{part}".encode()).hexdigest()[:20]
