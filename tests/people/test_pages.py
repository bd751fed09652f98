"""The pages of people's records over HTTP: looks journalled once, codes not in addresses, three languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fristed.ground.act import MANAGER, NURSE, RECEPTION, Refusal
from fristed.ground.ids import derived_id, new_id
from fristed.ground.moments import SECOND, now
from fristed.people import acts
from fristed.people.models import Look
from fristed.room.acts import door, emergency, places
from fristed.staff import devices, pins, presence
from fristed.staff.models import Pin
from tests.room.at_the_door import known, open_file, open_the_door, returning
from tests.support.cast import done
from tests.support.service import Cast, make_cast, signed_in
from tests.support.tapping import tap


class Tablet:
    """The enrolled tablet in this process, in a turn of someone's."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.http = Client(raise_request_exception=True)
        self.http.cookies[devices.COOKIE] = cast.token

    def turn_of(self, role: str, began: int) -> None:
        session = self.http.session
        session["turn"] = {
            "worker": self.cast.workers[role],  # type: ignore[index]  # a role
            "device": self.cast.device,
            "began": began,
            "seen": began,
            "pin": pins.mark(Pin.objects.get(worker=self.cast.workers[role]).hash),  # type: ignore[index]  # as above
        }
        session.save()
        self.http.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
        presence.forget()

    def tap(self, act: str, key: str = "", **asked: str) -> Any:
        """What one tap is answered, in a list."""
        sent = tap(act, args=asked) | ({"key": key} if key else {})
        body = {"now": 0, "taps": [sent]}
        answer = self.http.post("/taps", body, content_type="application/json", headers={"Fristed-Tap": "1"})
        return answer.json()["answers"]


@pytest.fixture
def tablet(database: str) -> Iterator[Tablet]:
    """A tablet at an open door, on both databases."""
    cast = make_cast(open_file())
    open_the_door(cast)
    yield Tablet(cast)
    presence.forget()


def test_a_look_is_journalled_once_per_person_page_and_turn(tablet: Tablet) -> None:
    robin, wren = returning(tablet.cast, "Robin"), known(tablet.cast, "Wren")
    began = now()
    tablet.turn_of("reception", began)
    for _ in range(3):
        assert tablet.http.get(f"/people/{robin}/").status_code == 200
        assert tablet.http.get(f"/door/person/{robin}/").status_code == 200
    assert Look.objects.count() == 1
    tablet.http.get(f"/people/{wren}/")
    tablet.http.get(f"/door/record/{robin}/")
    assert sorted(Look.objects.values_list("what", flat=True)) == ["page", "page", "record"]
    tablet.turn_of("reception", began + SECOND)
    tablet.http.get(f"/people/{robin}/")
    assert Look.objects.filter(client=robin, what="page").count() == 2


def test_the_matches_while_typing_are_not_looks(tablet: Tablet) -> None:
    returning(tablet.cast, "Robin")
    tablet.turn_of("reception", now())
    shown = tablet.http.get("/door/matches/", headers={"Fristed-Asked": quote("rob")})
    assert "Robin" in shown.content.decode()
    assert Look.objects.count() == 0


def test_someone_s_own_record_holds_what_is_kept_and_who_looked(tablet: Tablet) -> None:
    cast = tablet.cast
    robin = returning(cast, "Robin", call_word="Blackbird", consents={"evaluation": "declined"})
    done(acts.start_alert(cast.tap(NURSE), client=robin, kind="allergy", note="latex"))
    done(acts.exclude(cast.tap(MANAGER), client=robin, reason="theft", number=2, note="a coat"))
    done(acts.keep_identity(cast.tap(NURSE), client=robin, kind="name", text="An invented name"))
    tablet.turn_of("reception", now())
    tablet.http.get(f"/people/{robin}/")
    page = tablet.http.get(f"/door/record/{robin}/").content.decode()
    for kept in ("Robin", "Blackbird", "Evaluation and research", "declined", "latex", "a coat", "heroin", "inject"):
        assert kept in page, kept
    assert "Ana (reception)" in page, "who looked"
    assert "An invented name" not in page, "the sealed identity stays sealed"


def test_a_sealed_identity_is_shown_to_its_opener_only(tablet: Tablet) -> None:
    cast = tablet.cast
    robin = known(cast, "Robin")
    done(acts.keep_identity(cast.tap(NURSE), client=robin, kind="name", text="An invented name"))
    nurse = signed_in(cast, "nurse")
    assert nurse.get(f"/people/{robin}/identity/").status_code == 404
    done(acts.open_identity(cast.tap(NURSE), client=robin, why="asked by the hospital"))
    assert "An invented name" in nurse.get(f"/people/{robin}/identity/").content.decode()
    assert signed_in(cast, "manager").get(f"/people/{robin}/identity/").status_code == 404
    assert signed_in(cast, "reception").get(f"/people/{robin}/identity/").status_code == 403


def test_a_sealed_identity_is_not_opened_in_a_turn_and_the_page_says_how(tablet: Tablet) -> None:
    robin = known(tablet.cast, "Robin")
    done(acts.keep_identity(tablet.cast.tap(NURSE), client=robin, kind="name", text="An invented name"))
    tablet.turn_of("nurse", now())
    (answer,) = tablet.tap("people.open_identity", client=robin, why="curious")
    assert answer["rule"] == "full_sign_in"
    done(acts.open_identity(tablet.cast.tap(NURSE), client=robin, why="asked by the hospital"))
    shown = tablet.http.get(f"/people/{robin}/identity/")
    assert shown.status_code == 403
    assert "An invented name" not in shown.content.decode()
    page = tablet.http.get(f"/people/{robin}/").content.decode()
    assert f"/sign-in/?next=%2Fpeople%2F{robin}%2F" in page


def test_a_look_is_journalled_whatever_was_tapped_before_and_none_is_asked_for_by_name(
    tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Someone who knew a look's key could use it up for another person, and then read unseen."""
    robin, decoy = known(tablet.cast, "Robin"), known(tablet.cast, "Wren")
    tablet.turn_of("nurse", began := now())
    guess = derived_id(f"{began // 1000:012x}".ljust(32, "0"), f"look/page/{tablet.cast.workers['nurse']}/{robin}")
    tablet.tap("people.add_code", key=guess, client=decoy, code="Kestrel")
    assert tablet.tap("people.look", client=decoy)[0]["rule"] == "unknown_act"
    assert tablet.http.get(f"/people/{robin}/").status_code == 200
    assert list(Look.objects.values_list("client", flat=True)) == [robin]
    monkeypatch.setattr("fristed.people.screens.look_key", lambda *_: guess)
    assert tablet.http.get(f"/people/{decoy}/").status_code == 403, "what cannot be journalled is not shown"


def test_a_look_at_someone_s_emergency_is_journalled_and_nothing_keeps_its_page_from_anyone(
    tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = tablet.cast
    robin = returning(cast, "Robin")
    visit = done(door.arrive(cast.tap(RECEPTION), client=robin, route="inject", substances=("heroin",))).thing
    raised = done(emergency.raise_emergency(cast.tap(NURSE), spot="door", visit=visit)).thing
    tablet.turn_of("nurse", now())
    page = f"/emergency/{raised}/handover/"
    assert tablet.http.get(page).status_code == 200
    assert list(Look.objects.filter(client=robin).values_list("what", flat=True)) == ["emergency"]
    assert "an emergency and what was known for it" in tablet.http.get(f"/door/record/{robin}/").content.decode()
    monkeypatch.setattr("fristed.people.screens.look_key", lambda *_: new_id())
    monkeypatch.setattr("fristed.people.acts.look", lambda *_, **__: Refusal(()))
    assert tablet.http.get(page).status_code == 200


def test_what_is_typed_is_escaped(tablet: Tablet) -> None:
    tablet.turn_of("reception", now())
    shown = tablet.http.get("/door/matches/", headers={"Fristed-Asked": quote("<img src=x onerror=alert(1)>")})
    assert "<img" not in shown.content.decode()


@pytest.mark.parametrize(
    ("language", "field", "primary", "said"),
    [
        ("en", "Who is at the door?", "Join the queue", "Ask every time"),
        ("da", "Hvem er ved døren?", "Stil i kø", "Spørg hver gang"),
        ("de", "Wer ist am Eingang?", "In die Reihe", "Jedes Mal fragen"),
    ],
)
def test_the_door_speaks_three_languages(tablet: Tablet, language: str, field: str, primary: str, said: str) -> None:
    robin = returning(tablet.cast, "Robin")
    tablet.turn_of("reception", now())
    tablet.http.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    assert field in tablet.http.get("/door/").content.decode()
    page = tablet.http.get(f"/door/person/{robin}/").content.decode()
    assert primary in page
    assert said in page


def test_the_door_s_cost_does_not_grow_with_how_often_someone_came(
    tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "REMEMBERED_SECONDS", 3600)  # or a slow machine would look up who is here again

    robin = returning(tablet.cast, "Robin")
    tablet.turn_of("reception", now())
    tablet.http.get(f"/door/person/{robin}/")

    def rows_and_queries() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert tablet.http.get(f"/door/person/{robin}/").status_code == 200
        return len(queries)

    once = rows_and_queries()
    for _ in range(12):
        came = door.arrive(tablet.cast.tap(RECEPTION), client=robin, route="inject", substances=("heroin",))
        done(places.leave_house(tablet.cast.tap(NURSE), visit=done(came).thing, how="well"))
    assert rows_and_queries() <= once + 1, "one more: what the journal has since said about codes"
