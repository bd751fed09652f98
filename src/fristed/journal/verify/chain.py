"""The first entry of a site whose number, link, hash or repeated column is wrong."""

from __future__ import annotations

import msgspec

from fristed.ground.ids import Id
from fristed.journal.entry import GENESIS, chain
from fristed.journal.verify.reading import Kept, forwards
from fristed.journal.verify.report import Finding, Tick


class _Repeated(msgspec.Struct):
    """The parts of an entry's text that columns repeat."""

    key: str
    site: str
    seq: int
    act: str
    thing: str
    happened: int
    recorded: int


_decoder = msgspec.json.Decoder(_Repeated)


def first_broken(site: Id, tick: Tick) -> Finding | None:
    """Walks one site's chain from its first entry; None when every entry holds."""
    previous, number = GENESIS, 1
    for batch in forwards(site):
        for kept in batch:
            problem = _problem(kept, previous, number)
            if problem:
                return Finding("chain", f"site {site}, entry {number}", problem)
            previous, number = kept.hash, number + 1
        tick(len(batch))
    return None


def _problem(kept: Kept, previous: str, number: int) -> str:
    if kept.seq != number:
        return f"Entry {number} is missing: the next one here is {kept.seq}."
    if kept.hash != chain(previous, kept.text):
        return f"The hash of entry {number} ({kept.act}) does not follow from entry {number - 1} and its own text."
    try:
        said = msgspec.structs.astuple(_decoder.decode(kept.text))
    except msgspec.DecodeError as error:
        return f"The text of entry {number} cannot be read: {error}."
    for name, column, text in zip(_Repeated.__struct_fields__, kept, said, strict=False):
        if column != text:
            return f"The column {name} of entry {number} says {column!r}, its text says {text!r}."
    return ""
