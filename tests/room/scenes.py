"""A floor at work: people waiting and seated, a device with nobody signed in, a nurse beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fristed.ground.act import DEVICE, MANAGER, NURSE, RECEPTION, Role, Tap
from fristed.ground.ids import Id, new_id
from fristed.ground.moments import Moment
from fristed.people.acts.registration import register
from fristed.room.acts import door, places
from tests.support.cast import Room, a_monday_evening, done, site_file


class Floor:
    """An open site with its places laid out. `changes` are parts of the site file."""

    def __init__(self, start: Moment | None = None, **changes: Any) -> None:
        self.room = Room(start or a_monday_evening(), site_file(**changes))
        self.device_id: Id = new_id(1)
        self.nurse_id: Id = new_id(2)
        done(places.lay_out(self.tap(MANAGER)))

    @property
    def site(self) -> Id:
        return self.room.site

    def tap(self, role: Role = NURSE, **changes: Any) -> Tap:
        """The next tap by someone with this role."""
        tap = self.room.tap(role, **changes)
        return replace(tap, worker=self.nurse_id) if role == NURSE else tap

    def device(self, **changes: Any) -> Tap:
        """The next tap on an enrolled device with nobody signed in."""
        return self.room.tap(DEVICE, worker=None, device=self.device_id, **changes)

    def client(self, alias: str) -> Id:
        """Someone registered under an alias."""
        return done(register(self.tap(RECEPTION), code=alias)).thing

    def waiting(self, call_word: str = "Robin", client: Id | None = None, **declared: Any) -> Id:
        """Someone who has come and declared, and waits."""
        lead = self.tap(NURSE, override=True, reason="opened by the lead")
        visit = done(door.check_in(lead, client=client, call_word=call_word)).thing
        said: dict[str, Any] = {"substances": ("heroin",), "route": "inject"} | declared
        done(door.declare(self.tap(RECEPTION), visit=visit, **said))
        return visit

    def seated(self, place: int, call_word: str = "Robin", client: Id | None = None, **declared: Any) -> Id:
        """Someone who has this place."""
        visit = self.waiting(call_word, client, **declared)
        done(places.seat(self.tap(RECEPTION, override=True, reason="kept so in a test"), visit=visit, place=place))
        return visit
