"""A first visit, a person's page, the sealed identity. What was looked at is journalled."""

from __future__ import annotations

from urllib.parse import unquote, urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from fristed.ground.act import FLOOR, LEAD, MANAGER, Refusal
from fristed.ground.ids import Id
from fristed.ground.moments import now
from fristed.people import acts, labels
from fristed.people.card import card_fields
from fristed.people.forgetting import Forgetting, forget_page
from fristed.people.queries import directory
from fristed.people.queries.first import known
from fristed.people.queries.looks import identity_open, looked_before
from fristed.people.queries.page import Page, identities, page_of, running
from fristed.people.rules.codes import GENDER_LETTERS
from fristed.people.rules.persons import EMERGENCY
from fristed.staff.access import for_roles
from fristed.staff.looking import look_key
from fristed.staff.queries import site_file
from fristed.staff.who import Request


def asked(request: Request) -> str:
    """What was typed into the field. In a header, because addresses end up in logs and a code must not."""
    return unquote(request.headers.get("Fristed-Asked", ""))[:200]


def looked(request: Request, client: Id, what: str) -> None:
    """Journals that this worker looked, once per person, page and turn.

    Raises PermissionDenied where that is refused; never in an emergency, whose pages nothing keeps from anyone's hands.
    """
    key = look_key(request, what, client)
    if looked_before(key):
        return
    outcome = acts.look(request.who.tap(key), client=client, what=what)
    if isinstance(outcome, Refusal) and what != EMERGENCY:
        raise PermissionDenied


@for_roles(*FLOOR)
def register(request: Request) -> HttpResponse:
    """A first visit, by the site's way of identifying people."""
    file = site_file(request.who.site)
    genders = next(options for code, _name, options in labels.card_words() if code == "gender")
    return render(
        request,
        "people/register.html",
        {
            "file": file,
            "policy": file.identification,
            "card": labels.card_words(),
            "genders": [(code, name) for code, name in genders if code in GENDER_LETTERS],
            "questions": [(code, labels.QUESTIONS[code]) for code in file.eligibility],
            "purposes": labels.PURPOSES,
            "given_by": labels.GIVEN_BY,
        },
    )


@for_roles(*FLOOR)
def page(request: Request, client: Id) -> HttpResponse:
    """A person's page."""
    found = _found(request, client)
    looked(request, found.client, "page")
    file = site_file(request.who.site)
    return render(
        request,
        "people/page.html",
        {
            "page": found,
            "file": file,
            "zone": file.zone,
            "running": [e for e in found.exclusions if running(e)],
            "over": [e for e in found.exclusions if not running(e)],
            "others": known(request.who.site, [m.client_id for m in found.merges]),
            "card": labels.card_words(),
            "said": {f.code: found.card.get(f.code, "") for f in card_fields()},
            "labels": labels,
            "leads": request.who.role in LEAD,
            "forgets": request.who.role == MANAGER,
            "sign_in": f"{reverse('account_login')}?{urlencode({'next': request.path})}",
        },
    )


@for_roles(MANAGER, signed_in=True)
def forget(request: Request, client: Id) -> HttpResponse:
    """Forgets a person, or holds their record."""
    found = _found(request, client)
    looked(request, found.client, "page")
    codes = " ".join(c.text.get("code", "") for c in found.codes)
    title = _("Forget %(codes)s") % {"codes": codes}
    what = Forgetting(
        title,
        "people.erase",
        {"client": found.client},
        found.records,
        reverse("people:page", args=[found.client]),
        "people.hold",
    )
    return forget_page(request, what)


@for_roles(*FLOOR)
def same(request: Request, client: Id) -> HttpResponse:
    """Who else this person may be: records found by another code."""
    found = _found(request, client)
    site = request.who.site
    matches = [m for m in directory.search(site, asked(request)) if m.client != found.client]
    people = known(site, [m.client for m in matches])
    zone = site_file(site).zone
    return render(request, "people/same.html", {"page": found, "matches": matches, "people": people, "zone": zone})


@for_roles(*LEAD, signed_in=True)
def identity(request: Request, client: Id) -> HttpResponse:
    """The sealed name or number, for a few minutes after it was opened by act."""
    found = _found(request, client)
    until = identity_open(found.records, request.who.worker, now())
    if until is None:
        raise Http404
    shown = identities(found.records)
    zone = site_file(request.who.site).zone
    return render(request, "people/identity.html", {"page": found, "shown": shown, "until": until, "zone": zone})


def _found(request: Request, client: Id) -> Page:
    found = page_of(request.who.site, client)
    if found is None:
        raise Http404
    return found
