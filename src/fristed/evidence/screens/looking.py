"""Looking at a record or a report is journalled, once per person, record and turn."""

from __future__ import annotations

from fristed.evidence.acts.view import view
from fristed.ground.ids import Id, derived_id
from fristed.ground.moments import Moment
from fristed.journal.models import Entry
from fristed.staff.who import Request


def looked(request: Request, kind: str, thing: Id, what: str = "") -> None:
    """Journals that this person looked; the same look in the same turn counts once."""
    began: Moment = request.session.get("turn", {}).get("began") or request.session.get("began", 0)
    key = derived_id(f"{began // 1000:012x}".ljust(32, "0"), f"view/{kind}/{what}/{request.who.worker}/{thing}")
    if not Entry.objects.filter(key=key).exists():
        view(request.who.tap(key), kind=kind, thing=thing, what=what)  # type: ignore[arg-type]  # one of three words
