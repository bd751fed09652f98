"""The page on which what is personal is erased for good, or held because a court or the law wants it kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from fristed.ground.ids import Id
from fristed.people import labels
from fristed.people.queries.holds import holds_on, is_erased
from fristed.staff.queries import site_file
from fristed.staff.who import Request


@dataclass(frozen=True, slots=True)
class Forgetting:
    """What may be forgotten: its `title`, the acts and their arguments, the subjects that hold its keys.

    `hold` is empty where nothing can be held.
    """

    title: str
    erase: str
    args: dict[str, Any]
    subjects: tuple[Id, ...]
    back: str
    hold: str = ""


def forget_page(request: Request, what: Forgetting) -> HttpResponse:
    """Asks twice, and says whether it is held or gone already."""
    site = request.who.site
    context = {
        "what": what,
        "args": json.dumps(what.args),
        "gone": is_erased(site, what.subjects[0]),
        "holds": holds_on(site, what.subjects),
        "grounds": labels.GROUNDS,
        "zone": site_file(site).zone,
    }
    return render(request, "people/forget.html", context)
