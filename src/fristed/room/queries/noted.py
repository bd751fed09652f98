"""Which kind of note an id belongs to."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from fristed.ground.ids import Id
from fristed.neighbourhood.models import Complaint
from fristed.room.models import Emergency, Found, Incident
from fristed.staff.models import Handover

WITH_WORDS: dict[str, type[Model]] = {
    "incident": Incident,
    "found": Found,
    "handover": Handover,
    "complaint": Complaint,
    "emergency": Emergency,
}


def noted(site: Id, note: Id) -> tuple[str, Any] | None:
    """The kind of this note, and its row; None where this site has none."""
    for kind, model in WITH_WORDS.items():
        row = model._default_manager.filter(site=site, id=note).first()
        if row is not None:
            return kind, row
    return None
