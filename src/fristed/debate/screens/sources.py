"""Where a verdict and a number come from, and the brief that prints them."""

from __future__ import annotations

from base64 import b64decode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from fristed.debate.cards import told
from fristed.debate.engine import engine
from fristed.debate.readers import DEBATERS
from fristed.debate.screens.parts import in_the_workshop, on_the_floor
from fristed.debate.shown import OUTCOMES
from fristed.staff.access import for_roles
from fristed.staff.who import Request


@for_roles(*DEBATERS)
def cards(request: Request) -> HttpResponse:
    """The cards of an area alone, for the page's script."""
    if on_the_floor():
        return redirect(in_the_workshop(request))
    area = request.GET.get("area", "")
    return render(request, "debate/cards.html", told(engine.ask(want="cards", area=area)) | {"area": area})


@for_roles(*DEBATERS)
def brief(request: Request) -> HttpResponse:
    """Two pages that both sides could sign, of the run whose cards are shown."""
    if on_the_floor():
        return redirect(in_the_workshop(request))
    found = engine.ask(want="brief", area=request.GET.get("area", ""))
    if found["state"] != "brief":
        raise Http404
    name = 'attachment; filename="brief.pdf"'
    return HttpResponse(b64decode(found["pdf"]), "application/pdf", headers={"Content-Disposition": name})


@for_roles(*DEBATERS)
def claim(request: Request) -> HttpResponse:
    """One claim in every structure, the run it is from, and the numbers it hangs on."""
    if on_the_floor():
        return redirect(in_the_workshop(request))
    area, name = request.GET.get("area", ""), request.GET.get("name", "")
    found = told(engine.ask(want="cards", area=area))
    one = next((shown for shown in found["cards"] if shown.card["name"] == name), None)
    if one is None:
        raise Http404
    hangs = engine.ask(want="number", symbol="", outcome=one.card["outcome"])
    return render(request, "debate/claim.html", {"shown": one, "run": found["run"], "area": area, "hangs": hangs})


@for_roles(*DEBATERS)
def number(request: Request) -> HttpResponse:
    """One number and its source; or, for an outcome, every number that runs, the heaviest first."""
    if on_the_floor():
        return redirect(in_the_workshop(request))
    of = request.GET.get("of", "")
    found = engine.ask(want="number", symbol=request.GET.get("symbol", ""), outcome=of)
    return render(request, "debate/number.html", {"found": found, "of": OUTCOMES.get(of, of)})
