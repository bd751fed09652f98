"""The token by which a device is known: only the device holds it, we keep its SHA-256."""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings
from django.http import HttpResponse

COOKIE = "fristed_device"
REHEARSAL_COOKIE = (
    "rehearsal_device"  # cookies know no port: a rehearsal on the same machine never touches a live one's
)
_TEN_YEARS = 10 * 365 * 24 * 3600


def new_token() -> str:
    """A token for one device, 256 bits, shown once."""
    return secrets.token_urlsafe(32)


def credential_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def cookie() -> str:
    """The name under which a browser keeps its token for this service."""
    return REHEARSAL_COOKIE if settings.SERVICE.rehearsal else COOKIE


def put_on(response: HttpResponse, token: str) -> None:
    """Gives the token to the browser of the device, out of reach of scripts."""
    response.set_cookie(
        cookie(), token, max_age=_TEN_YEARS, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
