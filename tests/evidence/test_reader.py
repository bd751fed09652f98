"""The journal's reader and the report pages, as each role has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fristed.evidence.queries.journal import day_list, record
from fristed.ground.act import NURSE, Refusal, Role, Tap
from fristed.ground.ids import Id, derived_id, new_id
from fristed.journal.models import Entry
from fristed.room.acts import door, emergency, places
from fristed.staff import presence
from fristed.staff.rules import POSTS
from tests.support.cast import Room, a_monday_evening, done
from tests.support.service import Cast, make_cast, signed_in
from tests.support.tapping import tap

CALL_WORD = "Kingfisher"
WHY = "told at the door"


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    presence.forget()
    yield make_cast()
    presence.forget()


def visit_with_an_emergency(cast: Cast) -> tuple[Id, Id]:
    """A visit in which someone stopped breathing well."""

    def tap() -> Tap:
        return replace(cast.tap(NURSE), late=True, reason=WHY)

    done(places.lay_out(cast.tap("manager")))
    visit = done(door.check_in(tap(), client=None, call_word=CALL_WORD)).thing
    done(door.declare(tap(), visit=visit, substances=("heroin",), route="inject"))
    done(places.seat(tap(), visit=visit, place=1))
    raised = done(emergency.raise_emergency(tap(), spot="place", place=1, visit=visit)).thing
    done(emergency.step(tap(), emergency=raised, kind="oxygen"))
    return visit, raised


def page(cast: Cast, role: Role, path: str) -> str:
    answer = signed_in(cast, role).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_a_visit_is_followed_entry_by_entry_with_its_emergency(cast: Cast) -> None:
    visit, raised = visit_with_an_emergency(cast)
    lines = record(cast.site, "visit", visit, content=True)
    assert lines is not None
    acts = [line.act for line in lines.lines]
    assert acts == ["room.check_in", "room.declare", "room.seat", "room.raise_emergency", "room.step"]
    assert [line.since for line in lines.lines] == sorted(line.since for line in lines.lines)
    alone = record(cast.site, "emergency", raised, content=True)
    assert alone is not None
    assert [line.act for line in alone.lines] == ["room.raise_emergency", "room.step"]


def test_who_may_see_content_reads_it_and_an_auditor_reads_who_did_what_and_when(cast: Cast) -> None:
    visit, _ = visit_with_an_emergency(cast)
    nurse, auditor = page(cast, "nurse", f"/journal/visit/{visit}/"), page(cast, "auditor", f"/journal/visit/{visit}/")
    for said in (CALL_WORD, WHY, "heroin"):
        assert said in nurse
        assert said not in auditor
    for seen in (nurse, auditor):
        assert "A person takes a place" in seen
        assert "Cem" in seen


def test_a_look_is_journalled_once_per_person_record_and_turn(cast: Cast) -> None:
    visit, raised = visit_with_an_emergency(cast)
    nurse, auditor = signed_in(cast, "nurse"), signed_in(cast, "auditor")
    for client, path in ((nurse, visit), (nurse, visit), (auditor, visit), (auditor, visit)):
        client.get(f"/journal/visit/{path}/")
    nurse.get(f"/journal/emergency/{raised}/")
    looks = Entry.objects.filter(act="evidence.view").values_list("thing", flat=True)
    assert sorted(looks) == sorted([visit, visit, raised])


def test_there_is_no_page_of_what_is_not_here(cast: Cast) -> None:
    visit, _ = visit_with_an_emergency(cast)
    client = signed_in(cast, "manager")
    for path in (f"/journal/visit/{'0' * 32}/", f"/journal/emergency/{visit}/", f"/journal/client/{visit}/"):
        assert client.get(path).status_code == 404
    assert not Entry.objects.filter(act="evidence.view").exists()


def test_the_list_of_a_day_says_nothing_about_who_and_pages_on(cast: Cast) -> None:
    visit, raised = visit_with_an_emergency(cast)
    day = record(cast.site, "visit", visit, content=False)
    assert day is not None
    shown = page(cast, "auditor", f"/journal/?day={day.day}")
    assert visit in shown
    assert raised in shown
    assert CALL_WORD not in shown
    again = done(door.check_in(replace(cast.tap(NURSE), late=True), client=None)).thing
    first = day_list(cast.site, day.day, at_once=1)
    assert first.more_after is not None
    assert [v.id for v in day_list(cast.site, day.day, first.more_after, at_once=1).visits] == [again]
    assert "None on this day" in page(cast, "auditor", "/journal/?day=1999-01-01")
    assert page(cast, "auditor", "/journal/?day=nonsense")


def test_reading_a_visit_costs_the_same_however_long_the_history(database: str) -> None:
    room = Room(a_monday_evening())
    visit = done(door.check_in(room.tap(late=True), client=None)).thing

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            record(room.site, "visit", visit, content=True)
        return len(queries)

    before = cost()
    for _ in range(30):
        done(door.check_in(room.tap(late=True), client=None))
    assert cost() == before


def test_nobody_can_use_up_the_key_of_a_look_at_the_journal_and_then_read_unseen(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit, raised = visit_with_an_emergency(cast)
    nurse = signed_in(cast, "nurse")
    worker, began = cast.workers["nurse"], nurse.session["began"]
    guess = derived_id(f"{began // 1000:012x}".ljust(32, "0"), f"view/visit//{worker}/{visit}")
    done(door.check_in(replace(cast.tap(NURSE), key=guess, late=True), client=None))
    sent = {"now": 0, "taps": [tap("evidence.view", args={"kind": "visit", "thing": raised})]}
    answer = nurse.post("/taps", sent, content_type="application/json", headers={"Fristed-Tap": "1"})
    assert answer.json()["answers"][0]["rule"] == "unknown_act"
    assert nurse.get(f"/journal/visit/{visit}/").status_code == 200
    assert Entry.objects.filter(act="evidence.view", thing=visit).count() == 1
    monkeypatch.setattr("fristed.evidence.screens.looking.look_key", lambda *_: new_id())
    monkeypatch.setattr("fristed.evidence.screens.looking.view", lambda *_, **__: Refusal(()))
    assert nurse.get(f"/journal/visit/{visit}/").status_code == 403, "what cannot be journalled is not shown"


def test_a_report_is_asked_for_journalled_and_counted(cast: Cast) -> None:
    manager = signed_in(cast, "manager")
    assert "from" in manager.get("/reports/").content.decode()
    answer = manager.get("/reports/?from=2025-01-01&to=2025-03-31")
    assert answer.status_code == 302
    shown = manager.get(answer["Location"]).content.decode()
    for text in ("2025-01", "2025-03", "Injecting episodes", "not added up", "Glasgow City HSCP"):
        assert text in shown
    manager.get("/reports/?from=2025-01-01&to=2025-03-31")
    assert Entry.objects.filter(act="evidence.view", thing=cast.site).count() == 1


def test_a_report_is_taken_along_as_a_file_and_that_is_journalled_too(cast: Cast) -> None:
    manager = signed_in(cast, "manager")
    page = manager.get(manager.get("/reports/?from=2025-01-01&to=2025-03-31")["Location"]).content.decode()
    link = "/reports/?from=2025-01-01&amp;to=2025-03-31&amp;as=csv"
    assert f'href="{link}"' in page
    file = manager.get(manager.get(link.replace("&amp;", "&"))["Location"])
    assert file["Content-Type"] == "text/csv; charset=utf-8"
    assert file["Content-Disposition"] == 'attachment; filename="thistle_2025-01-01_2025-03-31.csv"'
    lines = file.content.decode().splitlines()
    assert lines[0].startswith("month,accesses,episodes,emergencies,cocaine_percent")
    assert [line.split(",")[0] for line in lines[1:]] == ["2025-01", "2025-02", "2025-03", "all"]
    assert Entry.objects.filter(act="evidence.view", thing=cast.site).count() == 2


def test_the_table_opens_only_by_way_of_the_page_that_journals(cast: Cast) -> None:
    manager, analyst = signed_in(cast, "manager"), signed_in(cast, "analyst")
    ticket = manager.get("/reports/?from=2025-01-01&to=2025-01-31")["Location"]
    for client, path in ((manager, "/reports/thistle/"), (manager, f"{ticket}x"), (analyst, ticket)):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, "/reports/"), path


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("from=2025-03-01&to=2025-01-01", "before the first"),
        ("from=2025-03-01", "Give both days"),
        ("from=yesterday&to=2025-01-01", "Give both days"),
        ("from=1925-01-01&to=2025-01-01", "more than ten years"),
    ],
)
def test_a_period_that_cannot_be_counted_is_answered_with_a_sentence(cast: Cast, asked: str, sentence: str) -> None:
    answer = signed_in(cast, "manager").get(f"/reports/?{asked}")
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Entry.objects.filter(act="evidence.view").exists()


def test_reports_are_for_managers_and_analysts_and_the_journal_is_not_for_analysts(cast: Cast) -> None:
    def opens(role: Role, path: str) -> bool:
        client: Client = signed_in(cast, role)
        return bool(client.get(path).status_code == 200)

    assert [role for role in POSTS if opens(role, "/reports/")] == [r for r in POSTS if r in ("manager", "analyst")]
    assert [role for role in POSTS if opens(role, "/journal/")] == [
        r for r in POSTS if r in ("nurse", "manager", "auditor")
    ]
