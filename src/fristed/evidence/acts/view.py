"""Someone read a record's journal or a report. Kept once per person, record and turn."""

from __future__ import annotations

from typing import Literal

from fristed.evidence.readers import READERS
from fristed.ground.act import Objection, Verdict
from fristed.ground.ids import Id
from fristed.journal.frame import Scene, act

TABLES = {"visit": "room_visit", "emergency": "room_emergency", "report": "ground_site"}


@act(roles=READERS, own_page=True)
def view(scene: Scene, *, kind: Literal["visit", "emergency", "report"], thing: Id, what: str = "") -> Verdict:
    """Someone reads the journal of a visit or an emergency, or a report of the site. `what`: which report, of when."""
    row = scene.store.get(TABLES[kind], thing)
    here = row is not None and scene.site.id in (row["id"], row.get("site_id"))
    if here:
        return Verdict(thing)
    sentence = "This is not known here. Reload the page and try again."
    return Verdict("", (), (Objection(f"unknown_{kind}", sentence, recordable=False),))
