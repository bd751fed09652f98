"""The argument on an area's numbers. The floor sends its reader to the workshop, which asks the forecast."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from fristed.debate.asked import PAYING, PURSES, SLIDERS, SWITCHES, Asked, read
from fristed.debate.cards import told
from fristed.debate.engine import engine
from fristed.debate.readers import DEBATERS
from fristed.debate.screens.parts import in_the_workshop, on_the_floor
from fristed.debate.shown import OUTCOMES, PAYERS, apart, fans, rows
from fristed.staff.access import for_roles
from fristed.staff.who import Request


@for_roles(*DEBATERS)
def argument(request: Request) -> HttpResponse:
    """Controls, and the answer beneath them."""
    if on_the_floor():
        return redirect(in_the_workshop(request))
    known, asked = _asked(request)
    shown = {
        "areas": known.get("areas", []),
        "positions": known.get("positions", []),
        "asked": asked,
        "controls": [(slider, asked.numbers[slider.name]) for slider in SLIDERS],
        "switches": [(name, words, asked.switches[name]) for name, words in SWITCHES],
        "purses": [(name, words, asked.payers[name]) for name, words, _usual in PURSES],
        "paying": PAYING,
    } | _answer(asked)
    shown |= told(engine.ask(want="cards", area=asked.area))
    return render(request, "debate/argument.html", shown)


@for_roles(*DEBATERS)
def answer(request: Request) -> HttpResponse:
    """The answer alone, for the page's script."""
    if on_the_floor():
        return redirect(in_the_workshop(request))
    _known, asked = _asked(request)
    return render(request, "debate/answer.html", _answer(asked))


def _asked(request: Request) -> tuple[dict[str, Any], Asked]:
    known = engine.ask(want="areas")
    areas = [area["key"] for area in known.get("areas", [])]
    return known, read(request.GET, areas, known.get("positions", []))


def _answer(asked: Asked) -> dict[str, Any]:
    """The people's answer where it is ready, else the twin's; the state says which."""
    question = asked.question()
    twin = engine.ask(want="twin", **question)
    if twin["state"] != "twin":
        return {"state": twin["state"], "done": round(100 * twin.get("done", 0)), "sentence": twin.get("sentence", "")}
    people = engine.ask(want="people", **question)
    best = people if people["state"] == "people" else twin
    ends = {name: best["shown"][name]["ends"] for name in OUTCOMES}
    return {
        "state": best["state"],
        "position": asked.position,
        "done": round(100 * people.get("done", 1)),
        "found": best,
        "rows": rows(ends, OUTCOMES),
        "payers": rows(best["cash"], PAYERS),
        "fans": fans(best["fans"]),
        "apart": apart(twin, people) if best is people else None,
    }
