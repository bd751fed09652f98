"""An area's full run: a reader asks for it on the floor, by a form; the workshop, which takes no form, begins it on
the floor's word. No row of the house is written, and asked twice it is the same run."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from fristed.debate.engine import engine
from fristed.debate.readers import DEBATERS
from fristed.debate.screens.parts import FLOOR, WORKSHOP, at, on_the_floor
from fristed.staff.access import for_roles
from fristed.staff.who import Request

_SALT = "full run"
_GOOD_FOR = 15 * 60  # seconds from the floor's word to the workshop's beginning


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*DEBATERS)
def begin(request: Request) -> HttpResponse:
    """Asks whether to run an area in full; said yes, the workshop begins and shows how far it is."""
    if request.method == "POST":
        area = request.POST.get("area", "")
        ticket = signing.dumps([request.who.site, request.who.worker, area], salt=_SALT)
        return redirect(at(request, WORKSHOP, reverse("debate:begin")) + "?" + urlencode({"ticket": ticket}))
    told = _told(request)
    if told is not None and not on_the_floor():
        engine.ask(want="begin", area=told)
        return redirect(f"{reverse('debate:argument')}?{urlencode({'area': told})}#cards")
    if settings.READ_ONLY:
        return redirect(at(request, FLOOR, request.get_full_path()))
    return render(request, "debate/begin.html", {"area": request.GET.get("area", "")})


def _told(request: Request) -> str | None:
    """The area of the floor's word; None without one, with an old one, or with another reader's."""
    try:
        site, worker, area = signing.loads(request.GET.get("ticket", ""), salt=_SALT, max_age=_GOOD_FOR)
    except signing.BadSignature:
        return None
    return str(area) if (site, worker) == (request.who.site, request.who.worker) else None
