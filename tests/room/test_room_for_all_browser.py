"""Everything has its room: an alarm moves no button and covers none, six recover in one glance, a wall shows all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from fristed.ground.site import Naloxone, Place
from fristed.room.acts import emergency as taps
from fristed.room.acts import emergency_end, places
from fristed.room.models import Consumption, Stay
from tests.room.served import always_open, late, on_the_board, served, sit, unasked
from tests.support.cast import done
from tests.support.service import Service

TABLET, PHONE, WALL = ({"width": width, "height": height} for width, height in ((1180, 820), (390, 844), (1920, 1080)))
BIRDS = "Robin Wren Kestrel Plover Merle Finch Teal Dove Heron Swallow Magpie Jackdaw Rook Lark Swift Crow Owl Starling"
PRODUCTS = (Naloxone("Invented naloxone hydrochloride prefilled", "IM", 400), Naloxone("Invented spray", "IN", 1800))
BUTTONS = """() => [...document.querySelectorAll(":is(main, header) :is(button, a, input, summary)")]
  .filter((e) => e.checkVisibility() && !e.closest(".bands")).map((e) => {
    const { x, y, width, height } = e.getBoundingClientRect();
    return [x, y, width, height];
  })"""
UNDER_BANDS = """(points) => points.filter(([x, y]) => document.elementFromPoint(x, y)?.closest(".bands")).length"""


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def room(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A running service far west of this machine: two people seated, six in recovery."""
    file = always_open(naloxone=PRODUCTS, zone="America/Vancouver")
    with served(request, tmp_path_factory.mktemp("room"), "room_for_all", file) as service:
        for place, word in ((1, "Rook"), (2, "Lark")):
            sit(service, word, place, minutes_ago=12, depressants="yes")
        for word in BIRDS.split()[:6]:
            recovering(service, word)
        yield service


def recovering(service: Service, word: str) -> None:
    visit = sit(service, word, 8, minutes_ago=30, tolerance="yes")
    done(places.use(late(service, 28), consumption=Consumption.objects.get(visit=visit).id))
    done(places.leave_place(late(service, 20), stay=Stay.objects.get(visit=visit, freed=None).id))
    done(places.clean(late(service, 19), place=8))


def screen(browser: Browser, size: dict[str, int]) -> Page:
    return browser.new_context(viewport=size).new_page()  # type: ignore[arg-type]  # a plain mapping of the same shape


@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
@pytest.mark.parametrize("path", ["/board/", "/door/", "/day/", "/care/", "/turn/"])
def test_two_alarms_move_no_button_and_come_to_lie_on_none(
    room: Service, browser: Browser, path: str, size: dict[str, int]
) -> None:
    page = screen(browser, size)
    on_the_board(room, page)
    page.goto(room.url + path)
    expect(page.locator("#band-unarmed")).to_be_visible()
    before = page.evaluate(BUTTONS)
    seen = [[x + w / 2, y + h / 2] for x, y, w, h in before if y + h / 2 < page.evaluate("innerHeight")]
    free = [point for point in seen if not page.evaluate(UNDER_BANDS, [point])]
    raised = [done(taps.raise_emergency(room.tap("device"), spot=spot)).thing for spot in ("toilet", "door")]
    for id in raised:
        expect(page.locator(f"#alarm-{id}")).to_be_visible()
    assert free
    assert page.evaluate(BUTTONS) == before
    assert page.evaluate(UNDER_BANDS, free) == 0
    for id in raised:
        box = page.locator(f"#alarm-{id}").get_by_role("button", name="I am coming").bounding_box()
        assert box is not None
        assert box["height"] >= 48
        assert box["y"] + box["height"] <= size["height"]
        done(emergency_end.false_alarm(late(room), emergency=id))
    page.context.close()


def test_leaving_an_emergency_finds_the_room_where_it_was(room: Service, browser: Browser) -> None:
    page = screen(browser, TABLET)
    on_the_board(room, page)
    before = page.locator("#place-2").bounding_box()
    page.locator("#place-2 .raise").click()
    panel = page.locator("#emergencies .emergency-panel[data-live-open]")
    expect(panel).to_be_visible()
    page.get_by_role("link", name="← Room").first.click()
    assert page.locator("#place-2").bounding_box() == before
    page.locator("#place-2 a.emergency").click()
    panel.get_by_role("button", name="False alarm").click()
    expect(page.locator(".emergency-panel[data-live-open]")).to_have_count(0)
    assert page.locator("#place-2").bounding_box() == before
    page.context.close()


@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
def test_no_label_of_a_step_is_cut(room: Service, browser: Browser, size: dict[str, int]) -> None:
    page = screen(browser, size)
    raised = done(taps.raise_emergency(late(room), spot="door")).thing
    on_the_board(room, page, path=f"/board/#emergency-{raised}")
    expect(page.locator(".emergency-panel[data-live-open]")).to_be_visible()
    cut = page.evaluate(
        """[...document.querySelectorAll(".emergency-panel[data-live-open] .em-steps :is(button, span, small)")].filter(
          (e) => e.checkVisibility() && (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== "inline"
            || e.getBoundingClientRect().bottom > e.closest(".naloxone")?.getBoundingClientRect().bottom)
        ).map((e) => e.textContent)"""
    )
    assert cut == []
    done(emergency_end.false_alarm(late(room), emergency=raised))
    page.context.close()


def test_six_who_recover_are_all_seen_at_once_on_a_tablet(room: Service, browser: Browser) -> None:
    page = screen(browser, TABLET)
    on_the_board(room, page)
    strip = page.locator("#bands").bounding_box()
    assert strip is not None
    expect(page.locator("#recovery .person")).to_have_count(6)
    for person in page.locator("#recovery .person").all():
        for part in person.locator(".word, .clock, button").all():
            box = part.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= strip["y"]
    page.context.close()


def test_the_boards_clock_is_the_sites_by_the_services_zone_data(room: Service, browser: Browser) -> None:
    context = browser.new_context(timezone_id="Asia/Tokyo")
    page = context.new_page()
    page.add_init_script("Intl.DateTimeFormat = () => { throw new Error('the browser has no say in this'); };")
    on_the_board(room, page)
    shown = page.locator(".wall-clock").inner_text()
    here = datetime.now(ZoneInfo("America/Vancouver"))
    minutes = int(shown[:2]) * 60 + int(shown[3:])
    assert (here.hour * 60 + here.minute - minutes) % 1440 <= 1
    raised = done(taps.raise_emergency(late(room), spot="door")).thing
    page.goto(f"{room.url}/board/#emergency-{raised}")
    expect(page.locator(f"#emergency-{raised}")).to_be_visible()
    page.context.set_offline(True)
    page.locator(f"#emergency-{raised} [data-kind=oxygen]").click()
    ours = page.locator(f"#emergency-{raised} .timeline .ours .clock")
    assert ours.inner_text()[:2] == f"{datetime.now(ZoneInfo('America/Vancouver')):%H}"
    page.context.set_offline(False)
    expect(page.locator("#band-offline")).to_be_hidden(timeout=20_000)
    done(emergency_end.false_alarm(late(room), emergency=raised))
    context.close()


@pytest.mark.parametrize("base", ["sqlite", "postgres"])
def test_a_wall_of_twenty_places_and_two_alarms_cuts_no_place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, browser: Browser, base: str
) -> None:
    plan = tuple(Place(n + 1, ("inject",), x=n % 5, y=n // 5) for n in range(20))
    request.param = base
    with served(request, tmp_path_factory.mktemp("wall"), "wall", always_open(places=plan, place_count=20)) as service:
        for n in range(20):
            worst = {"depressants": "yes", "tolerance": "yes", "substances": ("cocaine", "heroin")}
            visit = sit(service, f"{BIRDS.split()[n % 18]} {n}", n + 1, minutes_ago=30, **worst)
            done(places.use(late(service, 20), consumption=Consumption.objects.get(visit=visit).id, seen=False))
            if n % 2:
                done(places.keep_watch(late(service), visit=visit))
        for spot in ("toilet", "door"):
            done(taps.raise_emergency(service.tap("device"), spot=spot))
        page = screen(browser, WALL)
        service.tap_in(page, "nurse")
        page.goto(f"{service.url}/board/wall/")
        unasked(page)
        expect(page.locator(".band.alarm")).to_have_count(2)
        expect(page.locator(".tile")).to_have_count(20)
        cut = page.evaluate(
            """[...document.querySelectorAll(".tile")].filter((e) =>
              e.scrollHeight > e.clientHeight + 1 || e.getBoundingClientRect().bottom > innerHeight).map((e) => e.id)"""
        )
        page.context.close()
        assert cut == []
