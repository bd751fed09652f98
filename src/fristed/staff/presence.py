"""Who is at this screen: a turn on an enrolled device, a full sign-in with a post, or the device alone.

The answer is remembered in this process for a moment, so that boards which ask every second do not pay for
session and account each time, and is forgotten at once when anything about it changes here.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import cast

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest

from fristed.ground.act import CALL_SCREEN, DEVICE, FLOOR, Role
from fristed.ground.ids import Id
from fristed.ground.moments import MINUTE, SECOND, Moment, now
from fristed.staff import pins
from fristed.staff.devices import cookie, credential_of
from fristed.staff.models import Account, Device, Pin, Worker
from fristed.staff.rules import idle_or_over
from fristed.staff.who import Who

REMEMBERED_SECONDS = 2.0
_SEEN_STEP = 20 * SECOND  # how exactly idleness is kept: one small write per worker and 20 s of work
_MOST = 4096
_SECOND = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

_remembered: dict[tuple[str, str], tuple[float, Presence]] = {}


@dataclass(frozen=True, slots=True)
class Presence:
    """`who` may act; `device` is the enrolled device in itself, whoever is at it; `account` has passed sign-in;
    `needs` says what that lacks; `seen` is the last thing someone did themselves.
    """

    who: Who | None = None
    device: Who | None = None
    account: bool = False
    needs: str = ""  # second_factor: none is set up yet; post: none here, or one must be chosen
    seen: Moment = 0


def presence_of(request: HttpRequest) -> Presence:
    """Who is at this screen now."""
    key = (request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""), request.COOKIES.get(cookie(), ""))
    if key == ("", ""):
        return Presence()
    kept = _remembered.get(key)
    fresh = kept is not None and kept[0] > time.monotonic()
    presence = kept[1] if kept and fresh else _remember(key, _look(request, key[1]))
    return _stay(request, key, presence) if _own_doing(request) else presence


def forget() -> None:
    """Nothing is remembered any more: someone locked, signed out, took over, or lost a post or device."""
    _remembered.clear()


def begin(request: HttpRequest, worker: Id, device: Id) -> None:
    """A worker's turn on a device. Whoever was here before is gone from this session."""
    request.session.flush()
    at = now()
    request.session["turn"] = {
        "worker": worker,
        "device": device,
        "began": at,
        "seen": at,
        "pin": pins.mark(Pin.objects.get(worker=worker).hash),
    }
    forget()


def end(request: HttpRequest) -> None:
    """Nobody is here any more; the device stays enrolled."""
    request.session.flush()
    forget()


def signed_in(request: HttpRequest) -> None:
    """A full sign-in has just succeeded. A turn that this screen was in is over."""
    request.session.pop("turn", None)
    request.session["began"] = request.session["seen"] = now()
    forget()


def choose_post(request: HttpRequest, worker: Id) -> None:
    """Someone with several posts works in this one until they sign out."""
    request.session["post"] = worker
    forget()


def has_second_factor(account: int) -> bool:
    """Whether an account has an authenticator app or a passkey."""
    return bool(Authenticator.objects.filter(user_id=account, type__in=_SECOND).exists())


def posts_of(account: int) -> list[Worker]:
    """The posts someone holds now, the oldest first."""
    return list(Worker.objects.filter(account=account, until=None).order_by("id"))


def _remember(key: tuple[str, str], presence: Presence) -> Presence:
    if len(_remembered) >= _MOST:
        _remembered.clear()
    _remembered[key] = (time.monotonic() + REMEMBERED_SECONDS, presence)
    return presence


def _stay(request: HttpRequest, key: tuple[str, str], presence: Presence) -> Presence:
    """Someone did something themselves: their turn or sign-in does not fall idle."""
    at = now()
    if at - presence.seen < _SEEN_STEP or not presence.seen or settings.READ_ONLY:
        return presence
    kept = request.session.get("turn")
    if kept:
        request.session["turn"] = kept | {"seen": at}
    else:
        request.session["seen"] = at
    return _remember(key, replace(presence, seen=at))


def _own_doing(request: HttpRequest) -> bool:
    """A tap, a page opened by hand, hands at work on it; not a board that asks by itself."""
    by_hand = request.headers.get("Sec-Fetch-Mode") == "navigate" or request.headers.get("Fristed-Hands") == "1"
    return by_hand or request.method not in ("GET", "HEAD")


def _look(request: HttpRequest, token: str) -> Presence:
    device = _device(token)
    alone = Who(device.site_id, _alone(device), device=device.id, name=device.name) if device else None
    found = _turn(request, device) or _sign_in(request, device) or Presence()
    return replace(found, who=found.who or alone, device=alone)


def _device(token: str) -> Device | None:
    if not token:
        return None
    return Device.objects.filter(credential=credential_of(token), retired=None).first()


def _alone(device: Device) -> Role:
    """What a device may do with nobody signed in: care is never far from a tablet or a wall, always from the public."""
    return CALL_SCREEN if device.kind == "call_screen" else DEVICE


def _turn(request: HttpRequest, device: Device | None) -> Presence | None:
    kept = request.session.get("turn")
    if not kept or device is None or kept["device"] != device.id:
        return None
    if _over(kept["began"], kept["seen"], shared=True):
        return None
    held = Worker.objects.filter(site_id=device.site_id, until=None, role__in=FLOOR)
    worker = held.select_related("pin").filter(id=kept["worker"], pin__isnull=False).first()
    if worker is None or pins.mark(worker.pin.hash) != kept.get("pin"):
        return None
    return Presence(_who(worker, device), seen=kept["seen"])


def _over(began: Moment, seen: Moment, *, shared: bool) -> bool:
    """Whether a turn or a sign-in has ended by itself. On a shared device a sign-in lasts no longer than a turn."""
    limits = settings.SERVICE
    idle, total = (
        (limits.turn_idle_minutes, limits.turn_minutes)
        if shared
        else (limits.sign_in_idle_minutes, limits.sign_in_minutes)
    )
    return idle_or_over(now(), began, seen, idle * MINUTE, total * MINUTE)


def _sign_in(request: HttpRequest, device: Device | None) -> Presence | None:
    user = request.user
    if not isinstance(user, Account):
        return None
    began, seen = request.session.get("began", 0), request.session.get("seen", 0)
    if _over(began, seen, shared=device is not None):
        if not settings.READ_ONLY:
            logout(request)
        return None
    if settings.SERVICE.second_factor and not has_second_factor(user.pk):
        return Presence(account=True, needs="second_factor", seen=seen)
    posts = posts_of(user.pk)
    chosen = [p for p in posts if p.id == request.session.get("post")] or (posts if len(posts) == 1 else [])
    if not chosen:
        return Presence(account=True, needs="post", seen=seen)
    here = device if device is not None and device.site_id == chosen[0].site_id else None
    return Presence(replace(_who(chosen[0], here), signed_in=True), account=True, seen=seen)


def _who(worker: Worker, device: Device | None) -> Who:
    role = cast(Role, worker.role)
    return Who(worker.site_id, role, worker=worker.id, device=device.id if device else None, name=worker.name)
