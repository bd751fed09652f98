"""Every page there is, found from the addresses: nothing that axe objects to, in light, dark and forced colours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser

from fristed.ground.act import Role
from fristed.staff.rules import POSTS
from tests.house.test_outsiders import ALL
from tests.support.looks import objections
from tests.support.planted import plant
from tests.support.service import Service, make_cast, start

TABLET = {"width": 1180, "height": 820}


@pytest.fixture
def full(database: str, tmp_path: Path) -> Iterator[tuple[Service, dict[str, str]]]:
    """A running service with one of everything in it."""
    cast = make_cast()
    planted = plant(cast)
    running = start(tmp_path, cast, database)
    yield running, planted
    running.end()


def pages(service: Service, planted: dict[str, str]) -> dict[Role | None, list[str]]:
    """The addresses that show a page, by someone who may open it; None: nobody need be there."""
    found: dict[Role | None, list[str]] = {}
    for role in (None, *POSTS):
        with service.signed_in(role) if role else service.outsider() as http:
            known = {path for paths in found.values() for path in paths}
            asked = [path for path in (address.path(planted) for address in ALL) if path not in known]
            found[role] = [path for path in asked if is_page(http.get(path))]
    return found


def is_page(answer: httpx.Response) -> bool:
    """Whether this is a whole page."""
    return answer.status_code == 200 and "<html" in answer.text


def test_axe_finds_nothing_on_any_page(full: tuple[Service, dict[str, str]], browser: Browser) -> None:
    service, planted = full
    seen, wrong = 0, dict[str, list[str]]()
    for role, paths in pages(service, planted).items():
        context = browser.new_context(viewport=TABLET)  # type: ignore[arg-type]  # a size
        if role is not None:
            with service.signed_in(role) as http:
                kept = [{"name": c.name, "value": str(c.value), "url": service.url} for c in http.cookies.jar]
            context.add_cookies(kept)  # type: ignore[arg-type]  # name, value, address
        page = context.new_page()
        for path in paths:
            page.goto(service.url + path)
            page.locator("h1").locator("visible=true").first.wait_for(
                state="attached"
            )  # some pages wait for their script
            found = objections(page)
            if found:
                wrong[path] = found
            seen += 1
        context.close()
    assert seen > 30
    assert wrong == {}
