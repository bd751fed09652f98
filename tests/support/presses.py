"""Counts every pointer press and keystroke in a browser, over all pages of a tab."""

from __future__ import annotations

from playwright.sync_api import Page

_LISTEN = """
for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, (event) => {
  if (event.isTrusted && !event.repeat) sessionStorage.presses = Number(sessionStorage.presses ?? 0) + 1;
}, true);
"""


def listen(page: Page) -> None:
    """From the next page on, presses are counted."""
    page.add_init_script(_LISTEN)


def begin_counting(page: Page) -> None:
    page.evaluate("sessionStorage.presses = 0")


def presses(page: Page) -> int:
    """How many since the count began."""
    return int(page.evaluate("sessionStorage.presses"))
