"""Who looked at what is kept of a person."""

from __future__ import annotations

from dataclasses import dataclass

from fristed.ground.ids import Id
from fristed.ground.moments import Moment
from fristed.people.models import Look
from fristed.people.rules.persons import IDENTITY_OPEN
from fristed.staff.models import Worker


@dataclass(frozen=True, slots=True)
class Looked:
    """One look: what, who, when."""

    what: str
    name: str
    role: str
    at: Moment


def looked_before(key: Id) -> bool:
    """Whether this look is already in the journal."""
    return Look.objects.filter(id=key).exists()


def looks_at(records: tuple[Id, ...], most: int = 200) -> list[Looked]:
    """Who looked, the latest first."""
    rows = list(Look.objects.filter(client__in=records).order_by("-at")[:most])
    workers = {w.id: w for w in Worker.objects.filter(id__in={row.worker for row in rows})}
    return [
        Looked(row.what, worker.name if worker else "", worker.role if worker else "", row.at)
        for row in rows
        for worker in [workers.get(row.worker or "")]
    ]


def identity_open(records: tuple[Id, ...], worker: Id | None, at: Moment) -> Moment | None:
    """Until when this worker may read the sealed identity that they opened; None when they did not."""
    row = (
        Look.objects.filter(client__in=records, what="identity", worker=worker, at__gt=at - IDENTITY_OPEN)
        .order_by("-at")
        .first()
    )
    return row.at + IDENTITY_OPEN if row else None
