"""A door that is open now, whenever the test runs, and people who are known there. All invented."""

from __future__ import annotations

import msgspec

from fristed.ground.act import MANAGER, NURSE, RECEPTION
from fristed.ground.ids import Id, new_id
from fristed.ground.site import WEEKDAYS, Hours, SiteFile
from fristed.people import acts as people
from fristed.room.acts import day, door, places
from tests.support.cast import done, site_file
from tests.support.service import Cast


def open_file(**changes: object) -> SiteFile:
    """The invented site, open day and night."""
    always = dict.fromkeys(WEEKDAYS, Hours("00:00", "00:00"))
    chosen = site_file(
        hours=always,
        languages=("en", "da", "de"),
        substances=("heroin", "cocaine", "snowball", "crack", "other"),
        house_rules=("Bring only what you use here.", "Do not share.", "Do not sell."),
    )
    return msgspec.structs.replace(chosen, **changes)


def open_the_door(cast: Cast) -> None:
    """Lays the places out and opens the day, the lead answering for what is not checked."""
    done(places.lay_out(cast.tap(MANAGER)))
    lead = cast.who(NURSE).tap(new_id(), override=True, reason="invented day of a test")
    done(day.open_day(lead))


def known(cast: Cast, code: str, **said: object) -> Id:
    """Someone registered under a code."""
    return done(people.register(cast.tap(RECEPTION), code=code, **said)).thing  # type: ignore[arg-type]  # a test's few words


def returning(cast: Cast, code: str, **said: object) -> Id:
    """Someone who has been here once: heroin, injected, gone well."""
    client = known(cast, code, **said)
    visit = done(door.arrive(cast.tap(RECEPTION), client=client, route="inject", substances=("heroin",))).thing
    done(places.leave_house(cast.tap(NURSE), visit=visit, how="well"))
    return client
