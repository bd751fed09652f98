"""Posts, one-time sign-ins, devices, the shift."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import caches
from django.test import Client

from fristed.ground.moments import DAY, clock_of, now
from fristed.journal.models import Entry
from fristed.staff import pins, presence, queries
from fristed.staff.acts import change_role, end_duty, end_post, hire, start_duty, take_up, write_handover
from fristed.staff.devices import COOKIE, credential_of
from fristed.staff.models import Device, Duty, Handover, Worker
from tests.support.cast import done, refused, site_file
from tests.support.service import PASSWORD, Cast, make_cast, signed_in


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    presence.forget()
    yield make_cast()
    presence.forget()


def address_in(answer: Any) -> str:
    """The path of the address a page hands over once."""
    found = re.search(r'<code id="address">([^<]+)</code>', answer.content.decode())
    assert found, answer.content.decode()
    return urlsplit(found.group(1)).path


def take_on(client: Client, **changes: str) -> Any:
    return client.post("/posts/", {"name": "Hal", "role": "nurse", "username": "hal"} | changes)


def test_someone_is_taken_on_and_chooses_password_and_pin_through_a_one_time_link(cast: Cast) -> None:
    path = address_in(take_on(signed_in(cast, "manager")))
    chosen = {"password": PASSWORD, "password_again": PASSWORD, "pin": "161803", "pin_again": "161803"}
    assert Client().post(path, chosen).headers["Location"] == "/sign-in/"
    assert Client().get(path).status_code == 404
    hal = Worker.objects.get(name="Hal")
    assert (hal.role, hal.site_id) == ("nurse", cast.site)
    assert pins.attempt(hal.id, "161803", now()).right
    answer = Client().post("/sign-in/", {"login": "hal", "password": PASSWORD})
    assert answer.status_code == 302


def test_a_one_time_link_ends_after_three_days(cast: Cast) -> None:
    path = address_in(take_on(signed_in(cast, "manager")))
    token = path.rstrip("/").rsplit("/", 1)[1]
    from django.contrib.auth.tokens import default_token_generator as tokens

    from fristed.staff.models import Account

    hal = Account.objects.get(username="hal")
    old = tokens._make_token_with_timestamp(hal, tokens._num_seconds(tokens._now()) - 3 * 86_400 - 1, tokens.secret)
    assert Client().get(path).status_code == 200
    assert Client().get(path.replace(token, old)).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"password_again": "another sentence"}, "The two passwords differ."),
        ({"password": "short", "password_again": "short"}, "too short"),
        ({"pin": "111111", "pin_again": "111111"}, "too easy to guess"),
        ({"pin_again": "161804"}, "The two PINs differ."),
    ],
)
def test_a_weak_or_mistyped_choice_is_told_and_uses_nothing_up(
    cast: Cast, wrong: dict[str, str], sentence: str
) -> None:
    path = address_in(take_on(signed_in(cast, "manager")))
    chosen = {"password": PASSWORD, "password_again": PASSWORD, "pin": "161803", "pin_again": "161803"}
    answer = Client().post(path, chosen | wrong)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Client().get(path).status_code == 200


def test_a_taken_user_name_is_told_and_nobody_is_taken_on(cast: Cast) -> None:
    answer = take_on(signed_in(cast, "manager"), username="nurse")
    assert "This user name is taken" in answer.content.decode()
    assert not Worker.objects.filter(name="Hal").exists()


def test_nobody_changes_their_own_role_or_ends_their_own_post(cast: Cast) -> None:
    mine = cast.workers["manager"]
    for late in (False, True):
        tap = replace(cast.tap("manager"), late=late)
        assert refused(change_role(tap, worker=mine, role="administrator")).rule == "own_post"
        assert refused(end_post(tap, worker=mine)).rule == "own_post"
    second = done(take_up(cast.tap("manager"), name="D", role="nurse", account=cast.accounts["manager"])).thing
    assert refused(change_role(cast.tap("manager"), worker=second, role="administrator")).rule == "own_account"


def test_nobody_gives_a_post_to_themselves(cast: Cast) -> None:
    answer = take_on(signed_in(cast, "administrator"), username="administrator", same_person="on", role="manager")
    assert answer.status_code == 422
    assert "This is your own sign-in." in answer.content.decode()
    assert not Worker.objects.filter(name="Hal").exists()


def two_sites(cast: Cast) -> tuple[Cast, Client, Any]:
    """Another site whose nurse is offered a post here: that site, our manager, and what our manager's page said."""
    other = make_cast(site_file(slug="beacon", name="The Beacon (invented)"))
    manager = signed_in(cast, "manager")
    return other, manager, take_on(manager, username="nurse.beacon", same_person="on", role="analyst")


def test_a_post_at_a_second_site_begins_only_when_its_owner_takes_it_up(cast: Cast) -> None:
    other, _, answer = two_sites(cast)
    path = address_in(answer)
    assert path.startswith("/account/offer/")
    assert not Worker.objects.filter(name="Hal").exists()
    for stranger, status in ((Client(), 403), (signed_in(cast, "reception"), 404), (signed_in(other, "manager"), 404)):
        assert stranger.post(path).status_code == status
    assert not Worker.objects.filter(name="Hal").exists()
    nurse = signed_in(other, "nurse")
    assert "The Lantern (invented) offers you a post: Analyst" in nurse.get(path).content.decode()
    assert nurse.post(path).status_code == 302
    hal = Worker.objects.get(name="Hal")
    assert (hal.account, hal.site_id, hal.role) == (other.accounts["nurse"], cast.site, "analyst")
    done(end_post(cast.tap("manager"), worker=hal.id))
    nurse.post(path)
    assert not Worker.objects.filter(name="Hal", until=None).exists(), "an offer is good for one post"


def test_an_offer_ends_with_the_post_of_whoever_made_it(cast: Cast) -> None:
    other, _, answer = two_sites(cast)
    done(end_post(cast.tap("administrator"), worker=cast.workers["manager"]))
    assert signed_in(other, "nurse").post(address_in(answer)).status_code == 404
    assert not Worker.objects.filter(name="Hal").exists()


def test_no_site_hands_out_a_sign_in_of_someone_who_works_at_another_too(cast: Cast) -> None:
    """Who opened it would have every post of theirs."""
    other, manager, answer = two_sites(cast)
    theirs = signed_in(other, "manager")
    before = address_in(theirs.post(f"/posts/{other.workers['nurse']}/one-time/"))
    assert Client().get(before).status_code == 200
    signed_in(other, "nurse").post(address_in(answer))
    hal = Worker.objects.get(name="Hal")
    for client, post in ((manager, hal.id), (theirs, other.workers["nurse"])):
        shown = client.post(f"/posts/{post}/one-time/")
        assert shown.status_code == 422
        assert "also works at another site" in shown.content.decode()
    assert Client().get(before).status_code == 404, "a link from before neither"
    done(end_post(other.tap("manager"), worker=other.workers["nurse"]))
    assert address_in(manager.post(f"/posts/{hal.id}/one-time/"))


def test_a_role_that_there_is_not_is_refused_by_name(cast: Cast) -> None:
    answer = refused(hire(cast.tap("manager"), name="Hal", role="captain"))
    assert answer.sentence.startswith("'captain' is not a role; accepted are reception")


def test_whoever_leaves_goes_off_shift_and_cannot_be_on_again(cast: Cast) -> None:
    nurse = cast.workers["nurse"]
    done(start_duty(cast.tap("manager"), worker=nurse, part="lead"))
    done(end_post(cast.tap("manager"), worker=nurse))
    assert not Duty.objects.filter(until=None).exists()
    assert refused(start_duty(cast.tap("manager"), worker=nurse, part="floor")).rule == "unknown_worker"


def test_a_person_with_posts_at_two_sites_chooses_and_acts_in_one(cast: Cast) -> None:
    other = make_cast(site_file(slug="beacon", name="The Beacon (invented)"))
    asked: dict[str, Any] = {"name": "Dagny", "role": "manager", "account": cast.accounts["manager"]}
    assert refused(hire(other.tap("manager"), **asked)).rule == "at_work"
    done(take_up(other.tap("manager"), **asked))
    client = signed_in(cast, "manager")
    assert client.get("/posts/").headers["Location"].endswith("/account/post/")
    assert client.post("/account/post/", {"post": other.workers["nurse"]}).status_code == 200
    client.post("/account/post/", {"post": cast.workers["manager"]})
    page = client.get("/posts/")
    assert page.status_code == 200
    assert page.wsgi_request.who.site == cast.site  # type: ignore[attr-defined]  # set by staff's middleware


def test_a_device_takes_up_its_link_once_and_keeps_a_token_that_was_on_no_screen(cast: Cast) -> None:
    path = address_in(signed_in(cast, "administrator").post("/devices/", {"name": "Wall", "kind": "wall"}))
    device = Client()
    assert "Is this device “Wall”?" in device.get(path).content.decode()
    device.post(path)
    token = device.cookies[COOKIE].value
    assert token not in path
    assert device.cookies[COOKIE]["httponly"]
    assert Device.objects.get(name="Wall").credential == credential_of(token)
    assert Client().post(path).status_code == 404
    assert not any(token in text or path.split("/")[2] in text for text in Entry.objects.values_list("text", flat=True))


def test_coming_on_again_changes_the_part_and_each_is_kept(cast: Cast) -> None:
    nurse = cast.workers["nurse"]
    done(start_duty(cast.tap("nurse"), worker=nurse, part="door"))
    done(start_duty(cast.tap("nurse"), worker=nurse, part="lead"))
    assert [(d.name, d.part) for d in queries.on_duty(cast.site)] == [("Cem", "lead")]
    done(end_duty(cast.tap("nurse"), worker=nurse))
    assert refused(end_duty(cast.tap("nurse"), worker=nurse)).rule == "not_on_duty"
    assert Duty.objects.count() == 2


def test_a_handover_is_read_by_the_next_shift_and_sealed_in_the_database(cast: Cast) -> None:
    done(write_handover(cast.tap("nurse"), text="Oxygen bottle 2 is low."))
    assert "Oxygen bottle 2 is low." in signed_in(cast, "room_worker").get("/handover/").content.decode()
    assert "Oxygen" not in Handover.objects.get().sealed
    assert not any("Oxygen" in text for text in Entry.objects.values_list("text", flat=True))


@pytest.mark.parametrize(("text", "rule"), [("  ", "empty_note"), ("x" * 20_001, "long_note")])
def test_an_empty_or_endless_handover_is_refused(cast: Cast, text: str, rule: str) -> None:
    assert refused(write_handover(cast.tap("nurse"), text=text)).rule == rule


def test_a_full_sign_in_ends_when_idle_and_asks_again(cast: Cast) -> None:
    client, start = signed_in(cast, "manager"), now()
    assert client.get("/posts/").status_code == 200
    presence.forget()
    with clock_of(lambda: start + DAY):
        assert client.get("/posts/").headers["Location"].startswith("/sign-in/")
        assert client.get("/sign-in/").status_code == 200


def test_wrong_passwords_from_one_address_do_not_keep_the_owner_out_at_another(cast: Cast) -> None:
    caches["default"].clear()
    there, here = Client(REMOTE_ADDR="127.0.0.9"), Client(REMOTE_ADDR="127.0.0.1")
    for _ in range(6):
        there.post("/sign-in/", {"login": "nurse", "password": "a wrong sentence"})
    told = there.post("/sign-in/", {"login": "nurse", "password": PASSWORD})
    assert "Too many failed login attempts" in told.content.decode(), "and where they were typed it rests"
    assert here.post("/sign-in/", {"login": "nurse", "password": PASSWORD}).status_code == 302
    caches["default"].clear()


def test_failed_sign_ins_are_facts_about_whom_they_tried(cast: Cast) -> None:
    Client().post("/sign-in/", {"login": "nurse", "password": "a wrong sentence"})
    Client().post("/sign-in/", {"login": "nobody-here", "password": "a wrong sentence"})
    kept = Entry.objects.filter(act="staff.fail_sign_in")
    assert [(e.thing, e.site_id) for e in kept] == [(cast.workers["nurse"], cast.site)]
