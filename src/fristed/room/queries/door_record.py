"""Someone's own record: what is kept of them, in one page that they can be handed."""

from __future__ import annotations

from dataclasses import dataclass

from fristed.ground.ids import Id
from fristed.people.queries.looks import Looked, looks_at
from fristed.people.queries.page import Page, page_of
from fristed.room.models import Consumption, Visit

VISITS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class VisitShown:
    """One visit and what was declared in it."""

    row: Visit
    consumptions: list[Consumption]


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
    rows = list(every.order_by("-came")[:VISITS_SHOWN])
    said: dict[Id, list[Consumption]] = {row.id: [] for row in rows}
    for consumption in Consumption.objects.filter(visit__in=said).order_by("declared"):
        said[consumption.visit_id].append(consumption)
    return Record(page, every.count(), [VisitShown(row, said[row.id]) for row in rows], looks_at(page.records))
