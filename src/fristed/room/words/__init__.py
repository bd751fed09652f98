"""Codes in the words of the people who read them: one way to ask. A code without words is shown as it is.

`board`: the room and its emergencies. `door`: the front door. `notes`: care, the day, the shift.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as translated

from fristed.people.labels import LISTS as PEOPLE
from fristed.room.substances import named
from fristed.room.words import board, door, notes
from fristed.room.words.board import GRADES

__all__ = ["GRADES", "said", "word"]

_LISTS: Mapping[str, Mapping[str, str | Promise]] = {
    **PEOPLE,
    "act": board.ACTS,
    "state": board.STATES,
    "route": board.ROUTES,
    "flag": board.FLAGS,
    "watch": board.WATCHES,
    "exit": board.EXITS,
    "spot": board.SPOTS,
    "kind": board.KINDS,
    "line": board.TIMELINE,
    "part": board.PARTS,
    "now": board.NOW,
    "avpu": board.AVPU,
    "attribution": board.ATTRIBUTIONS,
    "outcome": board.OUTCOMES,
    "last_use": door.LAST_USE,
    "turn_away": door.TURN_AWAY,
    "offer": door.OFFERS,
    "role": door.ROLES,
    "for_them": door.FOR_THEM,
}


def word(code: str, of: str) -> str:
    """A code in words; `of` names the list."""
    return translated(named(code)) if of == "substance" else _said(_LISTS[of].get(code), code)


def said(code: str) -> str:
    """A code of care, the day or the shift, where a page holds several kinds of them."""
    return _said(notes.LABELS.get(code), code)


def _said(known: str | Promise | None, code: str) -> str:
    return code.replace("_", " ") if known is None else str(known)
