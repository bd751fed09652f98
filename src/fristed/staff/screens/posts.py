"""Who works here: take someone on, hand over a one-time sign-in. Role changes and endings are taps on the list."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from fristed.ground.act import ADMINISTRATOR, MANAGER, Refusal
from fristed.ground.ids import Id, new_id
from fristed.staff import one_time, queries
from fristed.staff.access import for_roles
from fristed.staff.acts import hire, invite
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


@for_roles(MANAGER, ADMINISTRATOR)
@never_cache
def posts(request: Request) -> HttpResponse:
    """The posts of this site. POST takes someone on and shows their one-time sign-in, once."""
    form = HireForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    name = form.cleaned_data["username"]
    account = Account.objects.filter(username__iexact=name).first() or one_time.make_account(name)
    outcome = hire(
        request.who.tap(new_id()), name=form.cleaned_data["name"], role=form.cleaned_data["role"], account=account.pk
    )
    if isinstance(outcome, Refusal):
        form.add_error(None, sentence_of(outcome.objections[0]))
        return _page(request, form)
    handed = None if form.cleaned_data["same_person"] else _invitation(request, account)
    return _page(request, HireForm(), handed)


@for_roles(MANAGER, ADMINISTRATOR)
@require_POST
@never_cache
def invitation(request: Request, worker: Id) -> HttpResponse:
    """A new one-time sign-in for someone who works here, shown once."""
    post = Worker.objects.filter(id=worker, site_id=request.who.site, until=None).first()
    account = Account.objects.filter(pk=post.account).first() if post and post.account else None
    if account is None or isinstance(invite(request.who.tap(new_id()), worker=worker), Refusal):
        raise Http404
    return _page(request, HireForm(), _invitation(request, account))


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time sign-in to hand over: for whom, the address, and its picture."""

    username: str
    address: str
    picture: str


def _invitation(request: Request, account: Account) -> Invitation:
    address = request.build_absolute_uri(one_time.path_for(account))
    return Invitation(account.username, address, qr_of(address))


def _page(request: Request, form: HireForm, handed: Invitation | None = None) -> HttpResponse:
    held, ended = queries.posts(request.who.site)
    shown = {"held": held, "ended": ended, "form": form, "handed": handed, "roles": ROLES, "me": request.who.worker}
    return render(request, "staff/posts.html", shown, status=422 if form.errors else 200)
