"""Takes the pictures of the README from a rehearsal: `make pictures`. Real screens, invented people."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright
from tests.support.network import BROWSER_ARGUMENTS

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
PORT = 8930
ADDRESS = f"http://localhost:{PORT}"
TABLET, PHONE, WALL = (1180, 820), (390, 844), (1920, 1080)
COMPILED = 240_000  # ms: the forecast's first question ever compiles its machine code
OPEN = ".emergency-panel[data-live-open]"
PASSWORD = "an invented sentence"  # noqa: S105  # every rehearsal prints it


@contextmanager
def rehearsal() -> Iterator[None]:
    """A busy room that lives on while its pictures are taken."""
    with tempfile.TemporaryDirectory() as folder:
        fristed = Path(sys.executable).with_name("fristed")
        asked = ["rehearse", "insite", "--home", f"{folder}/room", "--days", "3", "--speed", "30", "--port", str(PORT)]
        running = subprocess.Popen([fristed, *asked], stdout=subprocess.DEVNULL)
        try:
            _wait()
            yield
        finally:
            running.send_signal(signal.SIGINT)
            running.wait()


def take(browser: Browser) -> None:
    """Every picture, in the order in which the README shows them."""
    page = _signed_in(browser, "nurse", TABLET)
    _picture(page, "/board/", "board-tablet")
    page.emulate_media(color_scheme="dark")
    _picture(page, "/board/", "board-dark")
    page.emulate_media(color_scheme="light")
    _door(page)
    _picture(page, "/board/wall/", "board-wall", WALL)
    _picture(page, "/board/", "board-phone", PHONE)
    manager = _signed_in(browser, "manager", TABLET)
    _report(manager)
    _argument(manager)
    _emergency(page)


def _door(page: Page) -> None:
    page.goto(f"{ADDRESS}/door/")
    page.keyboard.type("r")
    page.wait_for_timeout(1000)
    _shot(page, "door-tablet")


def _emergency(page: Page) -> None:
    page.set_viewport_size({"width": TABLET[0], "height": TABLET[1]})
    page.goto(f"{ADDRESS}/board/")
    page.locator(".tile:has(.clock) .raise").first.click()
    page.locator(OPEN).wait_for()
    for step in ("stimulate", "airway", "oxygen"):
        page.locator(f"{OPEN} [data-kind={step}]").click()
        page.wait_for_timeout(900)
    _shot(page, "emergency-tablet")


def _report(page: Page) -> None:
    page.goto(f"{ADDRESS}/reports/")
    asked = urlencode({name: page.locator(f"input[name={name}]").input_value() for name in ("from", "to")})
    page.goto(f"{ADDRESS}/reports/?{asked}")
    page.locator("main table").first.wait_for()
    _shot(page, "report")


def _argument(page: Page) -> None:
    page.goto(f"{ADDRESS}/argument/?hat_places=50&hat_payer=nhs")
    page.locator('[data-state="people"]').wait_for(timeout=COMPILED)
    _shot(page, "argument")


def _signed_in(browser: Browser, role: str, size: tuple[int, int]) -> Page:
    page = browser.new_context(viewport={"width": size[0], "height": size[1]}).new_page()
    page.goto(f"{ADDRESS}/sign-in/")
    page.locator("input[name=login]").fill(role)
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "sign-in" not in address)
    return page


def _picture(page: Page, path: str, name: str, size: tuple[int, int] = TABLET) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(ADDRESS + path)
    page.wait_for_timeout(1500)
    _shot(page, name)


def _shot(page: Page, name: str) -> None:
    page.locator("#bell").wait_for(state="attached")  # what this screen says of its alarm comes last
    page.screenshot(path=PICTURES / f"{name}.png")


def _wait() -> None:
    for _ in range(600):
        try:
            urlopen(f"{ADDRESS}/turn/", timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the rehearsal did not start")


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    found = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with rehearsal(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=BROWSER_ARGUMENTS)
        take(browser)
        browser.close()


if __name__ == "__main__":
    main()
