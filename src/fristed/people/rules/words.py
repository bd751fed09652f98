"""What may be written down: short words from lists, texts of a length that can be read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from fristed.ground.act import Objection, Verdict
from fristed.ground.notes import WORD


def unknown(what: str) -> Verdict:
    """The verdict about something that does not exist at this site."""
    objection = Objection(f"unknown_{what}", "This is not known here. Reload the page and try again.", recordable=False)
    return Verdict("", (), (objection,))


def not_on_list(what: str, word: str, accepted: Iterable[str]) -> Objection | None:
    """Objects to a word that its list does not have."""
    accepted = tuple(accepted)
    if word in accepted:
        return None
    values: dict[str, str | int] = {"what": what, "word": word[:WORD], "accepted": ", ".join(accepted)}
    sentence = "{what}: '{word}' is not on the list. Choose one of: {accepted}."
    return Objection(f"unknown_{what}", sentence, recordable=False, values=values)


def empty(text: str, otherwise: Objection) -> Objection | None:
    """The objection, when nothing is written where something is needed."""
    return None if text.strip() else otherwise


def unprintable(text: str) -> Objection | None:
    """Objects to signs that cannot be read aloud or typed again."""
    if not any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co") for sign in text):
        return None
    return Objection("unprintable", "This holds a sign that cannot be read or typed again. Type it by hand.")
