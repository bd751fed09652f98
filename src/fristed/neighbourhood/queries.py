"""What was counted in the street lately."""

from __future__ import annotations

from dataclasses import dataclass

from fristed.ground.ids import Id
from fristed.ground.keyring import DatabaseKeyring
from fristed.ground.moments import Moment
from fristed.ground.seal import Unreadable, unseal
from fristed.neighbourhood.models import Complaint, NeedleFind, Patrol, PublicUse

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One note as its list shows it. `kind` as the act that sets it aside calls it."""

    id: Id
    kind: str
    at: Moment
    number: int | None  # needles, people, minutes
    spot: str
    text: str
    undone: bool


def latest(site: Id, days: tuple[str, ...]) -> list[Line]:
    """The newest notes of these service days."""
    here = {"site": site, "day__in": days}
    newest = ("-at", "-id")  # an id is only as old as its tablet says
    lines = [
        *(_line("needles", row, row.count) for row in NeedleFind.objects.filter(**here).order_by(*newest)[:SHOWN]),
        *(_line("public_use", row, row.count) for row in PublicUse.objects.filter(**here).order_by(*newest)[:SHOWN]),
        *(_line("patrol", row, row.minutes) for row in Patrol.objects.filter(**here).order_by(*newest)[:SHOWN]),
        *_complaints(list(Complaint.objects.filter(**here).order_by(*newest)[:SHOWN])),
    ]
    return sorted(lines, key=lambda line: line.at, reverse=True)[: 2 * SHOWN]


def spots(site: Id) -> list[str]:
    """Where finds were lately, offered again; wrong taps left out."""
    lately = NeedleFind.objects.filter(site=site, undone=None).order_by("-id").values_list("spot", flat=True)[:100]
    return list(dict.fromkeys(lately))[:8]


def _line(kind: str, row: NeedleFind | PublicUse | Patrol, number: int) -> Line:
    return Line(row.id, kind, row.at, number, row.spot, "", row.undone is not None)


def _complaints(rows: list[Complaint]) -> list[Line]:
    keys = DatabaseKeyring().keys(row.id for row in rows if row.sealed)
    return [
        Line(row.id, "complaint", row.at, None, row.category, _words(row, keys.get(row.id)), row.undone is not None)
        for row in rows
    ]


def _words(row: Complaint, key: bytes | None) -> str:
    try:
        return str(unseal(key, row.id, row.sealed).get("text", ""))
    except Unreadable:
        return ""
