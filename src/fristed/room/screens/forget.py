"""Forgetting a visit that belongs to nobody's record, or the words of a note."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from fristed.ground.act import MANAGER
from fristed.ground.ids import Id
from fristed.people.forgetting import Forgetting, forget_page
from fristed.room.models import Visit
from fristed.room.queries.noted import noted
from fristed.staff.access import for_roles
from fristed.staff.who import Request


@for_roles(MANAGER, signed_in=True)
def visit(request: Request, visit: Id) -> HttpResponse:
    """A visit without a code. One that belongs to a person is forgotten with the person."""
    found = Visit.objects.filter(site=request.who.site, id=visit).first()
    if found is None:
        raise Http404(_("There is no such visit here."))
    title, back = _("Forget a visit without a code"), reverse("room:times", args=[visit])
    if found.client_id is not None:
        title = _("This visit is forgotten with its person")
    what = Forgetting(title, "room.erase_visit", {"visit": visit}, (visit,), back, "room.hold_visit")
    return forget_page(request, what)


@for_roles(MANAGER, signed_in=True)
def words(request: Request, note: Id) -> HttpResponse:
    """The words of an incident, a bag, a handover, a complaint, an emergency: they tell of someone to be forgotten."""
    found = noted(request.who.site, note)
    if found is None:
        raise Http404(_("There is no such note here."))
    title, args = _("Forget the words of a note"), {"kind": found[0], "note": note}
    return forget_page(request, Forgetting(title, "room.erase_words", args, (note,), reverse("room:day")))
