"""A fixed cast: one invented site, one tap at a time, on a clock that the test moves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fristed.ground.act import ADMINISTRATOR, NURSE, Done, Refusal, Role, Tap
from fristed.ground.ids import Id, new_id
from fristed.ground.moments import Moment, moment_of
from fristed.ground.site import SiteFile, parse_site_file
from fristed.staff.acts import found_site

SITE_FILE = """
slug = "lantern"
name = "The Lantern (invented)"
zone = "Europe/London"
place_count = 3
demonstration = true
[hours]
mon = {opens = "09:00", closes = "21:00"}
tue = {opens = "09:00", closes = "21:00"}
wed = {opens = "09:00", closes = "21:00"}
thu = {opens = "09:00", closes = "21:00"}
fri = {opens = "20:00", closes = "03:00"}
[[places]]
number = 1
routes = ["inject"]
[[places]]
number = 2
routes = ["inject"]
[[places]]
number = 3
routes = ["smoke"]
"""


def site_file(**changes: Any) -> SiteFile:
    """The invented site, with these parts changed."""
    import msgspec

    return msgspec.structs.replace(parse_site_file(SITE_FILE), **changes)


class Room:
    """An open site and a clock. `tap()` makes the next tap, a second later."""

    def __init__(self, start: Moment, file: SiteFile | None = None) -> None:
        self.now = start
        self.site: Id = new_id(start)
        done(found_site(self.tap(ADMINISTRATOR), file=file or site_file()))

    def tap(self, role: Role = NURSE, **changes: Any) -> Tap:
        """A tap by someone with this role, one second after the last."""
        self.now += 1_000_000
        tap = Tap(new_id(self.now), self.site, self.now, self.now, role, worker=new_id(1), signed_in=True)
        return replace(tap, **changes)


def done(outcome: Done | Refusal) -> Done:
    """The outcome, which must not be a refusal."""
    assert isinstance(outcome, Done), outcome
    return outcome


def refused(outcome: Done | Refusal) -> Refusal:
    """The outcome, which must be a refusal."""
    assert isinstance(outcome, Refusal), outcome
    return outcome


def a_monday_evening() -> Moment:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    return moment_of(datetime(2025, 3, 3, 18, 0, tzinfo=ZoneInfo("Europe/London")))
