"""A running service for the browser tests of a module: one start for all of them, on each database."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Page, expect

from fristed.ground.act import MANAGER, NURSE
from fristed.ground.ids import Id, new_id
from fristed.ground.moments import MINUTE
from fristed.ground.site import Hours, Naloxone, Place, SiteFile
from fristed.room.acts import door, places
from tests.support import databases
from tests.support.cast import done, site_file
from tests.support.service import Service, make_cast, start

PRODUCTS = (Naloxone("Invented naloxone", "IM", 400), Naloxone("Invented naloxone", "IM", 800))


def always_open(**changes: Any) -> SiteFile:
    """The invented site, open at every hour, with eight places in two rows and two products of naloxone."""
    plan = tuple(Place(n + 1, ("inject",), x=n % 4, y=n // 4) for n in range(8))
    hours = {day: Hours("00:00", "00:00") for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    return site_file(**{"places": plan, "place_count": 8, "hours": hours, "naloxone": PRODUCTS} | changes)


@contextmanager
def served(request: pytest.FixtureRequest, folder: Path, name: str, file: SiteFile) -> Iterator[Service]:
    """A service on the database of this parameter, with places laid out and the cast hired."""
    with a_database(request, folder, name):
        cast = make_cast(file)
        done(places.lay_out(cast.tap(MANAGER)))
        service = start(folder, cast, request.param)
        yield service
        assert service.end() == 0


@contextmanager
def a_database(request: pytest.FixtureRequest, folder: Path, name: str) -> Iterator[None]:
    """This process reads and writes a fresh copy of the template."""
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        databases.use_sqlite(Path(shutil.copy(template, folder / "fristed.db")))
        yield
        connections["default"].close()
        return
    made = databases.create_postgres(f"test_{name}", request.getfixturevalue("postgres_template"))
    databases.use_postgres(made)
    yield
    connections["default"].close()
    databases.drop_postgres(made)


def come(service: Service, word: str, *, minutes_ago: float = 0, **declared: Any) -> Id:
    """Someone comes and declares; by a tap that is late, so that no rule of the day refuses it."""
    said: dict[str, Any] = {"substances": ("heroin",), "route": "inject"} | declared
    visit = done(door.check_in(late(service, minutes_ago), client=None, call_word=word)).thing
    done(door.declare(late(service, minutes_ago), visit=visit, **said))
    return visit


def sit(service: Service, word: str, place: int, *, minutes_ago: float = 0, **declared: Any) -> Id:
    """Someone who has this place."""
    visit = come(service, word, minutes_ago=minutes_ago, **declared)
    done(places.seat(late(service, minutes_ago), visit=visit, place=place))
    return visit


def late(service: Service, minutes_ago: float = 0) -> Any:
    """A nurse's tap about something that has happened."""
    tap = service.tap(NURSE)
    at = tap.happened - int(minutes_ago * MINUTE)
    return replace(tap, key=new_id(at), happened=at, late=True)


def on_the_board(service: Service, page: Page, role: Any = "nurse", path: str = "/board/") -> None:
    """The board on the enrolled tablet, in a turn (or with nobody signed in: role None)."""
    if role is None:
        service.enrol(page.context)
    else:
        service.tap_in(page, role)
    page.goto(service.url + path)
    expect(page.locator("#place-1")).to_be_visible()
    unasked(page)


def unasked(page: Page) -> None:
    """Puts off the question for a test sound, where it is asked."""
    later = page.locator("#arm").get_by_role("button", name="Not now")
    page.wait_for_timeout(700)
    if later.is_visible():
        later.click()
