"""What the base page needs."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings

from fristed.house.configuration import Service
from fristed.house.navigation import Link, links

register = template.Library()


@register.simple_tag
def rehearsal() -> Service | None:
    """The service's settings where it is a rehearsal's, so that every page says so."""
    service: Service = settings.SERVICE
    return service if service.rehearsal else None


@register.simple_tag(takes_context=True)
def navigation(context: dict[str, Any]) -> list[Link]:
    """The main pages open to whoever is at this screen."""
    request = context.get("request")
    return [] if request is None else links(request)
