"""Reports. The floor journals who looks and sends on; the workshop counts, so that no tap waits for a report."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from fristed.evidence.chart import bars
from fristed.evidence.queries.period import Period
from fristed.evidence.readers import REPORT_READERS
from fristed.evidence.screens.looking import looked
from fristed.evidence.spreadsheet import as_csv, file_name
from fristed.evidence.thistle import COLUMNS, thistle
from fristed.evidence.words import GIVEN
from fristed.ground.moments import now
from fristed.ground.site import service_day
from fristed.room.words import GRADES
from fristed.staff.access import for_roles
from fristed.staff.queries import site_file
from fristed.staff.who import Request

_SALT = "report"
_GOOD_FOR = 15 * 60  # seconds from the floor's word to the workshop's table
_FLOOR, _WORKSHOP = 0, 2  # how far above the service's port each listens
_LONGEST = 3660  # days


@for_roles(*REPORT_READERS)
def reports(request: Request) -> HttpResponse:
    """Asks for a period; with one, journals the look and sends on to the table."""
    today = service_day(site_file(request.who.site), now())
    asked = {"from": request.GET.get("from", ""), "to": request.GET.get("to", "")}
    if not any(asked.values()):
        asked = {"from": today.replace(day=1).isoformat(), "to": today.isoformat()}
        return render(request, "evidence/reports.html", {"asked": asked})
    problem, first, last = _period(asked)
    if problem:
        return render(request, "evidence/reports.html", {"asked": asked, "problem": problem}, status=422)
    form = "csv" if request.GET.get("as") == "csv" else "page"
    looked(request, "report", request.who.site, f"thistle {first} {last}{' as csv' if form == 'csv' else ''}")
    ticket = signing.dumps([request.who.site, request.who.worker, str(first), str(last), form], salt=_SALT)
    return redirect(_at(request, _WORKSHOP, "evidence:table") + "?" + urlencode({"ticket": ticket}))


@for_roles(*REPORT_READERS)
def table(request: Request) -> HttpResponse:
    """The counted period, to look at and to print, or as a file for a spreadsheet."""
    try:
        site, worker, first, last, form = signing.loads(request.GET.get("ticket", ""), salt=_SALT, max_age=_GOOD_FOR)
    except signing.BadSignature:
        return redirect(_at(request, _FLOOR, "evidence:reports"))
    if (site, worker) != (request.who.site, request.who.worker):
        return redirect(_at(request, _FLOOR, "evidence:reports"))
    counted = thistle(Period(site, date.fromisoformat(first), date.fromisoformat(last)))
    if form == "csv":
        name = f'attachment; filename="{file_name(counted)}"'
        return HttpResponse(as_csv(counted), "text/csv; charset=utf-8", headers={"Content-Disposition": name})
    back = _at(request, _FLOOR, "evidence:reports")
    shown: dict[str, Any] = {
        "site": site_file(site).name,
        "report": counted,
        "columns": COLUMNS,
        "shares": [(m, [m.percent(c) for c in COLUMNS]) for m in counted.months],
        "grades": [(GRADES[int(grade)], count) for grade, count in counted.grades.items() if count],
        "chart": bars([(m.month, m.episodes) for m in counted.months]),
        "given": [(GIVEN[code], count) for code, count in counted.given.items() if count],
        "back": back,
        "file": f"{back}?" + urlencode({"from": first, "to": last, "as": "csv"}),
    }
    return render(request, "evidence/thistle.html", shown)


def _at(request: Request, part: int, name: str) -> str:
    """A page on the port of another part of the service, under the name by which this reader reached it."""
    if not settings.SERVED:
        return reverse(name)
    host = request.get_host().rsplit(":", 1)[0]
    return f"{request.scheme}://{host}:{settings.SERVICE.port + part}{reverse(name)}"


def _period(asked: dict[str, str]) -> tuple[str, date, date]:
    nothing = date.min
    try:
        first, last = date.fromisoformat(asked["from"]), date.fromisoformat(asked["to"])
    except ValueError:
        return _("Give both days, as year, month and day."), nothing, nothing
    if last < first:
        return _("The last day is before the first. Swap them."), first, last
    if (last - first).days > _LONGEST:
        return _("This is more than ten years. Ask for a shorter period."), first, last
    return "", first, last
