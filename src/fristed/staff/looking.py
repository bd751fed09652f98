"""The key of a look: one per worker, thing and turn. Nobody knows it before, and so can use it up for another."""

from __future__ import annotations

import hmac

from django.conf import settings

from fristed.ground.ids import Id, derived_id
from fristed.ground.moments import Moment
from fristed.ground.seal import derive
from fristed.staff.who import Request


def look_key(request: Request, *seen: str) -> Id:
    """The key of the one look at this, in words or ids, that is journalled in this turn or sign-in."""
    began: Moment = request.session.get("turn", {}).get("began") or request.session.get("began", 0)
    said = "/".join((str(began), str(request.who.worker), *seen))
    secret = hmac.digest(derive(settings.SERVICE_KEY, "looks"), said.encode(), "sha256").hex()
    return derived_id(f"{began // 1000:012x}".ljust(32, "0"), secret)
