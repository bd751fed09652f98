"""The argument in a real browser: the workshop answers, first by expectation and then person by person."""

from __future__ import annotations

from playwright.sync_api import Page

from fristed.ground.act import MANAGER
from tests.support.looks import objections
from tests.support.service import Service

PREPARED = 240_000  # ms: the first answer may have to compile the forecast


def test_levers_are_answered_by_the_workshop_at_the_width_of_a_phone(service: Service, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    service.tap_in(page, MANAGER)
    workshop = service.workshop
    page.goto(f"{service.url}/argument/?hat_places=50", timeout=PREPARED)
    assert page.url.startswith(f"{workshop}/"), "answered in the workshop, not on the floor"
    page.locator('[data-state="people"]').wait_for(timeout=PREPARED)
    assert page.locator(".fans svg").count() == 3 and page.locator("#answer tbody tr").count() == 18
    assert page.locator(".verdict").count() == 25 and page.locator(".verdict .word").count() == 25
    before = page.locator("#answer tbody tr").nth(2).inner_text()
    page.locator("#hat_places").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator('output[for="hat_places"]').inner_text() == "55"
    page.locator('[data-state="twin"]').wait_for(timeout=PREPARED)
    page.locator('[data-state="people"]').wait_for(timeout=PREPARED)
    assert page.locator("#answer tbody tr").nth(2).inner_text() != before
    assert "hat_places=55" in page.url
    page.locator('select[name="position"]').select_option("prison")
    page.locator("#answer q").wait_for(timeout=PREPARED)
    assert page.locator("#hat_places").is_disabled() and "custody ratio: 3.0" in page.locator("#answer").inner_text()
    page.locator('[data-state="people"]').wait_for(timeout=PREPARED)
    assert "position=prison" in page.url and "hat_places" not in page.url
    assert objections(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(".verdict a").first.click()
    page.locator("main ul a").first.click()
    assert page.locator("dl.run").inner_text().startswith("value"), "a verdict leads to a number and its source"
    assert objections(page) == []


def test_a_full_run_is_asked_for_on_the_floor_and_begun_in_the_workshop(service: Service, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    service.tap_in(page, MANAGER)
    workshop = service.workshop
    page.goto(f"{service.url}/argument/begin/?area=durham-2014")
    page.get_by_role("button", name="Run in full").click()
    page.locator('[data-full="waiting"], [data-full="running"]').wait_for(timeout=PREPARED)
    assert page.url.startswith(f"{workshop}/argument/?area=durham-2014")
