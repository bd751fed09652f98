"""Words for roles, kinds, parts and objections, as people read them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fristed.ground.act import Objection, Phrase

ROLES: dict[str, Promise] = {
    "reception": _("Reception"),
    "room_worker": _("Room worker"),
    "nurse": _("Nurse"),
    "manager": _("Manager"),
    "analyst": _("Analyst"),
    "auditor": _("Auditor"),
    "administrator": _("Administrator"),
}
KINDS: dict[str, Promise] = {
    "tablet": _("Tablet, shared"),
    "wall": _("Wall screen for staff"),
    "call_screen": _("Call screen in the waiting room"),
}
PARTS: dict[str, Promise] = {
    "lead": _("Leads the shift"),
    "floor": _("On the floor"),
    "door": _("At the door"),
    "recovery": _("In recovery"),
}


def sentence_of(objection: Objection) -> str:
    """Why not, in the reader's language, its gaps filled."""
    return gettext(objection.sentence).format(**{gap: in_words(value) for gap, value in objection.values.items()})


def in_words(value: str | int) -> str | int:
    """What stands in a gap, as people read it."""
    return gettext(value) if isinstance(value, Phrase) else value
