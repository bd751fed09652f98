"""The board without a network: it takes taps, survives a closed tab, and sends by itself, once, in order."""

from __future__ import annotations

import os
import signal
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
from fristed.room.models import Step
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
        expect(page.locator("#band-offline summary")).to_contain_text(f": {len(self.pressed)} (")


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
    expect(page.locator("#band-offline summary")).to_contain_text(": 6 (")
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


def test_an_alarm_raised_without_a_network_says_that_nobody_heard_it_and_is_raised_later(tablet: Tablet) -> None:
    page = tablet.open_board()
    expect(page.locator("#place-2 .raise")).to_be_visible()
    tablet.context.set_offline(True)
    page.locator("#place-2 .raise").click()
    shout = page.locator("#band-unheard")
    expect(shout).to_have_text("Others NOT alarmed. Call for help.Open")
    box = shout.bounding_box()
    assert box is not None
    middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    covered = "([x, y]) => document.elementFromPoint(x, y).closest('#band-unheard') === null"
    assert not page.evaluate(covered, middle), "covered by the panel"
    page.get_by_role("button", name="Stimulate").click()
    raised = tablet.now()
    page.wait_for_timeout(500)  # nobody closes a tab faster
    page.close()
    page = tablet.open_board()
    expect(page.locator("#band-unheard")).to_be_visible()
    page.locator("#band-unheard a").click()
    page.get_by_role("button", name="Airway").click()
    expect(page.locator("#band-offline summary")).to_contain_text(": 3 (")
    tablet.passes(2 * MINUTE)
    tablet.context.set_offline(False)
    expect(page.locator("#band-unheard")).to_be_hidden(timeout=30_000)
    (opened,) = entries("room.raise_emergency")
    assert abs(opened.happened // 1000 - raised) < 10_000
    assert [Step.objects.get(id=entry.key).kind for entry in entries("room.step")] == ["stimulate", "airway"]
    assert Step.objects.filter(emergency_id=opened.thing).count() >= 2


def test_what_a_tablet_keeps_cannot_be_read_from_its_store(tablet: Tablet) -> None:
    page = tablet.open_board()
    expect(page.locator("#place-1")).to_contain_text("Bird 1")
    page.wait_for_timeout(1000)
    tablet.context.set_offline(True)
    tablet.press_seen(page, 1)
    kept = page.evaluate(EVERYTHING_KEPT)
    assert kept["records"] >= 2
    assert not kept["extractable"]
    assert "Bird" not in kept["text"]
    assert tablet.visits[0] not in kept["text"]
    tablet.context.set_offline(False)
    expect(page.locator("#band-offline")).to_be_hidden(timeout=30_000)


def test_what_waited_too_long_is_deleted_and_said_to_be(tablet: Tablet) -> None:
    page = tablet.open_board()
    expect(page.locator("#place-1 button.seen")).to_be_visible()
    tablet.context.set_offline(True)
    tablet.press_seen(page, 1)
    tablet.passes(12 * 60 * MINUTE + MINUTE)
    expect(page.locator("#band-note")).to_contain_text("deleted: 1", timeout=15_000)
    page.close()
    page = tablet.open_board()
    expect(page.locator("#not-kept")).to_be_visible()
    assert page.evaluate(EVERYTHING_KEPT)["taps"] == 0


def test_a_floor_that_is_killed_loses_and_doubles_nothing(tablet: Tablet) -> None:
    page = tablet.open_board()
    seen = page.locator("#place-1 button.seen")
    expect(seen).to_be_visible()
    for n in range(4):
        if n == 1:
            os.kill(floor_process(tablet.service), signal.SIGKILL)
        seen.click()
        page.wait_for_timeout(800)
    page.wait_for_function("document.querySelector('#band-offline')?.hidden !== false", timeout=30_000)
    kept = entries("room.seen_breathing")
    assert len(kept) == len({entry.key for entry in kept}) == 4
    assert [entry.happened for entry in kept] == sorted(entry.happened for entry in kept)


EVERYTHING_KEPT = """async () => {
  const database = await new Promise((resolve) => {
    indexedDB.open("fristed").onsuccess = (event) => resolve(event.target.result);
  });
  const all = (name) => new Promise((resolve) => {
    database.transaction(name).objectStore(name).getAll().onsuccess = (e) => resolve(e.target.result);
  });
  const [keys, ...stores] = await Promise.all(["keys", "me", "taps", "pages", "drafts"].map(all));
  const records = stores.flat();
  const read = new TextDecoder("latin1");
  return {
    records: records.length,
    taps: stores[1].length,
    extractable: keys[0].extractable,
    text: records.map(({ box }) => read.decode(box)).join("") + JSON.stringify({ ...localStorage }),
  };
}"""


def floor_process(service: Service) -> int:
    children = Path(f"/proc/{service.process.pid}/task/{service.process.pid}/children").read_text()
    return min(int(child) for child in children.split())
