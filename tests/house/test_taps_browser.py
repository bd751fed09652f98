"""A tap in a real browser: counted once, answered beside its control, and nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from fristed.journal.entry import parse
from fristed.journal.models import Entry
from tests.house.test_offline import seat
from tests.support.cast import site_file
from tests.support.service import Service, make_cast, start


@pytest.fixture
def floor(database: str, tmp_path: Path, page: Page) -> Iterator[Service]:
    """A nurse's board with someone at places 1 and 2."""
    cast = make_cast(site_file(places=tuple(replace(place, x=place.number) for place in site_file().places)))
    for place in (1, 2):
        seat(cast, place)
    service = start(tmp_path, cast, database)
    service.tap_in(page, "nurse")
    page.goto(f"{service.url}/board/")
    yield service
    assert service.end() == 0


def kept(act: str) -> int:
    return Entry.objects.filter(act=act).count()


def test_two_touches_in_a_breath_are_one_press(floor: Service, page: Page) -> None:
    page.locator("#place-1 button.seen").dblclick()
    expect(page.locator("#place-1 button.seen")).not_to_have_attribute("aria-busy", "true")
    page.wait_for_timeout(900)
    assert kept("room.seen_breathing") == 1


def test_a_key_held_down_is_one_press(floor: Service, page: Page) -> None:
    page.locator("#place-1 button.seen").focus()
    for _ in range(5):
        page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    page.wait_for_timeout(900)
    assert kept("room.seen_breathing") == 1


def test_the_moment_of_a_tap_is_that_of_the_finger_and_its_key_is_not_in_the_page(floor: Service, page: Page) -> None:
    seen = page.locator("#place-1 button.seen")
    seen.hover()
    page.mouse.down()
    page.wait_for_timeout(1200)
    page.mouse.up()
    page.wait_for_timeout(600)
    entry = parse(Entry.objects.get(act="room.seen_breathing").text)
    assert entry.recorded - entry.happened > 1_000_000
    assert entry.key not in page.content()


def test_what_was_typed_when_the_sign_in_ran_out_is_back_after_signing_in(floor: Service, page: Page) -> None:
    page.goto(f"{floor.url}/handover/")
    note = page.locator("form[data-act='staff.write_handover'] textarea").first
    note.fill("Wren left early after naloxone (invented).")
    session = [c for c in page.context.cookies() if "session" in c["name"]]
    page.route("**/clock", lambda _: None)  # the page does not learn by itself, before the button, that nobody is here
    page.context.clear_cookies(name=session[0]["name"])
    page.locator("form[data-act='staff.write_handover'] button").first.click()
    expect(page.get_by_text("Nobody is signed in here.")).to_be_visible()
    page.unroute("**/clock")
    expect(note).to_have_value("Wren left early after naloxone (invented).")
    floor.tap_in(page, "nurse")
    page.goto(f"{floor.url}/handover/")
    expect(note).to_have_value("Wren left early after naloxone (invented).")
    expect(page.get_by_text("What you had typed is back.")).to_be_visible()
    assert kept("staff.write_handover") == 0
