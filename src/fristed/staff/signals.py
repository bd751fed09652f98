"""What sign-in reports, kept as facts at every site where the person has a post."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from allauth.account.signals import password_changed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from fristed.ground.act import DEVICE, Role
from fristed.ground.ids import new_id
from fristed.staff import presence
from fristed.staff.acts import change_sign_in, end_turn, fail_sign_in, sign_in, sign_out
from fristed.staff.models import Account, Worker
from fristed.staff.who import Who


@receiver(user_logged_in)
def _in(request: HttpRequest, user: Account, **_: Any) -> None:
    _end_turn(request)
    presence.signed_in(request)
    for who in _as_worker(user):
        sign_in(who.tap(new_id()))


@receiver(user_logged_out)
def _out(user: Account | None, **_: Any) -> None:
    presence.forget()
    for who in _as_worker(user):
        sign_out(who.tap(new_id()))


@receiver(user_login_failed)
def _failed(credentials: dict[str, Any], **_: Any) -> None:
    named = Account.objects.filter(username=str(credentials.get("username", ""))[:150]).first()
    for post in presence.posts_of(named.pk) if named else []:
        fail_sign_in(Who(post.site_id, DEVICE).tap(new_id()), worker=post.id)


@receiver(password_changed)
def _password(user: Account, **_: Any) -> None:
    changed(user, "password")


@receiver(authenticator_added)
def _added(user: Account, authenticator: Authenticator, **_: Any) -> None:
    codes = authenticator.type == Authenticator.Type.RECOVERY_CODES
    changed(user, "recovery codes made" if codes else "second factor added")


@receiver(authenticator_removed)
def _removed(user: Account, **_: Any) -> None:
    changed(user, "second factor removed")


def changed(user: Account, what: str) -> None:
    """Keeps as a fact that someone changed how they sign in."""
    presence.forget()
    for who in _as_worker(user):
        change_sign_in(who.tap(new_id()), what=what)


def _end_turn(request: HttpRequest) -> None:
    """Whoever signs in fully on a shared tablet ends the turn it was in."""
    who: Who | None = getattr(request, "who", None)
    if "turn" in request.session and who is not None and who.worker is not None:
        end_turn(who.tap(new_id()))


def _as_worker(user: Account | None) -> Iterator[Who]:
    posts: list[Worker] = presence.posts_of(user.pk) if user is not None else []
    return (Who(p.site_id, cast(Role, p.role), worker=p.id, name=p.name) for p in posts)
