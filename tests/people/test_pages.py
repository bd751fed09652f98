"""The pages of people's records over HTTP: looks journalled once, codes not in addresses, three languages."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fristed.ground.act import MANAGER, NURSE, RECEPTION
from fristed.ground.moments import SECOND, now
from fristed.people import acts
from fristed.people.models import Look
from fristed.room.acts import door, places
from fristed.staff import devices, presence
from tests.room.at_the_door import known, open_file, open_the_door, returning
from tests.support.cast import done
from tests.support.service import Cast, make_cast


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
        }
        session.save()
        self.http.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
        presence.forget()


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
    tablet.turn_of("nurse", now())
    assert tablet.http.get(f"/people/{robin}/identity/").status_code == 404
    done(acts.open_identity(cast.tap(NURSE), client=robin, why="asked by the hospital"))
    assert "An invented name" in tablet.http.get(f"/people/{robin}/identity/").content.decode()
    tablet.turn_of("manager", now())
    assert tablet.http.get(f"/people/{robin}/identity/").status_code == 404
    tablet.turn_of("reception", now())
    assert tablet.http.get(f"/people/{robin}/identity/").status_code == 403


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
