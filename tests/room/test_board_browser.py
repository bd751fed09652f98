"""The board in a real browser: one tap for the next step, keys for everything, another screen, zoom, accessibility."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from fristed.ground.act import NURSE
from fristed.room.acts import emergency as taps
from fristed.room.acts import emergency_end, places
from fristed.room.models import Consumption, Stay, Visit
from tests.room.served import always_open, come, late, on_the_board, served, sit, unasked
from tests.support.cast import done
from tests.support.looks import objections
from tests.support.service import Service, enrol

SIZES = {"phone": {"width": 390, "height": 844}, "tablet": {"width": 1180, "height": 820}}


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def room(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A running service with people in places 1 to 4, in recovery and waiting. Each test takes a place of its own."""
    with served(request, tmp_path_factory.mktemp("board"), "board_browser", always_open()) as service:
        for place, word in enumerate(("Robin", "Wren", "Kestrel", "Plover"), 1):
            sit(service, word, place, minutes_ago=12, depressants="yes")
        finch = sit(service, "Finch", 5, minutes_ago=50)
        raised = done(taps.raise_emergency(late(service, 45), place=5, kind="opioid")).thing
        done(taps.step(late(service, 44), emergency=raised, kind="naloxone", route="IM", micrograms=800))
        done(emergency_end.end_emergency(late(service, 30), emergency=raised, person_now="recovery"))
        done(places.clean(late(service, 29), place=5))
        assert finch
        come(service, "Lark", minutes_ago=6)
        yield service


def test_the_next_step_of_a_place_is_one_tap_until_it_is_free_again(room: Service, page: Page) -> None:
    on_the_board(room, page)
    tile = page.locator("#place-1")
    for step, state in (
        ("Uses now", "consuming"),
        ("Done using", "observed"),
        ("To recovery", "cleaning"),
        ("Wiped", "free"),
    ):
        tile.get_by_role("button", name=step).click()
        expect(tile).to_have_attribute("data-state", state)
        page.wait_for_timeout(650)  # two touches of one spot in a breath are one press
    expect(page.locator("#recovery")).to_contain_text("Robin")


def test_seen_breathing_is_one_tap_and_counts_from_then(room: Service, page: Page) -> None:
    on_the_board(room, page)
    seen = page.locator("#place-2 button.seen")
    expect(seen).to_contain_text("seen?")
    seen.click()
    expect(seen).to_contain_text("0 min")
    assert Visit.objects.get(id=page.locator("#place-2").get_attribute("data-visit")).seen is not None


def test_a_tap_can_be_set_back_five_minutes_and_use_not_seen_is_said(room: Service, page: Page) -> None:
    on_the_board(room, page)
    page.locator("#place-3 [data-more]").click()
    sheet = page.locator("#more")
    sheet.locator("label").filter(has_text="5 min ago").click()
    sheet.get_by_role("button", name="Has used, not seen").click()
    expect(sheet).to_be_hidden()
    expect(page.locator("#place-3 .use")).to_contain_text("use not seen")
    expect(page.locator("#place-3 .clock")).to_have_text("5 min")
    used = Consumption.objects.get(visit=page.locator("#place-3").get_attribute("data-visit"))
    assert used.use_seen == "not_seen"
    assert used.started is not None


def test_someone_is_seated_by_choosing_first_who_and_then_where(room: Service, page: Page) -> None:
    visit = come(room, "Swift")
    on_the_board(room, page)
    page.locator(f"#waiting-{visit}").get_by_role("button", name="Seat").click()
    expect(page.locator("#choosing")).to_contain_text("Choose a free place for Swift.")
    page.locator("#place-6 [data-next]").click()
    expect(page.locator("#place-6 .word")).to_have_text("Swift")
    expect(page.locator("#choosing")).to_be_hidden()
    page.locator("#place-6 [data-more]").click()
    page.locator("#more").get_by_role("button", name="To another place").click()
    page.locator("#place-7 [data-next]").click()
    expect(page.locator("#place-7 .word")).to_have_text("Swift")
    assert Stay.objects.get(visit=visit, freed=None).place == 7


def test_what_one_screen_does_another_shows_without_losing_its_focus(room: Service, page: Page) -> None:
    on_the_board(room, page)
    page.locator("#place-4 [data-more]").focus()
    done(places.keep_watch(room.tap(NURSE), visit=page.locator("#place-4").get_attribute("data-visit") or ""))
    expect(page.locator("#place-4")).to_have_attribute("data-state", "watch")
    expect(page.locator("#place-4 [data-more]")).to_be_focused()


def test_everything_on_a_tile_is_done_by_keyboard(room: Service, page: Page) -> None:
    visit = sit(room, "Merle", 8, minutes_ago=3)
    on_the_board(room, page)
    expect(page.locator("#place-8 .word")).to_have_text("Merle")
    page.keyboard.press("8")
    expect(page.locator("#place-8")).to_be_focused()
    page.keyboard.press("b")
    expect(page.locator("#place-8 .seen")).to_contain_text("0 min")
    page.keyboard.press("n")
    expect(page.locator("#place-8")).to_have_attribute("data-state", "consuming")
    page.keyboard.press("m")
    expect(page.locator("#more")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#more")).to_be_hidden()
    page.locator("#place-8").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#place-7")).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_contain_text("Seen breathing")
    page.keyboard.press("Escape")
    page.keyboard.press("8")
    page.keyboard.press("Shift+E")
    open_panel = page.locator(".emergency-panel[data-live-open]")
    expect(open_panel).to_be_visible()
    expect(page.locator("#emergencies .emergency-panel[data-live-open]")).to_contain_text("Merle")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.emergency-panel') !== null")
    open_panel.get_by_role("button", name="False alarm").press("Enter")
    expect(open_panel).to_have_count(0)
    assert Consumption.objects.get(visit=visit).started is not None


def test_the_board_orders_people_by_who_was_not_looked_at_longest(room: Service, page: Page) -> None:
    on_the_board(room, page)
    page.locator("#place-4 button.seen").click()
    expect(page.locator("#place-4 .seen")).to_contain_text("0 min")
    page.get_by_role("button", name="Longest not looked at").click()
    order = page.evaluate("[...document.querySelectorAll('.tile[data-visit]')].map((t) => [+t.style.order, t.id])")
    assert max(order)[1] == "place-4"


def test_a_board_that_has_lost_the_service_says_so_and_keeps_counting(room: Service, page: Page) -> None:
    on_the_board(room, page)
    page.context.set_offline(True)
    expect(page.locator("#live")).to_contain_text("No contact with the service", timeout=10_000)
    page.context.set_offline(False)
    expect(page.locator("#live")).to_contain_text("live", timeout=10_000)


def test_an_open_emergency_has_no_accessibility_violation(room: Service, browser: Browser) -> None:
    context = browser.new_context(viewport=SIZES["tablet"], reduced_motion="reduce")  # type: ignore[arg-type]  # a plain mapping of the same shape
    page = context.new_page()
    raised = done(taps.raise_emergency(late(room), spot="toilet", kind="opioid")).thing
    done(taps.step(late(room), emergency=raised, kind="naloxone"))
    service_open(room, page, f"/board/#emergency-{raised}")
    expect(page.locator(".emergency-panel[data-live-open]")).to_be_visible()
    found = objections(page)
    context.close()
    done(emergency_end.false_alarm(late(room), emergency=raised))
    assert found == []


def service_open(room: Service, page: Page, address: str) -> None:
    room.tap_in(page, "nurse")
    page.goto(room.url + address)
    unasked(page)


@pytest.mark.parametrize("path", ["/board/", "/emergency/protocols/"])
def test_at_four_hundred_percent_nothing_is_cut_off_sideways(room: Service, browser: Browser, path: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 256})  # 1280 × 1024 at 400 %
    page = context.new_page()
    service_open(room, page, path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_a_running_emergency_at_four_hundred_percent_can_be_worked(room: Service, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 256})
    page = context.new_page()
    raised = done(taps.raise_emergency(late(room), spot="door")).thing
    service_open(room, page, f"/board/#emergency-{raised}")
    panel = page.locator(".emergency-panel[data-live-open]")
    panel.locator('[data-kind="oxygen"]').click()
    expect(panel.locator(".timeline li:not(.ours)")).to_have_count(1)
    assert page.evaluate("document.querySelector('.emergency-panel[data-live-open]').scrollWidth") <= 320
    done(emergency_end.false_alarm(late(room), emergency=raised))
    context.close()


@pytest.mark.parametrize("size", list(SIZES))
def test_every_target_on_the_board_is_large_enough_for_a_glove(room: Service, browser: Browser, size: str) -> None:
    context = browser.new_context(viewport=SIZES[size])  # type: ignore[arg-type]  # a plain mapping of the same shape
    page = context.new_page()
    on_the_board(room, page)
    small = page.evaluate(
        """[...document.querySelectorAll('#board button, #board a.button, #board summary')].filter((e) => {
          const box = e.getBoundingClientRect();
          return box.width > 0 && (box.width < 47.5 || box.height < 47.5);
        }).map((e) => e.outerHTML.slice(0, 120))"""
    )
    assert small == []
    context.close()


def test_the_wall_shows_call_words_on_an_enrolled_wall_but_none_on_a_locked_tablet(
    room: Service, browser: Browser
) -> None:
    token, _ = enrol(room.cast, "Wall", kind="wall")
    texts = []
    for credential in (token, room.cast.token):
        context = browser.new_context(viewport={"width": 1920, "height": 1080})
        room.enrol(context, credential)
        page = context.new_page()
        page.goto(f"{room.url}/board/wall/")
        unasked(page)
        expect(page.locator("#place-2")).to_be_visible()
        assert page.locator("#board button").count() == 0
        texts.append(page.locator("#board").inner_text())
        context.close()
    assert "Wren" in texts[0]
    assert "Wren" not in texts[1]
