"""Posts, one-time sign-ins, devices, the shift."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from fristed.ground.moments import DAY, clock_of, now
from fristed.journal.models import Entry
from fristed.staff import pins, presence, queries
from fristed.staff.acts import change_role, end_duty, end_post, hire, start_duty, write_handover
from fristed.staff.devices import COOKIE, credential_of
from fristed.staff.models import Device, Duty, Handover, Worker
from tests.support.cast import done, refused
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
    assert refused(change_role(cast.tap("manager"), worker=mine, role="administrator")).rule == "own_post"
    assert refused(end_post(cast.tap("manager"), worker=mine)).rule == "own_post"


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
    from tests.support.cast import site_file

    other = make_cast(site_file(slug="beacon", name="The Beacon (invented)"))
    done(hire(other.tap("manager"), name="Dagny", role="manager", account=cast.accounts["manager"]))
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


def test_failed_sign_ins_are_facts_about_whom_they_tried(cast: Cast) -> None:
    Client().post("/sign-in/", {"login": "nurse", "password": "a wrong sentence"})
    Client().post("/sign-in/", {"login": "nobody-here", "password": "a wrong sentence"})
    kept = Entry.objects.filter(act="staff.fail_sign_in")
    assert [(e.thing, e.site_id) for e in kept] == [(cast.workers["nurse"], cast.site)]
