"""Every page of notes: nothing that axe objects to, in light, dark and forced colours, at the size of a phone."""

from __future__ import annotations

from playwright.sync_api import Page

from fristed.ground.act import NURSE
from fristed.neighbourhood import acts as street
from fristed.room.acts import care, door, places
from tests.room.at_the_door import open_the_door
from tests.support.cast import done
from tests.support.looks import objections
from tests.support.service import Service

PAGES = (
    "/care/",
    "/care/services/",
    "/care/incidents/",
    "/care/found/",
    "/care/samples/",
    "/street/",
    "/day/",
    "/day/people/",
    "/handover/",
)


def some_notes(service: Service) -> str:
    open_the_door(service.cast)
    visit = done(door.check_in(service.tap(NURSE), client=None, purpose="service", call_word="Robin")).thing
    gone = done(door.check_in(service.tap(NURSE), client=None, purpose="service", call_word="Finch")).thing
    done(places.keep_watch(service.tap(NURSE), visit=gone, why="after_naloxone"))
    done(places.leave_house(service.tap(NURSE), visit=gone, how="unseen"))
    done(care.give(service.tap(NURSE), item="needle", count=3))
    done(care.offer_referral(service.tap(NURSE), to="housing", visit=visit))
    done(care.report_incident(service.tap(NURSE), kind="threat", text="Shouted."))
    done(care.log_found(service.tap(NURSE), spot="toilet", bag="0042"))
    done(street.find_needles(service.tap(NURSE), spot="car park", count=3))
    return visit


def test_axe_finds_nothing_and_nothing_is_cut_off(service: Service, page: Page) -> None:
    visit = some_notes(service)
    page.set_viewport_size({"width": 390, "height": 844})
    service.tap_in(page, "nurse")
    for path in (*PAGES, f"/visits/{visit}/times/"):
        page.goto(service.url + path)
        page.evaluate("document.querySelectorAll('main details').forEach((part) => { part.open = true; })")
        assert objections(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} is wider than a phone"
