"""Who works here: take someone on, offer a post, hand over a one-time sign-in.

Role changes and endings are taps on the list.
"""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from fristed.ground.act import ADMINISTRATOR, MANAGER, Done, Refusal
from fristed.ground.ids import Id, new_id
from fristed.staff import offers, one_time, queries
from fristed.staff.access import for_roles
from fristed.staff.acts import hire, invite, offer
from fristed.staff.models import Account, Worker
from fristed.staff.screens.pictures import qr_of
from fristed.staff.who import Request
from fristed.staff.words import ROLES, sentence_of


class HireForm(forms.Form):
    """Someone new, or someone who already has a sign-in from another site."""

    name = forms.CharField(max_length=60, label=gettext_lazy("Name, as colleagues call them"))
    role = forms.ChoiceField(choices=list(ROLES.items()), label=gettext_lazy("Role"))
    username = forms.RegexField(r"^[\w.@+-]+$", max_length=150, label=gettext_lazy("User name for signing in"))
    same_person = forms.BooleanField(
        required=False, label=gettext_lazy("They already have this user name from another site")
    )

    def clean(self) -> dict[str, object]:
        kept = super().clean() or {}
        known = Account.objects.filter(username__iexact=kept.get("username", "")).exists()
        if known and not kept.get("same_person"):
            self.add_error("username", _("This user name is taken. Choose another, or say that it is the same person."))
        if kept.get("same_person") and not known:
            self.add_error("username", _("Nobody has this user name yet."))
        return kept


@for_roles(MANAGER, ADMINISTRATOR, signed_in=True)
@never_cache
def posts(request: Request) -> HttpResponse:
    """The posts of this site. POST takes someone on, or offers a post, and shows the link for it, once."""
    form = HireForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    same = form.cleaned_data["same_person"]
    outcome, account, path = _offered(request, form) if same else _hired(request, form)
    if isinstance(outcome, Refusal):
        form.add_error(None, sentence_of(outcome.objections[0]))
        return _page(request, form)
    return _page(request, HireForm(), _invitation(request, account, path, offer=same))


@for_roles(MANAGER, ADMINISTRATOR, signed_in=True)
@require_POST
@never_cache
def invitation(request: Request, worker: Id) -> HttpResponse:
    """A new one-time sign-in for someone who works here, shown once."""
    post = Worker.objects.filter(id=worker, site_id=request.who.site, until=None).first()
    account = Account.objects.filter(pk=post.account).first() if post and post.account else None
    if account is None:
        raise Http404
    outcome = invite(request.who.tap(new_id()), worker=worker)
    if isinstance(outcome, Refusal):
        return _page(request, HireForm(), problem=sentence_of(outcome.objections[0]))
    return _page(request, HireForm(), _invitation(request, account, one_time.path_for(account)))


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link to hand over: for whom, the address, its picture; an offer of a post, or a one-time sign-in."""

    username: str
    address: str
    picture: str
    offer: bool


def _hired(request: Request, form: HireForm) -> tuple[Done | Refusal, Account, str]:
    said = form.cleaned_data
    account = one_time.make_account(said["username"])
    outcome = hire(request.who.tap(new_id()), name=said["name"], role=said["role"], account=account.pk)
    return outcome, account, one_time.path_for(account)


def _offered(request: Request, form: HireForm) -> tuple[Done | Refusal, Account, str]:
    said, tap = form.cleaned_data, request.who.tap(new_id())
    account = Account.objects.get(username__iexact=said["username"])
    outcome = offer(tap, name=said["name"], role=said["role"], account=account.pk)
    made = offers.Offer(tap.key, tap.site, tap.worker or "", said["name"], said["role"], account.pk)
    return outcome, account, offers.path_for(made)


def _invitation(request: Request, account: Account, path: str, *, offer: bool = False) -> Invitation:
    address = request.build_absolute_uri(path)
    return Invitation(account.username, address, qr_of(address), offer)


def _page(request: Request, form: HireForm, handed: Invitation | None = None, problem: str = "") -> HttpResponse:
    held, ended = queries.posts(request.who.site)
    shown = {"held": held, "ended": ended, "form": form, "handed": handed, "roles": ROLES, "me": request.who.worker}
    status = 422 if form.errors or problem else 200
    return render(request, "staff/posts.html", shown | {"problem": problem}, status=status)
