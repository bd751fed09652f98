"""Codes of the room in the reader's words."""

from __future__ import annotations

from django import template

from fristed.room import words
from fristed.room.words.door import ROLES
from fristed.staff.words import sentence_of

register = template.Library()
register.filter("sentence", sentence_of)
register.filter("label", words.word)


@register.filter
def roles(codes: frozenset[str]) -> list[str]:
    """Roles in words, in the order in which one would ask."""
    return [str(word) for code, word in ROLES.items() if code in codes]
