"""The canonical text of an entry, and the hash that chains it to the one before. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec

from fristed.ground.act import Put, Tap
from fristed.ground.ids import Id
from fristed.ground.moments import Moment

GENESIS = "0" * 64


class Head(NamedTuple):
    """The last entry of a site's chain: its number and its hash."""

    seq: int
    hash: str


NO_HEAD = Head(0, GENESIS)


class EntryText(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an entry says, in full. Field names are short because there are millions."""

    seq: int
    site: Id
    act: str
    thing: Id
    key: Id
    ask: str
    happened: Moment
    recorded: Moment
    role: str
    worker: Id | None = None
    device: Id | None = None
    late: bool = False
    subject: Id | None = None
    reason: str = ""
    flags: tuple[str, ...] = ()
    rows: tuple[tuple[str, str, Id, dict[str, Any]], ...] = ()  # ("+" new or "=" changed, table, id, columns)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A change whose secrets are sealed: what the entry and the rows hold.

    `subject` whose key guards `ask`, the fingerprint of what was asked.
    """

    puts: tuple[Put, ...]
    reason: str
    subject: Id | None
    ask: str
    flags: tuple[str, ...]


def entry_of(seq: int, act: str, tap: Tap, thing: Id, sealed: Sealed) -> EntryText:
    """The entry of one settled act."""
    return EntryText(
        seq=seq,
        site=tap.site,
        act=act,
        thing=thing,
        key=tap.key,
        ask=sealed.ask,
        happened=tap.happened,
        recorded=tap.recorded,
        role=tap.role,
        worker=tap.worker,
        device=tap.device,
        late=tap.late,
        subject=sealed.subject,
        reason=sealed.reason,
        flags=sealed.flags,
        rows=tuple(("+" if put.new else "=", put.table, put.id, dict(put.values)) for put in sealed.puts),
    )


def canonical(entry: EntryText) -> str:
    """The text that is stored and hashed."""
    return msgspec.json.encode(entry, order="sorted").decode()


def parse(text: str) -> EntryText:
    """The opposite of `canonical`. Raises msgspec.DecodeError on a damaged text."""
    return _decoder.decode(text)


def chain(previous: str, text: str) -> str:
    """The hash of an entry, in hex."""
    return hashlib.sha256(f"{previous}{text}".encode()).hexdigest()


_decoder = msgspec.json.Decoder(EntryText)
