"""The journal's reader: a day, and one visit or emergency second by second."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render

from fristed.evidence.queries.journal import day_list, record
from fristed.evidence.readers import JOURNAL_READERS, SEE_CONTENT
from fristed.evidence.screens.looking import looked
from fristed.ground.moments import now
from fristed.ground.site import service_day
from fristed.staff.access import for_roles
from fristed.staff.queries import site_file
from fristed.staff.who import Request


@for_roles(*JOURNAL_READERS)
def journal(request: Request) -> HttpResponse:
    """One service day: its emergencies and visits, without a word about who."""
    file = site_file(request.who.site)
    day = _day(request.GET.get("day", "")) or service_day(file, now())
    after = request.GET.get("after", "")
    listed = day_list(request.who.site, day.isoformat(), int(after) if after.isdecimal() else 0)
    return render(request, "evidence/journal.html", {"day": day.isoformat(), "listed": listed, "zone": file.zone})


@for_roles(*JOURNAL_READERS)
def record_page(request: Request, kind: str, thing: str) -> HttpResponse:
    """One visit or emergency, entry by entry. What was said is shown only to who may read it."""
    content = request.who.role in SEE_CONTENT
    found = record(request.who.site, kind, thing, content=content)
    if found is None:
        raise Http404
    looked(request, kind, thing)
    zone = site_file(request.who.site).zone
    return render(request, "evidence/record.html", {"record": found, "content": content, "zone": zone})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
