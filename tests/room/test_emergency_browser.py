"""Emergencies in a real browser: one hand, two at once, undo, the end, the debrief, a locked screen, no network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Locator, Page, expect

from fristed.ground.act import NURSE
from fristed.ground.store import DatabaseStore
from fristed.room.acts import emergency as acts
from fristed.room.acts import emergency_end, observation
from fristed.room.models import Emergency, Observation, Step, Visit
from tests.room.served import always_open, late, on_the_board, served, sit
from tests.support.cast import done
from tests.support.service import Service


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def room(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A running service with someone in each of its eight places. Each test takes a place of its own."""
    with served(request, tmp_path_factory.mktemp("emergency"), "emergency_browser", always_open()) as service:
        for place, word in enumerate(("Robin", "Wren", "Kestrel", "Plover", "Merle", "Finch", "Rook", "Lark"), 1):
            sit(service, word, place, minutes_ago=10)
        yield service


@pytest.fixture(autouse=True)
def quiet(room: Service) -> Iterator[None]:
    """No emergency of one test goes on in the next."""
    yield
    for id in Emergency.objects.filter(ended=None).values_list("id", flat=True):
        done(emergency_end.end_emergency(late(room), emergency=id, person_now="place"))


def raise_at(page: Page, place: int) -> None:
    page.locator(f"#place-{place} .raise").click()
    expect(shown(page)).to_be_visible()


def shown(page: Page) -> Locator:
    """The emergency that is open on this screen."""
    return page.locator(".emergency-panel[data-live-open]")


def press(page: Page, kind: str) -> None:
    shown(page).locator(f'[data-kind="{kind}"]').first.click()


def kept(**equals: object) -> Emergency:
    return Emergency.objects.filter(**equals).latest("id")


def test_one_tap_opens_the_emergency_and_each_further_tap_is_a_stamp(room: Service, page: Page) -> None:
    on_the_board(room, page)
    raise_at(page, 1)
    expect(shown(page).locator(".stopwatch")).to_have_text(re.compile(r"00:0\d"))
    for kind in ("stimulate", "airway", "oxygen"):
        press(page, kind)
        expect(shown(page).locator(f'.step[data-kind="{kind}"] .clock')).to_have_text(re.compile(r"00:0\d"))
    shown(page).get_by_role("button", name="800 µg IM").first.click()
    expect(shown(page).locator(".timeline li").first).to_contain_text("Naloxone 800 µg IM")
    expect(shown(page).locator(".timeline li")).to_have_count(4)
    expect(shown(page).locator(".timeline li.ours")).to_have_count(0)
    steps = list(Step.objects.filter(emergency=kept(place=1)).order_by("at").values_list("kind", "micrograms"))
    assert steps == [("stimulate", None), ("airway", None), ("oxygen", None), ("naloxone", 800)]


def test_a_wrong_tap_is_undone_within_ten_seconds_and_stays_struck_through(room: Service, page: Page) -> None:
    on_the_board(room, page)
    raise_at(page, 2)
    press(page, "cpr")
    expect(shown(page).locator(".timeline li:not(.ours)")).to_have_count(1)
    shown(page).locator(".undo").click()
    expect(shown(page).locator(".timeline li.undone s")).to_contain_text("CPR")
    expect(shown(page).locator('.step[data-kind="cpr"] .clock')).to_have_count(0)
    step = Step.objects.get(emergency=kept(place=2))
    assert step.undone is not None


def test_two_emergencies_have_a_clock_each_and_one_tap_between_them(room: Service, page: Page) -> None:
    on_the_board(room, page)
    raise_at(page, 3)
    press(page, "oxygen")
    page.get_by_role("link", name="← Room").first.click()
    page.locator("#help").get_by_role("button", name="toilet").click()
    expect(shown(page).locator(".tabs a")).to_have_count(2)
    expect(shown(page).locator(".tabs a time")).to_have_count(2)
    shown(page).locator(".tabs a").filter(has_text="Place 3").click()
    expect(shown(page).locator(".timeline li")).to_have_count(1)
    press(page, "bag_mask")
    shown(page).locator(".tabs a").filter(has_text="toilet").click()
    expect(shown(page).locator(".timeline li")).to_have_count(0)
    press(page, "stimulate")
    expect(shown(page).locator(".timeline li:not(.ours)")).to_have_count(1)
    assert Step.objects.filter(emergency=kept(spot="toilet")).count() == 1
    assert Step.objects.filter(emergency=kept(place=3)).count() == 2
    expect(shown(page).locator(".strip")).to_contain_text("Wren")


def test_measuring_needs_no_keyboard(room: Service, page: Page) -> None:
    on_the_board(room, page)
    raise_at(page, 4)
    breaths = shown(page).get_by_role("group", name="RR")
    for _ in range(5):
        breaths.get_by_role("button", name="RR: less").click()
    shown(page).locator(".avpu label").filter(has_text="Pain").click()
    shown(page).get_by_role("button", name="Keep").click()
    expect(shown(page).locator(".timeline li:not(.ours)").first).to_contain_text("RR 8 Pain")
    seen = Observation.objects.get(emergency=kept(place=4))
    assert (seen.breaths, seen.avpu, seen.oxygen) == (8, "pain", None)


def test_a_measurement_that_cannot_be_leaves_a_sentence_and_no_line(room: Service, page: Page) -> None:
    on_the_board(room, page)
    raise_at(page, 4)
    shown(page).locator("[name=oxygen]").fill("710")
    shown(page).locator(".measures .keep").click()
    expect(shown(page).locator(".measures")).to_contain_text("SpO₂ cannot be 710: it lies between 0 and 100.")
    expect(shown(page).locator("[data-timeline]")).not_to_contain_text("710")
    expect(shown(page).locator("[name=oxygen]")).to_have_value("710")
    shown(page).locator("[name=oxygen]").fill("71")
    shown(page).locator(".measures .keep").click()
    expect(shown(page).locator("[data-timeline]")).to_contain_text("SpO₂ 71")


def test_an_ambulance_is_called_in_one_tap_and_minutes_count_from_then(room: Service, page: Page) -> None:
    on_the_board(room, page)
    raise_at(page, 5)
    called = shown(page).get_by_role("group", name="Ambulance").get_by_role("button", name="called")
    called.click()
    expect(called.locator(".clock")).to_have_text(re.compile(r"00:\d\d"))


@pytest.mark.parametrize("size", [{"width": 1180, "height": 820}, {"width": 1024, "height": 768}])
def test_no_step_moves_while_someone_measures_taps_without_a_network_or_ends(
    room: Service, browser: Browser, size: Any
) -> None:
    context = browser.new_context(viewport=size)
    page = context.new_page()
    on_the_board(room, page)
    raised = done(acts.raise_emergency(late(room), spot="pavement")).thing
    page.goto(f"{room.url}/board/#emergency-{raised}")
    expect(shown(page)).to_be_visible()
    before = where_steps_stand(page)
    assert all(y + height <= size["height"] for _, y, _, height in before), "every step is seen without scrolling"
    shown(page).get_by_role("group", name="SpO").locator("input").click()
    shown(page).locator(".end summary").click()
    shown(page).locator(".parts summary").click()
    context.set_offline(True)
    shown(page).get_by_role("button", name="Oxygen").click()
    expect(shown(page).locator("[data-answer]:not(:empty)")).to_contain_text("Kept on this tablet")
    assert where_steps_stand(page) == before
    context.set_offline(False)
    expect(shown(page).locator(".timeline li:not(.ours)")).to_have_count(1, timeout=15_000)
    done(emergency_end.false_alarm(late(room), emergency=raised))
    context.close()


def where_steps_stand(page: Page) -> list[tuple[int, int, int, int]]:
    """Each big button's corner and size."""
    boxes = filter(None, (button.bounding_box() for button in shown(page).locator(".step").all()))
    return [(round(b["x"]), round(b["y"]), round(b["width"]), round(b["height"])) for b in boxes]


def test_after_something_was_done_a_false_alarm_takes_two_touches(room: Service, page: Page) -> None:
    on_the_board(room, page)
    raise_at(page, 7)
    expect(shown(page).get_by_role("button", name="False alarm")).to_be_visible()
    shown(page).get_by_role("button", name="Stimulate").click()
    expect(shown(page).get_by_role("button", name="False alarm")).to_be_hidden()
    shown(page).locator(".end summary").click()
    shown(page).get_by_role("button", name="False alarm").click()
    expect(page.locator(".emergency-panel[data-live-open]")).to_have_count(0)


def test_the_end_asks_only_where_the_person_is_now(room: Service, page: Page) -> None:
    on_the_board(room, page)
    raise_at(page, 6)
    shown(page).locator(".end summary").click()
    shown(page).get_by_role("button", name="In recovery").click()
    expect(page.locator(".emergency-panel[data-live-open]")).to_have_count(0)
    expect(page.locator("#recovery")).to_contain_text("Finch")
    expect(page.locator("#place-6")).to_have_attribute("data-state", "cleaning")


def test_a_false_alarm_is_one_tap(room: Service, page: Page) -> None:
    on_the_board(room, page)
    raise_at(page, 7)
    expect(page.locator("#emergencies .emergency-panel[data-live-open]")).to_be_visible()
    shown(page).get_by_role("button", name="False alarm").click()
    expect(page.locator(".emergency-panel[data-live-open]")).to_have_count(0)
    assert kept(place=7).false_alarm is not None


def test_the_debrief_knows_what_was_done_wants_every_dose_and_is_signed_once(room: Service, page: Page) -> None:
    visit = Visit.objects.filter(site=room.site, left=None).first()
    assert visit is not None
    raised = done(acts.raise_emergency(late(room, 9), spot="recovery", visit=visit.id, kind="opioid")).thing
    done(acts.step(late(room, 8), emergency=raised, kind="naloxone"))
    done(emergency_end.end_emergency(late(room, 2), emergency=raised, person_now="place"))
    on_the_board(room, page)
    page.goto(f"{room.url}/emergency/{raised}/debrief/")
    incident = page.locator("#incident")
    expect(incident).to_have_value(re.compile("Emergency: recovery.*Naloxone", re.DOTALL))
    page.locator(".choices label").filter(has_text="Stronger than usual").click()
    page.locator(".choices label").filter(has_text="Recovered here").click()
    page.get_by_label("What we learned (optional)").fill("Invented: the mask was on the wrong shelf.")
    page.get_by_role("button", name="Sign and close").click()
    expect(page.get_by_text("The dose of a naloxone is still missing")).to_be_visible()
    expect(page.get_by_label("What we learned (optional)")).to_have_value("Invented: the mask was on the wrong shelf.")
    page.get_by_label("Dose in µg").fill("800")
    page.get_by_role("button", name="Fill in").click()
    expect(page.locator("main dl.facts")).to_contain_text("800 µg")
    page.locator(".choices label").filter(has_text="Recovered here").click()
    page.get_by_role("button", name="Sign and close").click()
    expect(page.locator("main")).to_contain_text("✓ Signed")
    record = Emergency.objects.get(id=raised)
    assert record.debriefed_by == room.cast.workers["nurse"]


def test_the_ambulance_handover_is_there_without_anyone_writing_it(room: Service, page: Page) -> None:
    raised = done(acts.raise_emergency(late(room, 9), place=8, kind="opioid")).thing
    done(acts.step(late(room, 8), emergency=raised, kind="oxygen", litres=10))
    for micrograms in (400, 800):
        done(acts.step(late(room, 7), emergency=raised, kind="naloxone", route="IM", micrograms=micrograms))
    done(observation.observe(late(room, 6), emergency=raised, breaths=4, oxygen=78, avpu="unresponsive"))
    done(observation.observe(late(room, 3), emergency=raised, breaths=10, oxygen=95, avpu="voice"))
    on_the_board(room, page)
    page.goto(f"{room.url}/emergency/{raised}/handover/")
    text = page.locator(".handover").inner_text()
    for said in ("RR 4", "SpO₂ 78 %", "Unresponsive", "10 l/min", "400 µg IM", "800 µg IM", "together 1.2 mg", "RR 10"):
        assert said in text, said
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    expect(page.locator(".handover h1")).to_be_visible()


def test_an_emergency_is_raised_and_tapped_from_a_locked_screen_with_every_session_deleted(
    room: Service, page: Page
) -> None:
    on_the_board(room, page, role="nurse")
    Session.objects.all().delete()
    page.context.clear_cookies(name="sessionid")
    page.goto(f"{room.url}/board/")
    expect(page.locator("#place-1")).to_be_visible()
    page.wait_for_timeout(700)
    later = page.locator("#arm").get_by_role("button", name="Not now")
    if later.is_visible():
        later.click()
    assert "Robin" not in page.locator("#board").inner_text()
    raise_at(page, 1)
    press(page, "bag_mask")
    expect(shown(page).locator(".timeline li:not(.ours)")).to_have_count(1)
    found = kept(place=1)
    step = Step.objects.filter(emergency=found).latest("id")
    assert (step.kind, step.worker, step.signed_by, step.device) == ("bag_mask", None, None, room.cast.device)
    assert "Robin" not in shown(page).inner_text()


def test_without_a_network_the_emergency_opens_at_once_and_says_that_others_do_not_know(
    room: Service, page: Page
) -> None:
    on_the_board(room, page)
    page.context.set_offline(True)
    page.locator("#place-2 .raise").click()
    expect(shown(page).locator(".stopwatch")).to_have_text(re.compile(r"00:0\d"))
    expect(shown(page).locator("[data-not-alarmed]")).to_be_visible()
    press(page, "stimulate")
    expect(shown(page).locator(".timeline li")).to_have_count(1)
    page.context.set_offline(False)
    expect(page.locator("#emergencies .emergency-panel[data-live-open] .timeline li")).to_have_count(1, timeout=20_000)
    assert Step.objects.filter(emergency=kept(place=2), kind="stimulate").exists()


def test_that_a_tap_is_kept_here_is_said_until_it_is_sent_and_no_longer(room: Service, page: Page) -> None:
    on_the_board(room, page)
    raise_at(page, 6)
    expect(shown(page).locator(".timeline li")).to_have_count(0)
    page.route("**/taps", lambda route: route.abort())
    press(page, "oxygen")
    answer = shown(page).locator("[data-answers] > [data-answer]").first
    expect(answer).to_contain_text("Kept on this tablet")
    done(acts.step(late(room), emergency=kept(place=6).id, kind="airway"))  # the page is made anew meanwhile
    expect(shown(page).locator(".timeline li:not(.ours)")).to_have_count(1)
    page.unroute("**/taps")
    expect(shown(page).locator(".timeline li:not(.ours)")).to_have_count(2, timeout=20_000)
    expect(answer).to_be_empty()


def test_another_hand_acknowledges_by_name(room: Service, page: Page) -> None:
    raised = done(acts.raise_emergency(room.tap(NURSE), spot="pavement")).thing
    on_the_board(room, page, role="room_worker")
    page.locator(f"#alarm-{raised}").get_by_role("button", name="I am coming").click()
    expect(page.locator(f"#emergency-{raised} .coming")).to_contain_text("Bo")
    assert DatabaseStore().find("room_step", emergency_id=raised, kind="acknowledged")
