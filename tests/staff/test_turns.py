"""Turns on a shared tablet: name and PIN, handed over, stepped away from, ended by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page, expect

from fristed.ground.act import DEVICE, Role
from fristed.ground.moments import HOUR, MINUTE, SECOND, Moment, clock_of, now
from fristed.journal.models import Entry
from fristed.people.acts import register
from fristed.staff import pins, presence
from fristed.staff.acts import change_role, end_post, retire_device
from fristed.staff.devices import COOKIE
from fristed.staff.models import Account, Device, Pin
from fristed.staff.who import Who
from tests.support.cast import done
from tests.support.presses import begin_counting, listen, presses
from tests.support.service import NAMES, PASSWORD, PIN, Cast, Service, make_cast, signed_in
from tests.support.tapping import tap


def stopped_at(moment: Moment) -> AbstractContextManager[None]:
    """Inside, it is this moment."""
    return clock_of(lambda: moment)


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    presence.forget()
    yield make_cast()
    presence.forget()


def tablet(cast: Cast, role: Role | None = None) -> Client:
    client = Client()
    client.cookies[COOKIE] = cast.token
    if role is not None:
        assert give_pin(client, cast, role).status_code == 302
    return client


def give_pin(client: Client, cast: Cast, role: Role, pin: str = PIN) -> Any:
    return client.post("/turn/", {"worker": cast.workers[role], "pin": pin, "next": "/shift/"})


def who_is_at(client: Client) -> Who | None:
    who: Who | None = client.get("/turn/").wsgi_request.who  # type: ignore[attr-defined]  # set by staff's middleware
    return who


def acts() -> list[str]:
    return list(Entry.objects.filter(act__contains="turn").order_by("seq").values_list("act", flat=True))


def test_an_enrolled_tablet_alone_is_a_device_of_its_site(cast: Cast) -> None:
    assert who_is_at(tablet(cast)) == Who(cast.site, DEVICE, device=cast.device, name="Tablet 1")


def test_a_browser_that_was_never_enrolled_is_nobody(cast: Cast) -> None:
    client = Client()
    client.cookies[COOKIE] = "a guess"
    assert client.get("/shift/").headers["Location"].startswith("/sign-in/")


def test_after_name_and_pin_the_tablet_is_that_worker(cast: Cast) -> None:
    client = tablet(cast, "nurse")
    assert who_is_at(client) == Who(cast.site, "nurse", cast.workers["nurse"], cast.device, "Cem")
    assert client.get("/shift/").status_code == 200
    assert acts() == ["staff.begin_turn"]


def test_the_next_worker_takes_over_without_a_sign_out(cast: Cast) -> None:
    client = tablet(cast, "nurse")
    give_pin(client, cast, "reception")
    who = who_is_at(client)
    assert who is not None and who.worker == cast.workers["reception"]
    assert acts() == ["staff.begin_turn", "staff.end_turn", "staff.begin_turn"]


@pytest.mark.parametrize("asked", ["/clock", "/taps"])
def test_what_was_under_way_while_the_tablet_changed_hands_does_not_take_the_next_turn_away(
    cast: Cast, asked: str
) -> None:
    client = tablet(cast, "nurse")
    late = tablet(cast)
    late.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    give_pin(client, cast, "reception")
    answer = late.get(asked) if asked == "/clock" else late.post(asked, "{}", content_type="application/json")
    assert settings.SESSION_COOKIE_NAME not in answer.cookies
    ended = client.post("/turn/lock/")
    assert ended.cookies[settings.SESSION_COOKIE_NAME].value == "", "whoever steps away leaves nothing"


def test_stepping_away_ends_the_turn_at_once_and_leaves_the_device(cast: Cast) -> None:
    client = tablet(cast, "nurse")
    assert client.get("/shift/").status_code == 200
    assert client.post("/turn/lock/").status_code == 302
    assert client.get("/shift/").status_code == 302
    who = who_is_at(client)
    assert who is not None and who.role == DEVICE
    assert acts() == ["staff.begin_turn", "staff.end_turn"]


def test_a_turn_ends_when_nobody_touches_the_tablet_though_the_board_keeps_asking(cast: Cast) -> None:
    client, start = tablet(cast, "nurse"), now()
    for minutes, still in ((9, True), (11, False)):
        presence.forget()
        with stopped_at(start + minutes * MINUTE):
            assert (client.get("/shift/").status_code == 200) is still


def test_work_keeps_a_turn_but_not_beyond_its_length(cast: Cast) -> None:
    client, start = tablet(cast, "nurse"), now()
    for minutes in range(5, 240, 5):
        presence.forget()
        with stopped_at(start + minutes * MINUTE):
            assert client.get("/shift/", headers={"Sec-Fetch-Mode": "navigate"}).status_code == 200, minutes
    presence.forget()
    with clock_of(lambda: start + 4 * HOUR):
        assert client.get("/shift/").status_code == 302


def test_a_board_that_asks_again_at_once_costs_no_query(cast: Cast) -> None:
    client = tablet(cast, "nurse")
    client.get("/language/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/language/")
    assert len(asked) == 0


@pytest.mark.parametrize("who", ["manager", "administrator"])
def test_a_retired_device_is_nobody_from_the_next_request(cast: Cast, who: Role) -> None:
    client = tablet(cast, "nurse")
    assert client.get("/shift/").status_code == 200
    office = signed_in(cast, who)
    sent = {"now": 0, "taps": [tap("staff.retire_device", args={"device": cast.device})]}
    answer = office.post("/taps", sent, content_type="application/json", headers={"Fristed-Tap": "1"})
    assert answer.json()["answers"][0]["ok"], answer.json()
    assert client.get("/shift/").status_code == 302
    assert Device.objects.get(id=cast.device).retired is not None


def test_someone_whose_post_ended_has_no_turn_any_more(cast: Cast) -> None:
    client = tablet(cast, "nurse")
    done(end_post(cast.tap("manager"), worker=cast.workers["nurse"]))
    presence.forget()
    assert client.get("/shift/").status_code == 302
    assert give_pin(client, cast, "nurse").status_code == 422


def test_a_turn_does_not_move_to_another_device(cast: Cast) -> None:
    client = tablet(cast, "nurse")
    done(retire_device(cast.tap("manager"), device=cast.device))
    presence.forget()
    assert client.get("/shift/").status_code == 302


@pytest.mark.parametrize("pin", ["161803", PIN])
def test_a_new_pin_ends_the_turns_that_began_with_the_old_one(cast: Cast, pin: str) -> None:
    client = tablet(cast, "nurse")
    office = signed_in(cast, "nurse")
    assert office.post("/account/pin/", {"pin": pin, "pin_again": pin}).status_code == 302
    assert client.get("/shift/").status_code == 302


def test_a_turn_ends_when_its_worker_has_no_post_on_the_floor_any_more(cast: Cast) -> None:
    client = tablet(cast, "nurse")
    done(change_role(cast.tap("manager"), worker=cast.workers["nurse"], role="auditor"))
    presence.forget()
    assert client.get("/journal/").status_code == 302


def test_a_full_sign_in_on_a_shared_tablet_ends_the_turn_there_and_lasts_as_long_as_one(cast: Cast) -> None:
    client = tablet(cast, "nurse")
    Authenticator.objects.create(user_id=cast.accounts["manager"], type=Authenticator.Type.TOTP, data={})
    client.force_login(Account.objects.get(pk=cast.accounts["manager"]))
    start = now()
    who = who_is_at(client)
    assert who == Who(cast.site, "manager", cast.workers["manager"], cast.device, "Dagny", signed_in=True)
    for minutes, still in ((9, True), (11, False)):
        presence.forget()
        with stopped_at(start + minutes * MINUTE):
            assert (client.get("/shift/").status_code == 200) is still


def test_signing_in_fully_in_a_turn_is_kept_as_its_end(cast: Cast) -> None:
    client = tablet(cast, "nurse")
    assert client.post("/sign-in/", {"login": "manager", "password": PASSWORD}).status_code == 302
    assert acts() == ["staff.begin_turn", "staff.end_turn"]


def test_many_wrong_pins_at_once_are_no_more_than_many_after_each_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each try meets another between being read and being looked at, as sixteen at once do."""
    looked: list[str] = []
    nurse = cast.workers["nurse"]

    def slow(hash: str, pin: str) -> bool:
        looked.append(pin)
        if len(looked) < 16:
            pins.attempt(nurse, f"3141{len(looked):02d}", now())
        return False

    monkeypatch.setattr(pins, "_matches", slow)
    pins.attempt(nurse, "314100", now())
    assert len(looked) == settings.SERVICE.pin_attempts
    assert Pin.objects.get(worker=nurse).failures == settings.SERVICE.pin_attempts


def test_a_try_that_was_read_before_another_was_counted_is_read_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    nurse = cast.workers["nurse"]
    old = Pin.objects.get(worker=nurse)
    assert not pins.attempt(nurse, "314159", now()).right
    assert pins._count(old, now()) is None
    assert Pin.objects.get(worker=nurse).failures == 1


def test_wrong_pins_rest_the_pin_and_the_right_one_is_then_not_looked_at(cast: Cast) -> None:
    client, start = tablet(cast), now()
    for _ in range(5):
        answer = give_pin(client, cast, "nurse", "314159")
    assert "Emergencies need no PIN." in answer.content.decode()
    assert give_pin(client, cast, "nurse").status_code == 422
    assert give_pin(client, cast, "reception").status_code == 302
    with clock_of(lambda: start + MINUTE + 10 * SECOND):
        assert give_pin(client, cast, "nurse").status_code == 302
    assert Entry.objects.filter(act="staff.lock_pin", thing=cast.workers["nurse"]).count() == 1
    assert Pin.objects.get(worker=cast.workers["nurse"]).failures == 0


def test_while_every_pin_rests_an_emergency_is_raised_with_the_session_gone(cast: Cast) -> None:
    client = tablet(cast)
    for role in ("reception", "room_worker", "nurse", "manager"):
        for _ in range(6):
            give_pin(client, cast, role, "314159")
    Session.objects.all().delete()
    presence.forget()
    sent = {"now": 0, "taps": [tap("room.raise_emergency", args={"spot": "door"})]}
    answer = client.post("/taps", sent, content_type="application/json", headers={"Fristed-Tap": "1"})
    assert answer.json()["answers"][0]["ok"], answer.json()


def test_an_emergency_is_raised_on_a_tablet_on_which_an_analyst_has_signed_in(cast: Cast) -> None:
    client = signed_in(cast, "analyst")
    client.cookies[COOKIE] = cast.token
    sent = {"now": 0, "taps": [tap("room.raise_emergency", args={"spot": "door"})]}
    answer = client.post("/taps", sent, content_type="application/json", headers={"Fristed-Tap": "1"})
    assert answer.json()["answers"][0]["ok"], answer.json()


@pytest.mark.parametrize("act", ["staff.begin_turn", "staff.sign_in", "staff.claim_device", "staff.hire"])
def test_an_act_of_sign_in_cannot_be_asked_for_by_name(cast: Cast, act: str) -> None:
    client = tablet(cast, "manager")
    sent = {"now": 0, "taps": [tap(act)]}
    answer = client.post("/taps", sent, content_type="application/json", headers={"Fristed-Tap": "1"})
    assert answer.json()["answers"][0]["rule"] == "unknown_act"


def test_a_pin_is_kept_as_argon2id_and_never_in_the_journal(cast: Cast) -> None:
    kept = Pin.objects.get(worker=cast.workers["nurse"]).hash
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not any(PIN in text or kept in text for text in Entry.objects.values_list("text", flat=True))
    assert pins.attempt(cast.workers["nurse"], PIN, now()).right


def test_a_page_that_was_asked_for_comes_after_the_pin_and_a_foreign_one_never(cast: Cast) -> None:
    client = tablet(cast)
    assert client.get("/shift/").headers["Location"] == "/turn/?next=%2Fshift%2F"
    assert give_pin(client, cast, "nurse").headers["Location"] == "/shift/"
    foreign = {"worker": cast.workers["nurse"], "pin": PIN, "next": "https://elsewhere.example/"}
    assert client.post("/turn/", foreign).headers["Location"] == "/"


def test_in_a_browser_the_tablet_changes_hands_with_nine_touches(service: Service, page: Page) -> None:
    service.tap_in(page, "nurse")
    listen(page)
    page.goto(f"{service.url}/shift/")
    expect(page.locator(".masthead")).to_contain_text("Cem")
    begin_counting(page)
    page.get_by_role("button", name="I step away").click()
    page.get_by_text(NAMES["reception"], exact=True).click()
    for digit in PIN:
        page.get_by_role("button", name=digit, exact=True).click()
    page.get_by_role("button", name="Begin my turn").click()
    page.wait_for_url(lambda address: "/turn/" not in address)
    assert presses(page) == len(PIN) + 3, "away, a name, a PIN, begin"
    page.goto(f"{service.url}/shift/")
    expect(page.locator(".masthead")).to_contain_text("Ana")


def test_a_pin_is_typed_with_keys_as_soon_as_a_name_is_chosen_and_a_digit_is_taken_back(
    service: Service, page: Page
) -> None:
    service.enrol(page.context)
    page.goto(f"{service.url}/turn/")
    page.get_by_text(NAMES["nurse"], exact=True).click()
    expect(page.get_by_label("PIN")).to_be_focused()
    page.keyboard.type(PIN[:-1] + "0")
    page.get_by_role("button", name="Take back a digit").click()
    page.get_by_role("button", name=PIN[-1], exact=True).click()
    expect(page.get_by_label("PIN")).to_have_value(PIN)
    page.get_by_label("PIN").press("Enter")
    page.wait_for_url(lambda address: "/turn/" not in address)


def test_hands_at_work_on_a_long_entry_keep_a_turn(cast: Cast) -> None:
    client, start = tablet(cast, "nurse"), now()
    for minutes in (5, 10, 15, 20):
        presence.forget()
        with stopped_at(start + minutes * MINUTE):
            client.get("/clock", headers={"Fristed-Hands": "1"})
    presence.forget()
    with stopped_at(start + 29 * MINUTE):
        assert client.get("/shift/").status_code == 200


def test_when_a_turn_ends_its_page_closes_and_what_was_half_typed_comes_back_to_its_worker_alone(
    service: Service, page: Page
) -> None:
    client = done(register(service.tap("reception"), code="Robin (invented)")).thing
    service.tap_in(page, "nurse")
    mine = f"{service.url}/people/{client}/"
    page.goto(mine)
    page.get_by_text("Exclude for a time").click()
    page.get_by_label("What happened").fill("An invented quarrel at the door")
    page.get_by_label("How long").fill("7")
    page.get_by_label("Hours or days").select_option("days")
    Session.objects.all().delete()
    page.wait_for_url("**/turn/?next=*", timeout=30_000)
    begin(page, "reception")
    page.wait_for_url(mine)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text("What you had typed is back.")).to_have_count(0)
    page.get_by_role("button", name="I step away").click()
    begin(page, "nurse")
    page.goto(mine)
    expect(page.get_by_text("What you had typed is back.")).to_be_visible()
    expect(page.get_by_label("What happened")).to_have_value("An invented quarrel at the door")
    expect(page.get_by_label("How long")).to_have_value("7")
    expect(page.get_by_label("Hours or days")).to_have_value("days")
    page.reload()
    expect(page.get_by_label("How long")).to_have_value("")


def test_when_a_sign_in_ends_a_form_of_the_office_is_not_sent_and_comes_back_after_the_next(
    service: Service, page: Page
) -> None:
    sign_in(page, service)
    page.goto(f"{service.url}/posts/")
    page.get_by_label("Name, as colleagues call them").fill("Hanne (invented)")
    page.get_by_label("User name for signing in").fill("hanne")
    Session.objects.all().delete()
    page.wait_for_timeout(2_500)  # who was here is remembered for two seconds
    page.get_by_role("button", name="Take on").click()
    page.wait_for_url("**/sign-in/?next=*")
    sign_in(page, service, go=False)
    page.wait_for_url("**/posts/")
    expect(page.get_by_label("Name, as colleagues call them")).to_have_value("Hanne (invented)")
    page.get_by_role("button", name="Take on").click()
    expect(page.get_by_role("heading", name="One-time sign-in for hanne")).to_be_visible()


def begin(page: Page, role: Role) -> None:
    """Name, PIN, begin."""
    page.get_by_label(NAMES[role], exact=True).check()
    page.get_by_label("PIN").fill(PIN)
    page.get_by_role("button", name="Begin my turn").click()
    page.wait_for_url(lambda address: "/turn/" not in address)


def sign_in(page: Page, service: Service, *, go: bool = True) -> None:
    """A manager signs in fully, with name and password."""
    if go:
        page.goto(f"{service.url}/sign-in/")
    page.get_by_label("Username").fill("manager")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)
