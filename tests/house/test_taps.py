"""Every tap goes through one address, is kept once, in order, and is answered in a sentence when it is not."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from django.urls import reverse

from fristed.evidence.queries.journal import record
from fristed.evidence.templatetags.evidence import as_kept
from fristed.ground.ids import new_id
from fristed.ground.moments import SECOND
from fristed.journal.entry import parse
from fristed.journal.models import Entry
from fristed.room.models import Step
from tests.support.service import Cast
from tests.support.tapping import answers, milliseconds, open_site, post, post_text, tap


@pytest.fixture
def cast(database: str) -> Cast:
    return open_site()


def entries(act: str) -> list[Entry]:
    return list(Entry.objects.filter(act=act).order_by("seq"))


def test_a_tap_is_kept_and_answered_with_what_it_was_about(cast: Cast) -> None:
    sent = tap("room.check_in", args={"client": None, "purpose": "service"})
    (answer,) = answers(cast.who("nurse"), sent)
    assert answer == {"ok": True, "thing": sent["key"], "repeated": False, "flags": []}
    assert [entry.key for entry in entries("room.check_in")] == [sent["key"]]


def test_a_tap_that_comes_twice_counts_once_and_is_answered_alike(cast: Cast) -> None:
    sent = tap("room.check_in", args={"client": None, "purpose": "service"})
    first, second = answers(cast.who("nurse"), sent, sent)
    assert (first["thing"], first["repeated"]) == (second["thing"], False)
    assert second["repeated"]
    assert len(entries("room.check_in")) == 1


def test_a_key_with_other_content_is_refused(cast: Cast) -> None:
    sent = tap("room.check_in", args={"client": None, "purpose": "service"})
    answers(cast.who("nurse"), sent)
    (answer,) = answers(cast.who("nurse"), sent | {"args": {"client": None, "purpose": "consume"}})
    assert (answer["ok"], answer["rule"]) == (False, "key_reused")


def test_taps_of_one_message_are_kept_in_their_order_and_a_refused_one_stops_nothing(cast: Cast) -> None:
    sent = [tap("room.check_in", args={"client": None, "purpose": "service"}) for _ in range(4)]
    sent[1]["args"]["client"] = new_id()
    found = answers(cast.who("nurse"), *sent)
    assert [answer["ok"] for answer in found] == [True, False, True, True]
    assert [entry.key for entry in entries("room.check_in")] == [s["key"] for s in sent if s is not sent[1]]


def test_every_field_that_cannot_be_read_gets_its_own_sentence(cast: Cast) -> None:
    (answer,) = answers(cast.who("nurse"), tap("room.seat", args={"place": "the sofa", "colour": "blue"}))
    assert answer["rule"] == "misread"
    assert answer["fields"].keys() == {"visit", "place", "colour"}
    assert answer["fields"]["place"] == "A whole number is needed here."
    assert answer["fields"]["visit"] == "Please fill this in."


def test_numbers_beyond_the_database_and_nul_characters_stop_nothing(cast: Cast) -> None:
    huge, nul = answers(
        cast.who("nurse"),
        tap("room.seat", args={"visit": new_id(), "place": 10**30}),
        tap("room.check_in", args={"client": None, "purpose": "service", "note": "a\0b"}),
    )
    assert "too large" in huge["fields"]["place"]
    assert nul["ok"]


@pytest.mark.parametrize("act", ["room.no_such_act", "staff.found_site"])
def test_an_act_that_pages_do_not_have_is_refused(cast: Cast, act: str) -> None:
    (answer,) = answers(cast.who("administrator"), tap(act))
    assert answer["rule"] == "unknown_act"


def test_ten_megabytes_of_text_get_a_sentence_and_leave_nothing(cast: Cast) -> None:
    long = tap("room.check_in", args={"client": None, "purpose": "service", "note": "x" * 10_000_000})
    response = post(cast.who("nurse"), long)
    assert response.status_code == 413
    assert "Shorten it" in json.loads(response.content)["sentence"]
    assert not entries("room.check_in")


@pytest.mark.parametrize("body", [" ", "[]", "{", '{"now": "x", "taps": []}', '{"now": 1, "taps": [{"act": 3}]}'])
def test_what_is_not_a_message_of_taps_gets_a_sentence(cast: Cast, body: str) -> None:
    response = post_text(cast.who("nurse"), body)
    assert response.status_code == 400
    assert json.loads(response.content)["rule"] == "unreadable"


@pytest.mark.parametrize(
    "headers", [{"Fristed-Tap": "0"}, {"Origin": "http://elsewhere.example"}, {"Sec-Fetch-Site": "same-site"}]
)
def test_another_page_cannot_send_a_tap_with_our_cookies(cast: Cast, headers: dict[str, str]) -> None:
    response = post(cast.who("nurse"), tap("room.check_in", args={"client": None}), headers=headers)
    assert response.status_code == 403
    assert not entries("room.check_in")


def test_with_nobody_signed_in_the_answer_says_so_and_shows_the_way_in(cast: Cast) -> None:
    (locked,) = answers(cast.who("device"), tap("room.check_in", args={"client": None}))
    assert (locked["rule"], locked["way_in"]) == ("sign_in", reverse("staff:turn"))
    (outside,) = answers(None, tap("room.check_in", args={"client": None}))
    assert (outside["rule"], outside["way_in"]) == ("sign_in", reverse("account_login"))


def test_a_tap_sent_as_live_that_is_older_than_a_minute_says_so_in_the_journal(cast: Cast) -> None:
    old, young = (
        tap("room.check_in", args={"client": None, "purpose": "service"}, at=milliseconds() - ago)
        for ago in (90_000, 30_000)
    )
    found = answers(cast.who("nurse"), old, young)
    assert [answer["flags"] for answer in found] == [["set_back_unsaid"], []]
    assert [parse(entry.text).late for entry in entries("room.check_in")] == [True, False]


def test_an_act_of_power_is_neither_late_nor_set_back_however_it_is_sent(cast: Cast) -> None:
    sent = tap("staff.change_site_file", args={"file": msgspec.to_builtins(cast.file)}, late=True)
    (answer,) = answers(cast.who("manager"), sent | {"at": milliseconds() - 3_600_000})
    assert answer["ok"]
    (entry,) = (parse(entry.text) for entry in entries("staff.change_site_file"))
    assert not entry.late
    assert entry.recorded - entry.happened < 2 * SECOND


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("change", [{"zone": "Nowhere/Bad"}, {"zone": "../../etc/passwd"}, {"place_count": 9}])
def test_a_site_file_that_would_stop_the_site_is_refused_in_a_sentence(
    cast: Cast, change: dict[str, Any], late: bool
) -> None:
    file = msgspec.to_builtins(cast.file) | change
    (answer,) = answers(cast.who("administrator"), tap("staff.change_site_file", args={"file": file}, late=late))
    assert (answer["ok"], answer["rule"]) == (False, "site_file")
    assert next(iter(change)) in answer["sentence"]
    (raised,) = answers(cast.who("device"), tap("room.raise_emergency", args={"spot": "door"}))
    assert raised["ok"]


def test_a_text_that_no_column_holds_gets_the_same_sentence_from_both_databases(cast: Cast) -> None:
    args = {"client": None, "rule": "code_needed", "offered": ["nothing"], "route": "x" * 500}
    long = tap("room.turn_away", args=args, late=True)
    (answer,) = answers(cast.who("nurse"), long)
    assert (answer["ok"], answer["rule"]) == (False, "too_long"), answer
    assert "Shorten it" in answer["sentence"]
    assert not entries("room.turn_away")


@pytest.mark.parametrize("amount", [2**62, -5, 2**63 - 1])
def test_an_impossible_amount_keeps_the_deed_and_its_record_is_read(cast: Cast, amount: int) -> None:
    raised = tap("room.raise_emergency", args={"spot": "door"})
    step = tap("room.step", args={"emergency": raised["key"], "kind": "naloxone", "micrograms": amount})
    assert all(answer["ok"] for answer in answers(cast.who("device"), raised, step))
    assert Step.objects.get(id=step["key"]).micrograms is None
    written = record(cast.site, "emergency", raised["key"], content=True)
    assert written is not None
    for _, column, value in (change for line in written.lines for change in line.changes):
        assert as_kept(value, "Europe/London"), column


def test_only_a_column_of_moments_is_read_as_a_moment(cast: Cast) -> None:
    raised = tap("room.raise_emergency", args={"spot": "door"})
    step = tap("room.step", args={"emergency": raised["key"], "kind": "naloxone", "micrograms": 800_000_000})
    answers(cast.who("device"), raised, step)
    written = record(cast.site, "emergency", raised["key"], content=True)
    assert written is not None
    shown = {column: as_kept(value, "UTC") for line in written.lines for _, column, value in line.changes}
    assert shown["micrograms"] == "800000000"
