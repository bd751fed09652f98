"""The reader's pages in a real browser: nothing that axe objects to, at the size of a phone, in every look."""

from __future__ import annotations

from playwright.sync_api import Page

from fristed.ground.act import MANAGER, NURSE
from fristed.room.acts import door, emergency
from tests.room.at_the_door import open_the_door
from tests.support.cast import done
from tests.support.looks import objections
from tests.support.service import Service


def test_axe_finds_nothing_and_nothing_is_cut_off(service: Service, page: Page) -> None:
    open_the_door(service.cast)
    visit = done(door.check_in(service.tap(NURSE), client=None, purpose="service", call_word="Robin")).thing
    raised = done(emergency.raise_emergency(service.tap(NURSE), spot="door", visit=visit)).thing
    done(emergency.step(service.tap(NURSE), emergency=raised, kind="oxygen"))
    page.set_viewport_size({"width": 390, "height": 844})
    service.tap_in(page, MANAGER)
    workshop = service.workshop
    for path in (
        "/journal/",
        f"/journal/visit/{visit}/",
        f"/journal/emergency/{raised}/",
        "/reports/",
        "/reports/?from=2026-01-01&to=2026-03-31",
    ):
        page.goto(service.url + path)
        assert objections(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} is wider than a phone"
    assert "/reports/thistle/" in page.url
    assert page.url.startswith(f"{workshop}/"), "counted in the workshop, not on the floor"


def test_a_period_asked_for_by_hand_is_counted_in_the_workshop(service: Service, page: Page) -> None:
    service.tap_in(page, MANAGER)
    page.goto(f"{service.url}/reports/")
    workshop = service.workshop
    page.locator("main form button").first.click()
    page.wait_for_url(f"{workshop}/reports/thistle/**")
    assert page.locator("main table").count() > 0
