"""PINs for shared tablets: hashed, counted, rested after failures. Kept by sign-in, never in the journal."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from django.conf import settings

from fristed.ground.ids import Id
from fristed.ground.moments import Moment
from fristed.staff.models import Pin
from fristed.staff.rules import wait_after

# OWASP's argon2id parameters for 19 MiB; measured in docs/adr: about 20 ms, where Django's default takes 110
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@dataclass(frozen=True, slots=True)
class Attempt:
    """How a PIN was taken: right; or wrong, after how many failures, and until when it rests.

    `counted`: this try was looked at and counted; while a PIN rests, none is.
    """

    right: bool
    counted: bool = False
    failures: int = 0
    rests_until: Moment | None = None


def set_hash(worker: Id, pin: str) -> None:
    """Keeps a new PIN and forgets earlier failures."""
    Pin.objects.update_or_create(worker_id=worker, defaults={"hash": hashed(pin), "failures": 0, "locked_until": None})


def hashed(pin: str) -> str:
    """A PIN as it is kept."""
    return _HASHER.hash(pin)


def mark(hash: str) -> str:
    """Which PIN a turn began with, as the turn keeps it. A new PIN has another, be it the same digits."""
    return hashlib.sha256(hash.encode()).hexdigest()[:16]


def attempt(worker: Id, pin: str, now: Moment) -> Attempt:
    """Tries a PIN. While it rests even the right one is not looked at.

    Counted as wrong before it is looked at, so that many tries at once are no more than many after each other.
    """
    while True:
        kept = Pin.objects.filter(worker_id=worker).first()
        if kept is None:
            return Attempt(False)
        if kept.locked_until is not None and now < kept.locked_until:
            return Attempt(False, failures=kept.failures, rests_until=kept.locked_until)
        counted = _count(kept, now)
        if counted is not None:
            break
    if _matches(kept.hash, pin):
        Pin.objects.filter(worker_id=worker).update(failures=0, locked_until=None)
        return Attempt(True)
    return counted


def _count(kept: Pin, now: Moment) -> Attempt | None:
    """One more failure; None when another try was counted since `kept` was read."""
    failures = kept.failures + 1
    wait = wait_after(failures, settings.SERVICE.pin_attempts, settings.SERVICE.pin_wait_seconds)
    until = now + wait if wait else None
    as_read = Pin.objects.filter(worker_id=kept.worker_id, hash=kept.hash, failures=kept.failures)
    put = as_read.filter(locked_until=kept.locked_until).update(failures=failures, locked_until=until)
    return Attempt(False, True, failures, until) if put else None


def _matches(hash: str, pin: str) -> bool:
    try:
        return _HASHER.verify(hash, pin)
    except VerificationError:
        return False
