"""What waits for a person to settle: taps that could not be placed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from fristed.ground.ids import Id
from fristed.ground.moments import Moment
from fristed.ground.store import DatabaseStore, opened
from fristed.room.models import Unplaced

MOST = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """One tap that could not be placed: what was tapped, when, what was asked, why it could not be placed."""

    id: Id
    act: str
    at: Moment
    why: str
    worker: Id | None
    asked: dict[str, Any]


def unplaced(site: Id) -> list[Waiting]:
    """The oldest that wait, at most fifty."""
    store = DatabaseStore()
    rows = Unplaced.objects.filter(site_id=site, settled=None).order_by("id")[:MOST]
    return [
        Waiting(row.id, row.act, row.at, row.why, row.worker, _asked(opened(store, row.subject, row.sealed)))
        for row in rows
    ]


def _asked(content: dict[str, Any]) -> dict[str, Any]:
    asked: dict[str, Any] = msgspec.json.decode(content.get("args", "{}"))
    return asked
