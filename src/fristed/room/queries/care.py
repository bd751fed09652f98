"""Today's notes of care, newest first, and what of them still waits for someone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Sum

from fristed.ground.ids import Id
from fristed.people.queries.sealed import opened_all
from fristed.room.models import Found, Incident, Referral, Sample, ServiceGiven, Supply
from fristed.staff.models import Worker

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Totals:
    """What went out and came back today, by item."""

    item: str
    out: int
    back: int


def supplies(site: Id, day: str) -> list[Supply]:
    """The newest supplies of a day, wrong taps too."""
    return list(Supply.objects.filter(site=site, day=day).order_by("-at", "-id")[:SHOWN])


def totals(site: Id, day: str) -> list[Totals]:
    """Sums of a day by item; wrong taps do not count."""
    rows = Supply.objects.filter(site=site, day=day, undone=None).values("item", "direction").annotate(n=Sum("count"))
    counts: dict[tuple[str, str], int] = {(row["item"], row["direction"]): row["n"] for row in rows}
    items = sorted({item for item, _ in counts})
    return [Totals(item, counts.get((item, "out"), 0), counts.get((item, "back"), 0)) for item in items]


def services(site: Id, day: str) -> list[ServiceGiven]:
    """Services and brief interventions of a day."""
    return list(ServiceGiven.objects.filter(site=site, day=day).order_by("-at", "-id")[:SHOWN])


def referrals(site: Id, days: tuple[str, ...]) -> list[Referral]:
    """Offers of these days."""
    return list(Referral.objects.filter(site=site, day__in=days).order_by("-at", "-id")[:SHOWN])


def samples(site: Id) -> list[Sample]:
    """Samples that are still here, then the newest that are not."""
    rows = Sample.objects.filter(site=site)
    here = list(rows.filter(ended="", undone=None).order_by("at", "id")[:SHOWN])
    return here + list(rows.exclude(ended="").order_by("-at", "-id")[:10])


@dataclass(frozen=True, slots=True)
class Bag:
    """A sealed bag: its row, what it looks like, who put it away, who saw it."""

    row: Found
    looks: str
    finder: str
    second: str


def bags(site: Id) -> list[Bag]:
    """Bags still here, then the newest that left."""
    rows = Found.objects.filter(site=site)
    shown = list(rows.filter(ended="", undone=None).order_by("at", "id")[:SHOWN])
    shown += list(rows.exclude(ended="").order_by("-at", "-id")[:10])
    names = dict(Worker.objects.filter(site=site).values_list("id", "name"))
    return [
        Bag(row, content.get("looks", ""), names.get(row.worker or "", ""), names.get(row.second_worker or "", ""))
        for row, content in zip(shown, _opened(shown), strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Reported:
    """An incident and what was said of it."""

    row: Incident
    text: str


def incidents(site: Id, days: tuple[str, ...]) -> list[Reported]:
    """Incidents of these days, newest first."""
    rows = Incident.objects.filter(site=site, day__in=days).select_related("visit").order_by("-at", "-id")[:SHOWN]
    shown = list(rows)
    return [Reported(row, content.get("text", "")) for row, content in zip(shown, _opened(shown), strict=True)]


def _opened(rows: list[Any]) -> list[dict[str, Any]]:
    """Sealed under the visit's subject where there is one, else under the note's own key."""
    visits = [getattr(row, "visit", None) for row in rows]
    pairs = [
        ((visit.client_id or visit.id) if visit else row.id, row.sealed)
        for row, visit in zip(rows, visits, strict=True)
    ]
    return opened_all(pairs)
