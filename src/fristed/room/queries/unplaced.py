"""What waits for a person to settle: taps that could not be placed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from fristed.ground.ids import Id
from fristed.ground.moments import Moment
from fristed.ground.store import DatabaseStore, opened_each
from fristed.room.models import Unplaced
from fristed.staff.models import Worker

MOST = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """One tap that could not be placed: what was tapped, when, by whom, what was asked, why it could not be placed."""

    id: Id
    act: str
    at: Moment
    why: str
    by: str
    asked: dict[str, Any]

    @property
    def visit(self) -> str:
        """The visit it names, if any."""
        return str(self.asked.get("visit", ""))

    @property
    def place(self) -> int | None:
        """The place it names, if any."""
        place = self.asked.get("place")
        return place if isinstance(place, int) else None


def unplaced(site: Id) -> tuple[Waiting, ...]:
    """The oldest that wait, at most fifty."""
    rows = list(Unplaced.objects.filter(site_id=site, settled=None).order_by("id")[:MOST])
    if not rows:
        return ()
    contents = opened_each(DatabaseStore(), ((row.subject, row.sealed) for row in rows))
    names = dict(Worker.objects.filter(site=site).values_list("id", "name"))
    return tuple(
        Waiting(row.id, row.act, row.at, row.why, names.get(row.worker or "", ""), _asked(content))
        for row, content in zip(rows, contents, strict=True)
    )


def _asked(content: dict[str, Any]) -> dict[str, Any]:
    asked: dict[str, Any] = msgspec.json.decode(content.get("args", "{}"))
    return asked
