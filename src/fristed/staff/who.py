"""Who is at the screen: a worker in a turn or signed in, or an enrolled device with nobody signed in."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from fristed.ground.act import Role, Tap
from fristed.ground.ids import Id
from fristed.ground.moments import Moment, now


@dataclass(frozen=True, slots=True)
class Who:
    """Answers `request.who` on every page; None there means an outsider, who gets nothing."""

    site: Id
    role: Role
    worker: Id | None = None
    device: Id | None = None
    name: str = ""
    signed_in: bool = False  # fully, with a second factor; not by a PIN

    def tap(
        self, key: Id, happened: Moment | None = None, *, late: bool = False, override: bool = False, reason: str = ""
    ) -> Tap:
        """A tap by this person (or device), now or when it happened."""
        recorded = now()
        return Tap(
            key=key,
            site=self.site,
            happened=recorded if happened is None else happened,
            recorded=recorded,
            role=self.role,
            worker=self.worker,
            device=self.device,
            late=late,
            override=override,
            reason=reason,
            signed_in=self.signed_in,
        )


class Request(HttpRequest):
    """A request as a view with `for_roles` gets it: someone is there. For types only; Django makes the object."""

    who: Who
