"""What the base page needs."""

from __future__ import annotations

from typing import Any

from django import template

from fristed.house.navigation import Link, links

register = template.Library()


@register.simple_tag(takes_context=True)
def navigation(context: dict[str, Any]) -> list[Link]:
    """The main pages open to whoever is at this screen."""
    request = context.get("request")
    return [] if request is None else links(request)
