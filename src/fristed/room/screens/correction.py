"""The times of one visit or one emergency, to be set right."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fristed.ground.act import FLOOR
from fristed.ground.ids import Id
from fristed.room.queries.correction import Story, emergency_story, story
from fristed.staff.access import for_roles
from fristed.staff.queries import site_file
from fristed.staff.who import Request


@for_roles(*FLOOR)
def times(request: Request, visit: Id) -> HttpResponse:
    """Each moment of a visit, with the original beside what was corrected."""
    return _page(request, story(request.who.site, visit))


@for_roles(*FLOOR)
def emergency_times(request: Request, emergency: Id) -> HttpResponse:
    """The same for an emergency, whoever it was about."""
    return _page(request, emergency_story(request.who.site, emergency))


def _page(request: Request, found: Story | None) -> HttpResponse:
    if found is None:
        raise Http404(_("There is no such visit here."))
    shown = {"zone": site_file(request.who.site).zone, "story": found, "back": (1, 2, 5)}
    return render(request, "room/correction.html", shown)
