"""Looking at a record or a report is journalled, once per person, record and turn."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from fristed.evidence.acts.view import view
from fristed.ground.act import Refusal
from fristed.ground.ids import Id
from fristed.journal.models import Entry
from fristed.staff.looking import look_key
from fristed.staff.who import Request


def looked(request: Request, kind: str, thing: Id, what: str = "") -> None:
    """Journals that this person looked; the same look in the same turn counts once. Raises PermissionDenied where it
    is not kept.
    """
    key = look_key(request, "view", kind, what, thing)
    if Entry.objects.filter(key=key).exists():
        return
    outcome = view(request.who.tap(key), kind=kind, thing=thing, what=what)  # type: ignore[arg-type]  # one of three words
    if isinstance(outcome, Refusal):
        raise PermissionDenied
