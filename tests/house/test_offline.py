"""The board without a network: it takes taps, survives a closed tab, and sends by itself, once, in order."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import BrowserContext, Page, expect

from fristed.ground.act import MANAGER, NURSE, RECEPTION
from fristed.ground.ids import Id, new_id
from fristed.journal.entry import EntryText, parse
from fristed.journal.frame import ACTS
from fristed.journal.models import Entry
from tests.support.cast import done, site_file
from tests.support.guard.moved_clock import MOVED_BY
from tests.support.service import Cast, Service, make_cast, start

MINUTE = 60_000  # ms
WRONG = 7 * MINUTE
STOCKED = """async () => {
  const kept = await (await caches.open("shell")).keys();
  return navigator.serviceWorker.controller !== null && kept.some(({ url }) => url.includes("/board."));
}"""


@dataclass
class Tablet:
    """A tablet whose clock is wrong, beside a service whose clock the test moves."""

    service: Service
    context: BrowserContext
    clock: Path
    visits: list[Id]
    pressed: list[tuple[Id, int, int]]  # who was seen; between which moments by the service's clock, in ms

    def passes(self, milliseconds: int) -> None:
        """Time goes by, for the service and for the tablet alike."""
        self.clock.write_text(str(int(self.clock.read_text()) + milliseconds))
        self.context.clock.fast_forward(milliseconds)

    def now(self) -> int:
        return time.time_ns() // 1_000_000 + int(self.clock.read_text())

    def open_board(self) -> Page:
        page = self.context.new_page()
        page.goto(f"{self.service.url}/board/")
        return page

    def press_seen(self, page: Page, place: int) -> None:
        """Taps "seen breathing" at a place, and remembers when."""
        before = self.now()
        page.locator(f"#place-{place} button.seen").click()
        self.pressed.append((self.visits[place - 1], before, self.now()))
        expect(page.locator("#band-offline summary")).to_contain_text(f"{len(self.pressed)} taps")


@pytest.fixture
def tablet(database: str, tmp_path: Path, context: BrowserContext, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tablet]:
    """A nurse's turn on a tablet whose clock is seven minutes ahead, two people seated, the board open before."""
    clock = tmp_path / "clock"
    clock.write_text("0")
    monkeypatch.setenv(MOVED_BY, str(clock))
    plain = site_file()
    cast = make_cast(site_file(places=tuple(replace(place, x=place.number) for place in plain.places)))
    visits = [seat(cast, place) for place in (1, 2)]
    service = start(tmp_path, cast, database)
    context.clock.install(time=time.time() + WRONG / 1000)
    made = Tablet(service, context, clock, visits, [])
    page = context.new_page()
    service.tap_in(page, "nurse")
    page.goto(f"{service.url}/board/")
    page.wait_for_function(STOCKED)
    page.close()
    yield made
    assert service.end() == 0


def seat(cast: Cast, place: int) -> Id:
    if place == 1:
        done(ACTS["room.lay_out"](cast.tap(MANAGER)))
    lead = cast.who(NURSE).tap
    visit = done(
        ACTS["room.check_in"](lead(new_id(), override=True, reason="a test"), client=None, call_word=f"Bird {place}")
    ).thing
    done(ACTS["room.declare"](cast.tap(RECEPTION), visit=visit, substances=("heroin",), route="inject"))
    done(ACTS["room.seat"](lead(new_id(), override=True, reason="a test"), visit=visit, place=place))
    return visit


def entries(act: str) -> list[EntryText]:
    return [parse(entry.text) for entry in Entry.objects.filter(act=act).order_by("seq")]


def test_twelve_taps_without_a_network_arrive_once_in_order_at_their_own_times(tablet: Tablet) -> None:
    page = tablet.open_board()
    expect(page.locator("#place-1")).to_be_visible()
    page.wait_for_timeout(1500)
    tablet.context.set_offline(True)
    for n in range(6):
        tablet.press_seen(page, n % 2 + 1)
        tablet.passes(MINUTE)
    page.close()
    page = tablet.open_board()
    expect(page.locator("#band-offline summary")).to_contain_text("6 taps")
    for n in range(6):
        tablet.press_seen(page, n % 2 + 1)
        tablet.passes(40_000)
    tablet.context.set_offline(False)
    deadline = time.monotonic() + 30
    while len(entries("room.seen_breathing")) < 12 and time.monotonic() < deadline:
        page.wait_for_timeout(200)
    kept = entries("room.seen_breathing")
    assert [entry.thing for entry in kept] == [visit for visit, _, _ in tablet.pressed]
    assert len({entry.key for entry in kept}) == 12
    for entry, (_, before, after) in zip(kept, tablet.pressed, strict=True):
        assert before - 2000 < entry.happened // 1000 < after + 2000
    assert {(entry.worker, entry.late) for entry in kept} == {(tablet.service.cast.workers["nurse"], True)}
    expect(page.locator("#band-offline")).to_be_hidden()
