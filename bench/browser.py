"""From tap to pixel: real Chromium pages note when what someone tapped elsewhere is painted."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import psutil
from playwright.async_api import BrowserContext, Page, async_playwright
from tests.support.network import BROWSER_ARGUMENTS
from tests.support.service import Service

from bench.client import Line
from bench.load import line_of
from bench.visits import Record, tap
from fristed.staff import devices

PAGES = 5
BEHIND, EQUAL = 10, 0  # niceness
EVERY = 3.0  # seconds between two marked taps

_NOTE = """
window.painted = {};
const note = (mark) => { if (!(mark in window.painted)) requestAnimationFrame(() => {
  window.painted[mark] ??= performance.timeOrigin + performance.now(); }); };
new MutationObserver(() => {
  for (const [mark] of (document.getElementById('queue')?.textContent ?? '').matchAll(/Mark-[0-9]+/g)) note(mark);
  for (const band of document.querySelectorAll('.band.alarm')) note(band.id);
}).observe(document, { subtree: true, childList: true, characterData: true });
"""


@asynccontextmanager
async def pages(service: Service) -> AsyncIterator[list[Page]]:
    """Five boards in real Chromium, signed in."""
    cookies = line_of(service).cookies | {devices.COOKIE: service.cast.token}
    address = f"http://localhost:{urlsplit(service.url).port}"
    async with async_playwright() as playwright:
        found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
        browser = await playwright.chromium.launch(executable_path=found, args=BROWSER_ARGUMENTS)
        given: Any = [{"name": name, "value": value, "url": address} for name, value in cookies.items()]
        opened = [await _board(await browser.new_context(), address, given) for _ in range(PAGES)]
        give_way(BEHIND)
        yield opened
        await browser.close()


def give_way(niceness: int) -> None:
    """Sets the browsers' place beside the service. A tablet has a processor of its own; here they share two cores with
    it, and Chromium, started by the system's owner, even puts itself first. So they stand behind it, or as equals."""
    for process in psutil.Process().children(recursive=True):
        if "chrom" in process.name():
            process.nice(niceness)


async def _board(tablet: BrowserContext, address: str, cookies: Any) -> Page:
    """A board in a window of its own: behind another it would be painted later. Answered when the page is at rest."""
    await tablet.add_cookies(cookies)
    await tablet.add_init_script(_NOTE)
    page = await tablet.new_page()
    await page.goto(f"{address}/board/", wait_until="networkidle")
    return page


async def acts_seen(service: Service, opened: list[Page], seconds: float) -> list[float]:
    """Milliseconds from a check-in to its word on every page, one check-in every three seconds."""
    return await _marked(service, opened, seconds, _check_in)


async def alarms_seen(service: Service, opened: list[Page], seconds: float) -> list[float]:
    """Milliseconds from an alarm to its band on every page."""
    return await _marked(service, opened, seconds, _alarm)


async def _marked(service: Service, opened: list[Page], seconds: float, mark: Any) -> list[float]:
    line, record, taken = line_of(service), Record(), list[float]()
    end, number = time.perf_counter() + seconds, 0
    while time.perf_counter() < end:
        number += 1
        sent = time.time() * 1000
        name, undo = await mark(line, record, number)
        await asyncio.sleep(EVERY)
        for page in opened:
            seen = await page.evaluate("(mark) => window.painted[mark] ?? null", name)
            taken.append(seen - sent if seen is not None else float("inf"))
        await tap(line, record, *undo)
    if record.refused:
        raise RuntimeError(f"a marked tap was refused: {record.refused[0]}")
    return taken


async def _check_in(line: Line, record: Record, number: int) -> tuple[str, tuple[str, dict[str, Any]]]:
    word = f"Mark-{time.time_ns() // 1_000_000}{number}"
    visit = await tap(line, record, "room.check_in", {"client": None, "route": "inject", "call_word": word})
    return word, ("room.give_up", {"visit": visit})


async def _alarm(line: Line, record: Record, number: int) -> tuple[str, tuple[str, dict[str, Any]]]:
    emergency = await tap(line, record, "room.raise_emergency", {"spot": "door"})
    return f"alarm-{emergency}", ("room.false_alarm", {"emergency": emergency})
