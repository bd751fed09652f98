"""What the base page needs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import template
from django.conf import settings

from fristed.ground.act import ANYONE_ON_THE_FLOOR, DEVICE
from fristed.house.certificate_ends import Ending, endings
from fristed.house.configuration import Service
from fristed.house.navigation import Link, links
from fristed.staff.access import access_of
from fristed.staff.rules import WHO_MANAGES

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


@register.inclusion_tag("certificate_ends.html", takes_context=True)
def certificate_ends(context: dict[str, Any]) -> dict[str, list[Ending]]:
    """Certificates that end soon, told to whoever can see to it."""
    who = getattr(context.get("request"), "who", None)
    told = who is not None and who.role in WHO_MANAGES
    return {"endings": endings(settings.SERVICE, datetime.now(UTC)) if told else []}


@register.simple_tag(takes_context=True)
def closes(context: dict[str, Any]) -> bool:
    """Whether this page is for workers only, so that it closes when a turn or sign-in ends."""
    match = getattr(context.get("request"), "resolver_match", None)
    if match is None:
        return False
    access = access_of(match.func)
    return not access.everyone and DEVICE not in access.roles


@register.simple_tag(takes_context=True)
def deaf(context: dict[str, Any]) -> bool:
    """Whether whoever is here is told of no alarm, so that no strip is kept free for one."""
    who = getattr(context.get("request"), "who", None)
    return who is not None and who.role not in ANYONE_ON_THE_FLOOR
