"""One's own way in: the first sign-in, the PIN, the post to work in now."""

from __future__ import annotations

from typing import Any, cast

from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from fristed.ground.act import FLOOR, Done
from fristed.ground.ids import Id
from fristed.staff import offers, one_time, pins, presence, queries
from fristed.staff.access import for_accounts, for_everyone
from fristed.staff.models import Account, Worker
from fristed.staff.rules import weak_pin
from fristed.staff.signals import changed
from fristed.staff.words import ROLES


class PinForm(forms.Form):
    """A PIN for shared tablets, typed twice."""

    pin = forms.CharField(max_length=12, widget=forms.PasswordInput, label=gettext_lazy("PIN for the shared tablets"))
    pin_again = forms.CharField(max_length=12, widget=forms.PasswordInput, label=gettext_lazy("The PIN once more"))

    def clean_pin(self) -> str:
        pin = str(self.cleaned_data["pin"])
        problem = weak_pin(pin, settings.SERVICE.pin_digits)
        if problem:
            raise ValidationError(_(problem).format(digits=settings.SERVICE.pin_digits))
        return pin

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if kept.get("pin") and kept["pin"] != kept.get("pin_again"):
            self.add_error("pin_again", _("The two PINs differ."))
        return kept


class WelcomeForm(PinForm):
    """The first sign-in: a password, and a PIN for whoever works on the floor."""

    field_order = ("password", "password_again", "pin", "pin_again")
    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        label=gettext_lazy("Password"),
        help_text=gettext_lazy("At least 12 letters or digits. A short sentence is easy to keep in mind."),
    )
    password_again = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), label=gettext_lazy("The password once more")
    )

    def __init__(self, account: Account, with_pin: bool, data: Any = None) -> None:
        super().__init__(data)
        self.account = account
        if not with_pin:
            del self.fields["pin"], self.fields["pin_again"]

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password, self.account)
        return password

    def clean(self) -> dict[str, Any]:
        kept = super().clean()
        if kept.get("password") and kept["password"] != kept.get("password_again"):
            self.add_error("password_again", _("The two passwords differ."))
        return kept


@for_everyone("The one-time link is the proof; without a right one nothing is shown.")
@sensitive_post_parameters()
@never_cache
def welcome(request: HttpRequest, account: int, token: str) -> HttpResponse:
    """Choose password and PIN, once. What an earlier sign-in had, a lost telephone too, counts no more."""
    person = one_time.account_for(account, token)
    if person is None:
        return render(request, "staff/welcome.html", {}, status=404)
    on_floor = [post for post in presence.posts_of(person.pk) if post.role in FLOOR]
    form = WelcomeForm(person, bool(on_floor), request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(
            request, "staff/welcome.html", {"form": form, "person": person}, status=422 if form.errors else 200
        )
    person.set_password(form.cleaned_data["password"])
    person.save()
    Authenticator.objects.filter(user_id=person.pk).delete()
    _keep_pin(on_floor, form.cleaned_data.get("pin", ""))
    changed(person, "password")
    return redirect("account_login")


@for_accounts
@sensitive_post_parameters()
def pin(request: HttpRequest) -> HttpResponse:
    """Choose another PIN, for every post one holds on the floor."""
    person = cast(Account, request.user)
    form = PinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _keep_pin([p for p in presence.posts_of(person.pk) if p.role in FLOOR], form.cleaned_data["pin"])
        changed(person, "pin")
        return redirect("mfa_index")
    return render(request, "staff/pin.html", {"form": form}, status=422 if form.errors else 200)


@for_accounts
def post(request: HttpRequest) -> HttpResponse:
    """Which of one's posts to work in now."""
    held = {p.id: p for p in presence.posts_of(cast(Account, request.user).pk)}
    chosen = request.POST.get("post", "")
    if chosen in held:
        presence.choose_post(request, chosen)
        return redirect("start")
    shown = [(id, queries.site_file(p.site_id).name, ROLES[p.role]) for id, p in held.items()]
    return render(request, "staff/post.html", {"posts": shown})


@for_accounts
@never_cache
def offer(request: HttpRequest, token: str) -> HttpResponse:
    """A post at another site, or one more here: it begins when its owner takes it up."""
    found = offers.offer_for(cast(Account, request.user), token)
    if found is None:
        return render(request, "staff/offer.html", {}, status=404)
    if request.method == "POST" and isinstance(done := offers.taken_up(found), Done):
        presence.choose_post(request, done.thing)
        return redirect("start")
    shown = {"offer": found, "site": queries.site_file(found.site).name, "role": ROLES[found.role]}
    return render(request, "staff/offer.html", shown)


def _keep_pin(posts: list[Worker], pin: str) -> None:
    ids: list[Id] = [post.id for post in posts]
    for worker in ids if pin else []:
        pins.set_hash(worker, pin)
