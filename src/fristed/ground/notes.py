"""Notes: what was given, counted, found or reported, when and on which service day; and the bounds of what is typed.

A note says what has happened. Only what makes no sense as a record is sent back, with a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

from fristed.ground.act import Objection, Put, Value, Verdict, add, amend
from fristed.ground.ids import Id
from fristed.ground.moments import Moment

WORD = 60  # letters that a word column holds
LINE = 200  # letters that a line holds
TEXT = 20_000  # letters of free text
MOST = 10_000  # the largest count of one tap; more is a slip of the finger


@dataclass(frozen=True, slots=True)
class Note:
    """What every note has: its id, site, service day, moment."""

    id: Id
    site: Id
    day: str
    at: Moment

    def row(self, table: str, **values: Value) -> Put:
        """The note's row in a table."""
        return add(table, self.id, site_id=self.site, at=self.at, day=self.day, **values)


def set_aside(table: str, id: Id, undone: Moment | None, at: Moment) -> Verdict:
    """A note was a wrong tap: it stays to be read and counts no more."""
    verdict = Verdict(id, (amend(table, id, undone=at),))
    return verdict if undone is None else verdict.but(Objection("set_aside", "This note is already set aside."))


def how_many(count: int, least: int = 1) -> Objection | None:
    """An objection to a number that cannot be a count."""
    if least <= count <= MOST:
        return None
    sentence = "This says {count}. Say how many, from {least} to {most}."
    values: dict[str, str | int] = {"count": count, "least": least, "most": MOST}
    return Objection("count", sentence, recordable=False, values=values)


def fits(text: str, longest: int) -> Objection | None:
    """An objection to a text that is longer than what is kept."""
    if len(text) <= longest:
        return None
    sentence = "This text has {length} letters; {longest} fit. Shorten it, or write two notes."
    return Objection("long_text", sentence, recordable=False, values={"length": len(text), "longest": longest})


def said(text: str, longest: int = LINE) -> Objection | None:
    """An objection to a text that is missing or too long."""
    if text.strip():
        return fits(text, longest)
    return Objection("empty_text", "Something is missing here: write a word or two.", recordable=False)
