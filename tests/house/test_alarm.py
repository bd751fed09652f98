"""An alarm reaches every armed screen: light, sound, answered by name. Real Chromium, sound as browsers ship it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from fristed.ground.act import Role
from fristed.journal.frame import ACTS
from fristed.room.models import Emergency, Step
from fristed.staff.models import Device
from tests.support.cast import done
from tests.support.service import Service, enrol

COUNT_SOUNDS = """
window.notes = [];
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...when) {
  window.notes.push(this.frequency.value);
  return start.apply(this, when);
};
"""


@pytest.fixture
def wall(service: Service, browser: Browser) -> Iterator[Page]:
    """A wall screen, enrolled, with nobody signed in, not touched yet."""
    token, _ = enrol(service.cast, "Wall", "wall")
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    service.enrol(context, token)
    page = context.new_page()
    page.add_init_script(COUNT_SOUNDS)
    page.goto(f"{service.url}/board/wall/")
    yield page
    context.close()


def arm(page: Page) -> None:
    page.locator("dialog .arm-now").click()
    expect(page.locator("#arm")).to_have_count(0)


def notes(page: Page) -> list[float]:
    return list(page.evaluate("window.notes"))


def raise_at(service: Service, **where: object) -> str:
    return done(ACTS["room.raise_emergency"](service.tap("device"), **where)).thing


def test_a_wall_is_armed_by_one_tap_and_then_sounds_and_shows_the_alarm(service: Service, wall: Page) -> None:
    expect(wall.locator("dialog .arm-now")).to_be_visible()
    assert notes(wall) == []
    arm(wall)
    assert notes(wall) == [523, 659, 784]
    assert Device.objects.get(name="Wall").armed is not None
    raised = raise_at(service, place=2)
    band = wall.locator(f"#alarm-{raised}")
    expect(band).to_contain_text("EMERGENCY · place 2")
    expect(band).to_contain_text("Nobody has answered yet")
    expect(wall.locator("body")).to_have_attribute("data-live-alarm", "")
    wall.wait_for_function("window.notes.length >= 7")
    assert notes(wall)[3:7] == [880, 660, 880, 660]


def test_an_alarm_is_answered_by_name_from_a_screen_where_nobody_is_signed_in(service: Service, wall: Page) -> None:
    nurse = service.cast.workers["nurse"]
    done(ACTS["staff.start_duty"](service.tap("manager"), worker=nurse, part="lead"))
    arm(wall)
    raised = raise_at(service, spot="toilet")
    band = wall.locator(f"#alarm-{raised}")
    band.get_by_role("button", name="Cem").click()
    expect(band).to_contain_text("Coming: Cem")
    expect(wall.locator("body")).not_to_have_attribute("data-live-alarm", "")
    step = Step.objects.get(kind="acknowledged")
    assert (step.emergency_id, step.worker) == (raised, nurse)
    quiet = len(notes(wall))
    wall.wait_for_timeout(2500)
    assert len(notes(wall)) == quiet
    done(ACTS["room.false_alarm"](service.tap("nurse"), emergency=raised))
    expect(band).to_have_count(0)


def test_a_call_for_staff_safety_sounds_otherwise(service: Service, wall: Page) -> None:
    arm(wall)
    raised = raise_at(service, spot="door", kind="staff_safety")
    expect(wall.locator(f"#alarm-{raised}")).to_contain_text("STAFF SAFETY · door")
    wall.wait_for_function("window.notes.length >= 7")
    assert notes(wall)[3:7] == [420, 640, 860, 1080]


def test_a_screen_that_was_armed_and_is_gone_is_named_on_every_board(service: Service, wall: Page, page: Page) -> None:
    arm(wall)
    service.tap_in(page, "nurse")
    page.goto(f"{service.url}/board/")
    expect(page.locator("#band-unarmed")).to_contain_text("This screen is silent")
    expect(page.locator("#band-silent")).to_have_count(0)
    wall.goto("about:blank")
    expect(page.locator("#band-silent")).to_contain_text("Wall", timeout=15_000)


def test_a_working_tablet_is_armed_from_a_band_that_covers_nothing(service: Service, page: Page) -> None:
    service.tap_in(page, "nurse")
    page.goto(f"{service.url}/board/")
    with page.expect_response("**/taps"):
        page.locator("#band-unarmed .arm-now").click()
    expect(page.locator("#band-unarmed")).to_have_count(0, timeout=20_000)  # a busy machine starts its sound late
    assert Device.objects.get(name="Tablet 1").armed is not None


def sign_in(service: Service, page: Page, role: Role) -> None:
    """A browser that is no enrolled device."""
    with service.signed_in(role) as http:
        page.context.add_cookies([{"name": k, "value": v, "url": service.url} for k, v in http.cookies.items()])


def test_a_browser_that_is_no_screen_of_the_room_says_so_and_shows_alarms_on_a_report_too(
    service: Service, page: Page
) -> None:
    sign_in(service, page, "manager")
    workshop = service.workshop
    page.goto(f"{service.url}/reports/?from=2026-01-01&to=2026-01-31")
    assert page.url.startswith(workshop)
    expect(page.locator("#bell")).to_contain_text("Not one of the room's screens")
    raise_at(service, place=1)
    expect(page.locator(".band.alarm")).to_be_visible()
    expect(page.locator("#bell")).to_be_hidden()


def test_who_is_told_of_no_alarm_has_no_empty_strip_for_one(service: Service, page: Page) -> None:
    page.clock.install()
    sign_in(service, page, "analyst")
    raise_at(service, place=1)
    with page.expect_response("**/clock"):
        page.goto(f"{service.url}/reports/")
    for _ in range(2):  # who is here is known by the second time that it is asked; then bands are drawn every second
        with page.expect_response("**/clock"):
            page.clock.run_for(120_000)
    page.clock.run_for(2_000)
    expect(page.locator("#bands > *:visible")).to_have_count(0)
    assert page.locator("#bands").evaluate("strip => strip.getBoundingClientRect().height") == 0


def test_a_tap_on_one_screen_alarms_another_with_the_session_gone(service: Service, wall: Page, page: Page) -> None:
    arm(wall)
    service.enrol(page.context)
    page.goto(f"{service.url}/board/")
    page.get_by_role("button", name="Staff safety").click()
    expect(wall.locator(".band.alarm")).to_contain_text("STAFF SAFETY")
    assert Emergency.objects.get().kind == "staff_safety"


WATCH_LOCKS = """
window.locks = [];
const request = navigator.wakeLock.request.bind(navigator.wakeLock);
navigator.wakeLock.request = async (kind) => {
  const lock = await request(kind);
  window.locks.push(lock);
  return lock;
};
"""


def test_an_armed_screen_stays_awake_and_asks_again_when_it_is_shown_again(service: Service, browser: Browser) -> None:
    token, _ = enrol(service.cast, "Wall", "wall")
    context = browser.new_context()
    service.enrol(context, token)
    page = context.new_page()
    page.add_init_script(WATCH_LOCKS)
    page.goto(f"{service.url}/board/wall/")
    expect(page.locator("dialog .arm-now")).to_be_visible()
    assert page.evaluate("locks.length") == 0
    arm(page)
    held = "() => locks.length > 0 && locks.at(-1).type === 'screen' && !locks.at(-1).released"
    page.wait_for_function(held)
    page.evaluate("locks.at(-1).release()")  # as a browser does when the page is hidden
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_function(held)
    context.close()


def test_while_the_bell_is_down_a_screen_asks_the_floor_says_so_and_still_sounds(service: Service, wall: Page) -> None:
    arm(wall)
    wall.route("**/alarms?ticket=**", lambda route: route.abort())
    wall.reload()
    arm(wall)
    expect(wall.locator("#band-deaf")).to_contain_text("does not hear the bell", timeout=20_000)
    before = len(notes(wall))
    raised = raise_at(service, place=1)
    expect(wall.locator(f"#alarm-{raised}")).to_contain_text("EMERGENCY · place 1")
    wall.wait_for_function("n => window.notes.length >= n", arg=before + 4)
    wall.unroute("**/alarms?ticket=**")
    done(ACTS["room.false_alarm"](service.tap("nurse"), emergency=raised))
    expect(wall.locator(f"#alarm-{raised}")).to_have_count(0)
    expect(wall.locator("#band-deaf")).to_have_count(0, timeout=30_000)


def test_a_wall_that_still_asks_to_be_armed_shows_an_emergency_all_the_same(service: Service, wall: Page) -> None:
    expect(wall.locator("dialog .arm-now")).to_be_visible()
    raised = raise_at(service, place=2)
    expect(wall.locator("#arm")).to_have_count(0)
    expect(wall.locator(f"#alarm-{raised}")).to_be_visible()
