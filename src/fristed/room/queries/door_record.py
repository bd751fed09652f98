"""Someone's own record: what is kept of them, in one page that they can be handed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from fristed.ground.ids import Id
from fristed.people.queries.looks import Looked, looks_at
from fristed.people.queries.page import Page, page_of
from fristed.people.queries.sealed import opened_all
from fristed.room.models import Consumption, Emergency, Referral, ServiceGiven, Supply, Visit

VISITS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class VisitShown:
    """One visit: its note, what was declared, what was given or offered (codes), emergencies."""

    row: Visit
    note: str
    consumptions: list[Consumption]
    given: list[str]
    emergencies: list[Emergency]


@dataclass(frozen=True, slots=True)
class Record:
    """A person's page, their visits (all counted, the last ones shown), and who looked."""

    page: Page
    count: int
    visits: list[VisitShown]
    looks: list[Looked]


def record_of(site: Id, client: Id) -> Record | None:
    """A person's own record; None where there is no such person at this site."""
    page = page_of(site, client)
    if page is None:
        return None
    every = Visit.objects.filter(client__in=page.records)
    return Record(page, every.count(), _shown(every.order_by("-came")[:VISITS_SHOWN]), looks_at(page.records))


def _shown(visits: Iterable[Visit]) -> list[VisitShown]:
    rows = list(visits)
    ids = [row.id for row in rows]
    said: dict[Id, list[Consumption]] = defaultdict(list)
    for consumption in Consumption.objects.filter(visit__in=ids).order_by("declared"):
        said[consumption.visit_id].append(consumption)
    emergencies: dict[Id | None, list[Emergency]] = defaultdict(list)
    for emergency in Emergency.objects.filter(visit__in=ids, false_alarm=None).order_by("raised"):
        emergencies[emergency.visit_id].append(emergency)
    given = _given(ids)
    notes = opened_all((row.client_id or row.id, row.sealed) for row in rows)
    return [
        VisitShown(row, str(note.get("note", "")), said[row.id], given[row.id], emergencies[row.id])
        for row, note in zip(rows, notes, strict=True)
    ]


def _given(visits: list[Id]) -> dict[Id | None, list[str]]:
    """The codes of services, things handed out and other services offered, by visit; wrong taps left out."""
    found: dict[Id | None, list[str]] = defaultdict(list)
    of = {"visit__in": visits, "undone": None}
    for visit, code in (
        *ServiceGiven.objects.filter(**of).order_by("at").values_list("visit_id", "kind"),
        *Supply.objects.filter(direction="out", **of).order_by("at").values_list("visit_id", "item"),
        *Referral.objects.filter(**of).order_by("at").values_list("visit_id", "to"),
    ):
        found[visit].append(code)
    return found
