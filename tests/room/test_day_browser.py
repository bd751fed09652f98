"""Opening, closing, times set right and the list for the gate, on a real screen."""

from __future__ import annotations

from dataclasses import replace

from playwright.sync_api import Page, expect

from fristed.ground.act import MANAGER, NURSE, Tap
from fristed.ground.moments import MINUTE, local
from fristed.room.acts import door, places
from fristed.room.models import Correction, DayRecord, Stay
from tests.room.at_the_door import open_the_door
from tests.support.cast import done
from tests.support.service import Service


def seated(service: Service) -> str:
    """Someone who came ten minutes ago and took a place five minutes later."""
    open_the_door(service.cast)
    visit = done(door.check_in(ago(service, 10), client=None, purpose="service", call_word="Robin")).thing
    done(door.declare(ago(service, 9), visit=visit, substances=("heroin",), route="inject"))
    done(places.seat(ago(service, 5), visit=visit, place=1))
    return visit


def ago(service: Service, minutes: int) -> Tap:
    tap = service.tap(NURSE)
    return replace(tap, happened=tap.happened - minutes * MINUTE)


def test_a_day_is_checked_opened_by_the_lead_and_closed(service: Service, page: Page) -> None:
    done(places.lay_out(service.tap(MANAGER)))
    service.tap_in(page, "nurse")
    page.goto(f"{service.url}/day/")
    for item in ("Oxygen", "AED", "Bag-mask"):
        page.get_by_role("button", name=f"There {item}").click()
        expect(page.locator("li.check.present").filter(has_text=item)).to_be_visible()
    page.get_by_label("Earliest date on the boxes").fill("2020-01-31")
    page.get_by_role("button", name="There Naloxone").click()
    expect(page.get_by_text("expired, counts as missing")).to_be_visible()
    page.get_by_role("button", name="Open the room").click()
    expect(page.get_by_text("The opening check does not hold: 1 of 4 items")).to_be_visible()
    page.get_by_label("Why").fill("a new box is on its way")
    page.get_by_role("button", name="Do it anyway").click()
    expect(page.get_by_text("Opened by the lead although something was missing")).to_be_visible()
    page.get_by_role("button", name="Close the day").click()
    expect(page.get_by_text("Closed since")).to_be_visible()
    record = DayRecord.objects.get()
    assert None not in (record.opened, record.overridden, record.closed)


def test_a_time_is_set_right_and_an_impossible_one_gets_a_sentence(service: Service, page: Page) -> None:
    visit = seated(service)
    service.tap_in(page, "nurse")
    page.goto(f"{service.url}/visits/{visit}/times/")
    card = page.get_by_role("listitem").filter(has_text="Took place")
    card.get_by_text("Set right").first.click()
    card.get_by_role("button", name="5 min earlier").click()
    expect(card.get_by_text("That is before the person came")).to_be_visible()
    assert not Correction.objects.exists()
    stay = Stay.objects.get()
    card.get_by_label("The clock said").fill(f"{local(stay.seated + MINUTE, service.cast.file.zone):%H:%M:%S}")
    card.get_by_label("Why").fill("another tablet was slow")
    card.get_by_role("button", name="Set right", exact=True).click()
    expect(page.get_by_text("another tablet was slow")).to_be_visible()
    assert Correction.objects.get().entry == stay.id


def test_the_list_for_the_gate_is_one_tap_from_a_locked_screen_and_prints(service: Service, page: Page) -> None:
    seated(service)
    service.enrol(page.context)
    page.goto(f"{service.url}/care/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Who is in").click()
    expect(page.get_by_role("heading", name="1 person in the house")).to_be_visible()
    expect(page.get_by_text("Robin")).to_have_count(0)
    page.evaluate("window.printed = 0; window.print = () => { window.printed += 1; }; null")
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed") == 1
