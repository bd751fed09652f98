"""The front door in a real browser: presses counted, by keyboard alone, bad input, zoom, accessibility."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from fristed.ground.act import NURSE, RECEPTION
from fristed.ground.models import DestroyedKey, Hold
from fristed.journal.entry import parse
from fristed.journal.models import Entry
from fristed.people import acts as people
from fristed.people.models import Client
from fristed.room.acts import door
from fristed.room.models import Consumption, Visit
from tests.room.at_the_door import known, open_file, open_the_door, returning
from tests.room.served import a_database
from tests.support.cast import done
from tests.support.looks import objections
from tests.support.presses import begin_counting, listen, presses
from tests.support.service import PASSWORD, Service, make_cast, start


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def open_door(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A running service whose door is open now, on both databases. All tests here share it: each brings its people."""
    folder = tmp_path_factory.mktemp("door")
    with a_database(request, folder, "door"):
        cast = make_cast(open_file())
        open_the_door(cast)
        service = start(folder, cast, request.param)
        yield service
        assert service.end() == 0


def at_the_field(service: Service, page: Page) -> None:
    """A receptionist's tablet on the front door's page, every press counted."""
    listen(page)
    service.tap_in(page, "reception")
    page.goto(f"{service.url}/door/")
    expect(page.locator("#asked")).to_be_focused()


def matched(page: Page, alias: str) -> None:
    """Types an alias until the match is there, and begins to count."""
    page.keyboard.type(alias)
    expect(page.locator("a.match").first).to_be_visible()
    begin_counting(page)


def test_a_returning_person_is_checked_in_with_two_keys_after_the_match(open_door: Service, page: Page) -> None:
    client = returning(open_door.cast, "Robin")
    at_the_field(open_door, page)
    matched(page, "robin")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Join the queue")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/door/#visit-*")
    assert presses(page) == 2
    visit = Visit.objects.get(client=client, left=None)
    assert (visit.outcome, visit.route) == ("waiting", "inject")
    assert not Consumption.objects.filter(visit=visit).exists(), "nothing was declared, so nothing is filled in"
    expect(page.locator("#asked")).to_be_focused()


def test_a_returning_person_is_checked_in_and_declared_with_four_taps(open_door: Service, page: Page) -> None:
    client = returning(open_door.cast, "Siskin")
    at_the_field(open_door, page)
    matched(page, "siskin")
    page.locator("a.match").click()
    page.get_by_role("button", name="heroin · inject").click()
    page.get_by_role("button", name="No to both").click()
    page.get_by_role("button", name="Join the queue").click()
    page.wait_for_url("**/door/#visit-*")
    assert presses(page) == 4
    said = Consumption.objects.get(visit__client=client, visit__left=None)
    assert (said.substances, said.route) == ("heroin", "inject")
    assert (said.depressants, said.tolerance) == ("no", "no")
    assert (said.last_use, said.assisted) == ("not_asked", "not_asked")


def test_nothing_that_is_asked_for_safety_is_filled_in_beforehand(open_door: Service, page: Page) -> None:
    client = returning(open_door.cast, "Dipper")
    at_the_field(open_door, page)
    page.goto(f"{open_door.url}/door/person/{client}/")
    for name in ("depressants", "tolerance", "assisted", "product_seen", "rules_told"):
        assert page.locator(f"[name={name}]").count() == 3
        assert page.locator(f"[name={name}]:checked").count() == 0, name
    assert page.locator("[name=last_use]").input_value() == ""
    assert page.locator("[name=substances]:checked").count() == 0


def test_a_card_is_scanned_as_quick_typing_and_enter(open_door: Service, page: Page) -> None:
    client = returning(open_door.cast, "Ouzel")
    done(people.add_code(open_door.tap(RECEPTION), client=client, code="KL-2025-0042", kind="card"))
    known(open_door.cast, "KL-2025-00421")
    at_the_field(open_door, page)
    page.keyboard.type("KL-2025-0042")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/door/person/{client}/")


def test_two_people_with_one_code_are_told_apart_by_keyboard(open_door: Service, page: Page) -> None:
    known(open_door.cast, "Plover", born="1985")
    second = known(open_door.cast, "Plover", born="1992")
    at_the_field(open_door, page)
    matched(page, "plover")
    expect(page.locator("a.match")).to_have_count(2)
    page.keyboard.press("Enter")
    assert "/door/person/" not in page.url, "nobody is chosen for the worker"
    page.locator("a.match", has_text="1992").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/door/person/{second}/")


def test_an_unknown_alias_says_what_to_do_and_is_kept_for_the_first_visit(open_door: Service, page: Page) -> None:
    at_the_field(open_door, page)
    page.keyboard.type("Nightjar")
    help = page.locator("#matches .problem")
    expect(help).to_contain_text("Nobody is known here by “Nightjar”")
    expect(help).to_contain_text("first letters")
    expect(page.locator("#asked")).to_have_value("Nightjar")
    help.get_by_role("link", name="First visit: register").click()
    expect(page.get_by_label("Alias they choose")).to_have_value("Nightjar")
    assert "ightjar" not in page.url
    page.get_by_role("button", name="Register").click()
    page.wait_for_url("**/door/person/*/")
    expect(page.get_by_role("heading", name="Nightjar")).to_be_visible()


def test_an_excluded_person_s_panel_says_what_until_when_who_may_override_and_words_for_them(
    open_door: Service, page: Page
) -> None:
    client = known(open_door.cast, "Wren")
    excluded = people.exclude(open_door.tap(NURSE), client=client, reason="dealing", number=7, unit="days")
    done(excluded)
    at_the_field(open_door, page)
    page.goto(f"{open_door.url}/door/person/{client}/")
    panel = page.locator(".door-refused")
    expect(panel).to_contain_text("excluded from using a place for now")
    expect(panel).to_contain_text("nurse, manager")
    expect(panel.locator(".for-them")).to_contain_text("You can say that you do not agree")
    panel.get_by_text("naloxone to take along").click()
    panel.get_by_role("button", name="Record: not given a place").click()
    page.wait_for_url("**/door/")
    visit = Visit.objects.get(client=client)
    assert (visit.outcome, visit.refused_by, visit.offered) == ("refused", "excluded", "naloxone")


def test_the_lead_lets_an_excluded_person_in_with_a_reason(open_door: Service, page: Page) -> None:
    client = known(open_door.cast, "Merlin")
    done(people.exclude(open_door.tap(NURSE), client=client, reason="dealing", number=7, unit="days"))
    open_door.tap_in(page, "nurse")
    page.goto(f"{open_door.url}/door/person/{client}/")
    page.get_by_text("Let in all the same").click()
    page.get_by_text("inject", exact=True).click()
    page.get_by_role("button", name="Join the queue").click()
    page.get_by_label("Why").fill("agreed with the person")
    page.get_by_role("button", name="Do it anyway").click()
    page.wait_for_url("**/door/#visit-*")
    assert Visit.objects.get(client=client).outcome == "waiting"


def test_ten_megabytes_in_a_note_are_refused_in_a_sentence_and_stay_typed(open_door: Service, page: Page) -> None:
    client = known(open_door.cast, "Curlew")
    at_the_field(open_door, page)
    page.goto(f"{open_door.url}/door/person/{client}/")
    page.get_by_text("inject", exact=True).click()
    page.get_by_text("Call word and note").click()
    page.evaluate("document.querySelector('[name=note]').value = 'long '.repeat(2_000_000)")
    page.get_by_role("button", name="Join the queue").click()
    expect(page.locator(".door-join [data-answer]")).to_contain_text("Shorten it")
    assert page.evaluate("document.querySelector('[name=note]').value.length") == 10_000_000
    assert not Visit.objects.filter(client=client).exists()


def test_someone_without_a_code_and_someone_for_another_service_come_in(open_door: Service, page: Page) -> None:
    at_the_field(open_door, page)
    before = int(page.locator(".door-count strong").first.inner_text())
    page.get_by_role("link", name="Without a code").click()
    page.get_by_text("inject", exact=True).click()
    page.get_by_role("button", name="Join the queue").click()
    page.wait_for_url("**/door/#visit-*")
    page.get_by_role("link", name="Without a code").click()
    page.get_by_role("button", name="Another service only").click()
    page.wait_for_url("**/door/visit/*/")
    last = Visit.objects.filter(client=None).order_by("-id").values_list("outcome", flat=True)
    assert list(last[:2]) == ["service", "waiting"]
    page.goto(f"{open_door.url}/door/")
    expect(page.locator(".door-count strong").first).to_have_text(str(before + 2))


def test_who_assists_is_found_by_their_code(open_door: Service, page: Page) -> None:
    client, helper = known(open_door.cast, "Fulmar"), known(open_door.cast, "Gannet")
    at_the_field(open_door, page)
    page.goto(f"{open_door.url}/door/person/{client}/")
    page.get_by_text("smoke", exact=True).click()
    page.get_by_text("cocaine powder").click()
    page.get_by_text("Last use, assistance, product, house rules").click()
    page.locator("[data-risk=assisted]").get_by_text("yes").click()
    page.get_by_label("By whom?").fill("gannet")
    page.locator("[data-helper] a.match").click()
    expect(page.get_by_label("By whom?")).to_have_value("Gannet")
    page.get_by_role("button", name="Join the queue").click()
    page.wait_for_url("**/door/#visit-*")
    said = Consumption.objects.get(visit__client=client)
    assert (said.assisted, said.helper, said.substances) == ("yes", helper, "cocaine")


def test_two_records_of_one_person_are_put_together_on_their_page(open_door: Service, page: Page) -> None:
    client, other = known(open_door.cast, "Turnstone"), known(open_door.cast, "Sanderling")
    at_the_field(open_door, page)
    page.goto(f"{open_door.url}/people/{client}/")
    page.get_by_text("The same person by another code").click()
    page.get_by_label("Their other alias or card").fill("sander")
    page.get_by_role("button", name="This is the same person").click()
    expect(page.get_by_role("button", name="They are two people after all")).to_be_visible()
    page.goto(f"{open_door.url}/door/")
    matched(page, "sanderling")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/door/person/{client}/")
    assert Client.objects.get(id=other).merged_into_id == client


def test_the_call_screen_shows_call_words_and_nothing_else(open_door: Service, page: Page) -> None:
    client = returning(open_door.cast, "Avocet", call_word="Blackbird")
    arrived = door.arrive(open_door.tap(RECEPTION), client=client, route="inject", substances=("heroin",))
    visit = done(arrived).thing
    open_door.enrol(page.context)
    page.goto(f"{open_door.url}/call/")
    expect(page.locator("#called")).not_to_contain_text("Blackbird")
    done(door.call(open_door.tap(RECEPTION), visit=visit))
    expect(page.locator("#called")).to_contain_text("Blackbird", timeout=10_000)
    shown = page.locator("body").inner_text()
    assert "Avocet" not in shown
    assert "heroin" not in shown


def test_no_address_holds_a_code_and_no_log_either(open_door: Service, page: Page) -> None:
    returning(open_door.cast, "Hoopoe")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    at_the_field(open_door, page)
    matched(page, "hoopoe")
    page.keyboard.press("Enter")
    page.wait_for_url("**/door/person/*/")
    assert asked
    assert not [url for url in asked if "hoopoe" in url.lower()]
    assert "hoopoe" not in open_door.said().lower()


def pages_of(service: Service) -> list[str]:
    """Every page of the door and of people's records, with someone on them."""
    cast = service.cast
    robin, wren = returning(cast, "Robin", call_word="Blackbird", born="1985"), known(cast, "Wren")
    done(people.start_alert(cast.tap(NURSE), client=robin, kind="allergy", note="latex"))
    done(people.exclude(cast.tap(NURSE), client=wren, reason="dealing", number=7, unit="days"))
    done(people.keep_identity(cast.tap(NURSE), client=wren, kind="name", text="An invented name"))
    done(people.merge(cast.tap(NURSE), client=robin, other=known(cast, "Lark")))
    visit = done(door.arrive(cast.tap(RECEPTION), client=robin, route="inject", substances=("heroin",))).thing
    done(door.call(cast.tap(RECEPTION), visit=visit))
    done(people.open_identity(cast.tap(NURSE), client=wren, why="shown in a test"))
    return [
        "/door/",
        f"/door/person/{robin}/",
        f"/door/person/{wren}/",
        "/door/someone/",
        f"/door/visit/{visit}/",
        f"/door/record/{robin}/",
        "/call/",
        "/people/first/",
        f"/people/{robin}/",
        f"/people/{wren}/",
        f"/people/{wren}/identity/",
    ]


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((part) => (part.open = true))")


def test_axe_finds_nothing_on_any_page(open_door: Service, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1180, "height": 820})
    page = context.new_page()
    open_door.tap_in(page, "nurse")
    for path in pages_of(open_door):
        page.goto(open_door.url + path)
        unfold(page)
        assert objections(page) == [], path
    context.close()


def test_at_four_hundred_percent_nothing_runs_off_the_side(open_door: Service, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 256})
    page = context.new_page()
    open_door.tap_in(page, "nurse")
    for path in pages_of(open_door):
        page.goto(open_door.url + path)
        unfold(page)
        wide = page.evaluate("document.scrollingElement.scrollWidth")
        assert wide <= 320, path
    context.close()


def test_a_manager_holds_a_record_releases_it_and_forgets_the_person(open_door: Service, page: Page) -> None:
    wren = known(open_door.cast, "Wheatear")
    page.goto(f"{open_door.url}/sign-in/?next=/people/{wren}/")
    page.get_by_label("Username").fill("manager")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="Forget this person").click()
    page.get_by_label("Who ordered it").fill("an invented court")
    page.get_by_role("button", name="Hold it").click()
    expect(page.get_by_text("it cannot be forgotten")).to_be_visible()
    assert (hold := Hold.objects.get(subject=wren)).released is None
    assert parse(Entry.objects.get(key=hold.id).text).reason not in ("", "an invented court"), "kept, and sealed"
    page.get_by_role("button", name="The hold is over").click()
    page.get_by_label("They asked for it").check()
    page.get_by_role("button", name="Forget for good").click()
    assert not DestroyedKey.objects.filter(id=wren).exists(), "asked twice: the second question is not answered yet"
    page.get_by_label("I know that nobody can undo it").check()
    page.get_by_role("button", name="Forget for good").click()
    page.wait_for_url(f"**/people/{wren}/")
    expect(page.get_by_text("Wheatear")).to_have_count(0)
    expect(page.get_by_text("nothing is left to read")).to_be_visible()
    expect(page.get_by_role("heading", name="Codes")).to_have_count(0)
    assert DestroyedKey.objects.get(id=wren).why == "asked"
