"""Codes of the room in the reader's words."""

from __future__ import annotations

from django import template

from fristed.room import door_labels as labels

register = template.Library()


@register.filter
def label(code: str, kind: str) -> str:
    """A code in words; the code itself where there are none."""
    return labels.label(code, kind)
