"""The main pages, and to whom each is shown: a link never leads to a page that would turn its reader away."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fristed.staff.access import access_of


@dataclass(frozen=True, slots=True)
class Link:
    """A page in the main navigation, as this reader sees it."""

    label: str | Promise
    url: str
    here: bool


PAGES: tuple[tuple[str, Promise], ...] = (
    ("room:board", _("The room")),
    ("room:door", _("Front door")),
    ("room:equipment", _("Care")),
    ("room:evacuation", _("Who is in")),
    ("room:day", _("The day")),
    ("neighbourhood:street", _("The street")),
    ("room:handover", _("Handover")),
    ("room:protocols", _("Protocols")),
    ("staff:shift", _("The shift")),
    ("evidence:reports", _("Reports")),
    ("evidence:journal", _("The journal")),
    ("debate:argument", _("The argument")),
    ("staff:posts", _("Posts")),
    ("staff:devices", _("Devices")),
)


def links(request: HttpRequest) -> list[Link]:
    """The main pages of whoever is at this screen, in the order of a day. Some ask first for a full sign-in."""
    who = getattr(request, "who", None)
    found = ((reverse(name), label) for name, label in PAGES)
    return [
        Link(label, url, here=request.path == url)
        for url, label in found
        if who is not None and access_of(resolve(url).func).names(who)
    ]
