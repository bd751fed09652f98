"""What scripts need from a page."""

from __future__ import annotations

from django import template
from django.utils.html import json_script
from django.utils.safestring import SafeString

from fristed.house.words import WORDS

register = template.Library()


@register.simple_tag
def words() -> SafeString:
    """The sentences that scripts show, in the page's language, as data."""
    return json_script({name: str(sentence) for name, sentence in WORDS.items()}, "words")
