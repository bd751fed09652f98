"""A service starts, answers, survives the death of its parts, and ends when told."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.support.service import Service


def test_a_worker_taps_in_with_name_and_pin(service: Service) -> None:
    with service.client("nurse") as http:
        assert http.get("/turn/").status_code == 200


def test_in_a_browser_a_worker_takes_the_tablet_over(service: Service, page: Page) -> None:
    service.tap_in(page, "nurse")
    assert page.url.endswith("/")
