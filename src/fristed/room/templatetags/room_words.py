"""Codes of the room in the reader's words."""

from __future__ import annotations

from django import template

from fristed.room import door_labels
from fristed.staff.words import sentence_of

register = template.Library()
register.filter("sentence", sentence_of)


@register.filter
def label(code: str, kind: str) -> str:
    """A code in words; the code itself where there are none."""
    return door_labels.label(code, kind)


@register.filter
def roles(codes: frozenset[str]) -> list[str]:
    """Roles in words, in the order in which one would ask."""
    return [str(word) for code, word in door_labels.ROLES.items() if code in codes]
