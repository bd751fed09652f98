"""The hands that tap: the acts of staff, called in this process. Over HTTP, see `remote.py`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from fristed.ground.act import Refusal, Role, Tap
from fristed.ground.ids import Id, new_id
from fristed.ground.moments import Moment
from fristed.journal.frame import ACTS


class Refused(Exception):
    """The house would not do it: which act, and the sentence it answered."""


class Hands(Protocol):
    """Whoever taps for the invented staff."""

    def do(self, role: Role, act: str, at: Moment, /, *, because: str = "", **asked: Any) -> Id:
        """Someone with this role does this at this moment, with a reason as an override. Raises Refused."""


class OwnHands:
    """Taps in this process, as the workers of an invented crew, each with a tablet of their own."""

    def __init__(self, site: Id, crew: Mapping[Role, Id], tablet: Id | None = None) -> None:
        self.site = site
        self.crew = crew
        self.tablet = tablet

    def do(self, role: Role, act: str, at: Moment, /, *, because: str = "", **asked: Any) -> Id:
        worker, key = self.crew.get(role), new_id(at)
        tap = Tap(
            key, self.site, at, at, role, worker, self.tablet, override=bool(because), reason=because, signed_in=True
        )
        outcome = ACTS[act](tap, **asked)
        if isinstance(outcome, Refusal):
            raise Refused(f"{act}: {outcome.sentence} ({outcome.rule})")
        return outcome.thing
