"""Care on a real screen: one tap, a stepper, a keyboard, a locked tablet, two people and one bag."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from fristed.journal.models import Entry
from fristed.room.models import Found, Supply
from tests.support.service import Service

KIT = "Naloxone kit"


def test_one_tap_gives_one_and_a_wrong_tap_is_taken_back(service: Service, page: Page) -> None:
    service.tap_in(page, "reception")
    page.goto(f"{service.url}/care/")
    card = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Needles", exact=True))
    card.get_by_role("button", name="Out").click()
    latest = page.get_by_text("1 × Needles, out")
    expect(latest).to_be_visible()
    for name in ("More: Needles", "10 more: Needles"):
        card.get_by_role("button", name=name, exact=True).click()
    page.get_by_label("For others too").check()
    page.wait_for_timeout(700)  # as a person: two touches of one spot within a breath are one press
    card.get_by_role("button", name="Out").click()
    expect(page.get_by_text("12 × Needles, out, for others too")).to_be_visible()
    expect(card.get_by_role("spinbutton")).to_have_value("1")
    page.get_by_role("button", name="Wrong tap 12 × Needles").click()
    expect(page.get_by_text("wrong tap, not counted")).to_be_visible()
    kept = Supply.objects.order_by("id").values_list("count", "for_others", "undone")
    assert [(count, others, undone is None) for count, others, undone in kept] == [(1, "no", True), (12, "yes", False)]


def test_naloxone_is_given_and_kept_from_a_locked_tablet(service: Service, page: Page) -> None:
    service.enrol(page.context)
    page.goto(f"{service.url}/care/")
    card = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=KIT, exact=True))
    card.get_by_role("button", name="Out").click()
    expect(page.get_by_text(f"1 × {KIT}, out")).to_be_visible()
    entry = Entry.objects.get(act="room.give")
    assert '"role":"device"' in entry.text
    assert '"worker"' not in entry.text.split('"rows"')[0]


def test_a_number_is_typed_and_given_by_keyboard_alone(service: Service, page: Page) -> None:
    service.tap_in(page, "nurse")
    page.goto(f"{service.url}/care/")
    page.get_by_role("spinbutton", name="Cookers").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("7")
    for _ in range(3):  # past the two steps, to "Out"
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("7 × Cookers, out")).to_be_visible()


def test_a_bag_is_sealed_by_one_and_seen_by_another_on_the_same_tablet(service: Service, page: Page) -> None:
    service.tap_in(page, "nurse")
    page.goto(f"{service.url}/care/found/")
    page.get_by_label("Bag number").fill("0042")
    page.get_by_label("What it looks like").fill("a white wrap")
    page.get_by_role("button", name="Sealed and put away").click()
    expect(page.get_by_text("A second person has not seen it yet")).to_be_visible()
    expect(page.get_by_label("Bag number")).to_have_value("")
    service.tap_in(page, "room_worker")
    page.goto(f"{service.url}/care/found/")
    page.get_by_role("button", name="I am Bo and saw it sealed").click()
    expect(page.get_by_text("Seen by Bo.")).to_be_visible()
    bag = Found.objects.get()
    assert (bag.worker, bag.second_worker) == (service.cast.workers["nurse"], service.cast.workers["room_worker"])


def test_what_was_typed_stays_when_the_service_objects(service: Service, page: Page) -> None:
    service.tap_in(page, "nurse")
    page.goto(f"{service.url}/street/")
    page.get_by_text("Needles found").click()
    form = page.locator("form[data-act='neighbourhood.find_needles']")
    form.get_by_label("Where").fill("car park")
    form.get_by_role("spinbutton", name="Needles").evaluate("(field) => { field.max = ''; field.value = '20000'; }")
    form.get_by_role("button", name="Note it").click()
    expect(form.get_by_text("This says 20000. Say how many, from 0 to 10000.")).to_be_visible()
    expect(form.get_by_label("Where")).to_have_value("car park")
    form.get_by_role("spinbutton", name="Needles").fill("20")
    form.get_by_role("button", name="Note it").click()
    expect(page.get_by_text("Needles: 20 · car park")).to_be_visible()
