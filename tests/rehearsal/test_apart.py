"""A rehearsal stands apart: its own look, address, database, cookies. A live session opens nothing in it."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from django.test import override_settings
from playwright.sync_api import BrowserContext, Page

from fristed.house import rehearsing
from fristed.house.checks import refuse_unready
from fristed.house.configuration import ConfigurationError, read_service
from fristed.house.configuration import Service as Settings
from fristed.staff import devices
from tests.rehearsal.test_command import clock, own, own_database, run
from tests.support.cast import Room, a_monday_evening, site_file
from tests.support.service import COMMAND, Service, free_port


@pytest.fixture
def rehearsal(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running rehearsal, on the same machine as the test's live service."""
    home, port = tmp_path_factory.mktemp("rehearsal") / "thistle", free_port()
    days = ("rehearse", "thistle", "--home", str(home), "--days", "1", "--speed", "0", "--port", str(port))
    with own_database(database) as where:
        answer = run(*days, *where)
        assert answer.returncode == 0, answer.stderr
        with serving(home):
            yield f"http://localhost:{port}"  # as the live service is called: cookies know a host and no port


@contextmanager
def serving(home: Path) -> Iterator[None]:
    process = subprocess.Popen([*COMMAND, "serve", str(home)], env=own())
    try:
        clock(read_service(home).origin())
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0


def striped(page: Page) -> bool:
    """Whether the page wears the frame that only a rehearsal has."""
    border = "getComputedStyle(document.body, '::after').borderImageSource"
    return "repeating-linear-gradient" in str(page.evaluate(border))


def test_a_live_session_and_a_live_tablet_open_nothing_in_a_rehearsal_and_lose_nothing_by_it(
    service: Service, rehearsal: str, page: Page, context: BrowserContext
) -> None:
    service.tap_in(page, "nurse")
    page.goto(f"{service.url}/board/")
    assert not striped(page)
    for path in ("/board/", "/door/", "/", "/turn/"):
        page.goto(rehearsal + path)
        assert page.url.startswith(f"{rehearsal}/sign-in/"), path
        assert striped(page)
        assert "Enter nobody real" in page.inner_text("body")
    page.get_by_label("Username").fill("nurse")
    page.get_by_label("Password").fill(rehearsing.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    page.goto(f"{rehearsal}/board/")
    assert page.url == f"{rehearsal}/board/"
    assert striped(page)
    page.goto(f"{service.url}/board/")
    assert page.url == f"{service.url}/board/", "the live turn goes on"
    assert not striped(page)
    names = {str(cookie.get("name")) for cookie in context.cookies()}
    assert {"sessionid", "rehearsal", devices.COOKIE, "csrftoken", "rehearsal_csrf"} <= names


def test_a_tablet_of_the_rehearsal_is_not_known_to_the_live_service(service: Service, rehearsal: str) -> None:
    with service.client("nurse") as http:
        assert http.get("/board/").status_code == 200
        live = http.cookies.get(devices.COOKIE)
        answer = httpx.get(
            f"{rehearsal}/board/", cookies={devices.COOKIE: live or "", devices.REHEARSAL_COOKIE: live or ""}
        )
        assert answer.status_code == 302
        said = {"now": 1, "taps": [{"act": "room.give", "key": "0" * 32, "at": 1, "args": {"item": "needles"}}]}
        taps = httpx.post(f"{rehearsal}/taps", json=said, headers={"Fristed-Tap": "1"}, cookies=dict(http.cookies))
        assert taps.json()["answers"][0]["rule"] == "sign_in", taps.text


def test_a_real_site_is_never_opened_as_a_rehearsal(database: str) -> None:
    Room(a_monday_evening(), site_file(demonstration=False))
    rehearsed = Settings(demonstration=True, rehearsal=True)
    with (
        override_settings(SERVICE=rehearsed),
        pytest.raises(ConfigurationError, match="Nothing real is ever opened as a rehearsal"),
    ):
        refuse_unready()


def test_a_rehearsal_does_not_start_on_the_address_of_a_live_service(service: Service, tmp_path: Path) -> None:
    port = service.url.rsplit(":", 1)[1]
    answer = run("rehearse", "thistle", "--home", str(tmp_path / "new"), "--days", "1", "--port", port)
    assert answer.returncode == 2
    assert f"port is {port}" in answer.stderr
    assert not (tmp_path / "new").exists(), "nothing was made"
