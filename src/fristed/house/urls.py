"""Every address of the house, room by room. Who may open a page is said beside its view (`staff.access`)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from fristed.house import authority, clock, shell
from fristed.house.start import start
from fristed.house.taps import taps
from fristed.staff.access import for_everyone

urlpatterns: list[URLPattern | URLResolver] = [
    path("language/", for_everyone("Choosing a language shows nothing.")(set_language), name="set_language"),
    path("taps", taps, name="taps"),
    path("clock", clock.clock, name="clock"),
    path("alarms", clock.alarms, name="alarms"),
    path("sw.js", shell.worker, name="worker"),
    path("shell/", shell.shell, name="shell"),
    path("", start, name="start"),
    path("authority/", authority.authority, name="authority"),
    path("authority/certificate/", authority.certificate, name="authority_certificate"),
    path("", include("fristed.staff.sign_in_urls")),
    path("", include("fristed.staff.urls")),
    path("", include("fristed.people.urls")),
    path("", include("fristed.neighbourhood.urls")),
    path("", include("fristed.room.urls")),
    path("", include("fristed.evidence.urls")),
    path("", include("fristed.debate.urls")),
]
