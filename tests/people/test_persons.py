"""One person with two codes, two people with one; alerts, exclusions, the sealed identity, who looked."""

from __future__ import annotations

from typing import Any

from fristed.ground.act import MANAGER, NURSE, RECEPTION
from fristed.ground.moments import DAY, HOUR
from fristed.ground.store import DatabaseStore, opened
from fristed.people import acts
from fristed.people.queries import directory
from fristed.people.queries.first import alerts_of, exclusions_of
from fristed.people.queries.looks import identity_open, looks_at
from fristed.people.queries.page import identities, page_of
from fristed.people.rules.persons import IDENTITY_OPEN
from tests.support.cast import Room, a_monday_evening, done, refused


def known(room: Room, code: str, **said: Any) -> str:
    return done(acts.register(room.tap(RECEPTION), code=code, **said)).thing


def test_two_codes_of_one_person_find_one_record_and_can_be_told_apart_again(database: str) -> None:
    room = Room(a_monday_evening())
    robin, wren, lark = known(room, "Robin"), known(room, "Wren"), known(room, "Lark")
    first = done(acts.merge(room.tap(RECEPTION), client=robin, other=wren))
    done(acts.merge(room.tap(RECEPTION), client=lark, other=robin))
    for code in ("Robin", "Wren", "Lark"):
        assert [m.client for m in directory.search(room.site, code)] == [lark]
    assert set(directory.records_of(room.site, wren)) == {robin, wren, lark}
    assert refused(acts.merge(room.tap(RECEPTION), client=wren, other=robin)).rule == "already_one"
    done(acts.unmerge(room.tap(RECEPTION), merge_id=first.key))
    assert [m.client for m in directory.search(room.site, "Wren")] == [wren]
    assert [m.client for m in directory.search(room.site, "Robin")] == [lark]
    history = DatabaseStore().find("people_merge")
    assert [(row["client_id"], row["undone"] is not None) for row in history] == [(wren, True), (robin, False)]
    assert refused(acts.unmerge(room.tap(RECEPTION), merge_id=first.key)).rule == "merge_undone"


def test_what_must_be_known_first_is_known_over_all_records_of_a_person(database: str) -> None:
    room = Room(a_monday_evening())
    robin, wren = known(room, "Robin"), known(room, "Wren")
    alert = done(acts.start_alert(room.tap(NURSE), client=wren, kind="allergy", note="latex"))
    done(acts.merge(room.tap(RECEPTION), client=robin, other=wren))
    (first,) = alerts_of(directory.records_of(room.site, robin))
    assert (first.kind, first.note) == ("allergy", "latex")
    done(acts.end_alert(room.tap(NURSE), alert=alert.key))
    assert alerts_of((robin, wren)) == []
    assert refused(acts.end_alert(room.tap(NURSE), alert=alert.key)).rule == "alert_ended"


def test_an_allergy_without_a_word_what_it_is_is_asked_for(database: str) -> None:
    room = Room(a_monday_evening())
    robin = known(room, "Robin")
    assert refused(acts.start_alert(room.tap(NURSE), client=robin, kind="allergy")).rule == "alert_what"
    assert refused(acts.start_alert(room.tap(NURSE), client=robin, kind="tall")).rule == "unknown_kind"


def test_an_exclusion_keeps_reason_length_who_decided_appeal_and_early_end(database: str) -> None:
    room = Room(a_monday_evening())
    robin = known(room, "Robin")
    tap = room.tap(MANAGER)
    done(acts.exclude(tap, client=robin, reason="dealing", number=7, unit="days", note="seen at the gate"))
    (now,) = exclusions_of((robin,), room.now)
    assert (now.kind, now.until, now.note) == ("dealing", tap.happened + 7 * DAY, "seen at the gate")
    assert exclusions_of((robin,), room.now + 8 * DAY) == []
    done(acts.appeal_exclusion(room.tap(RECEPTION), exclusion=tap.key, words="It was not me"))
    done(acts.end_exclusion(room.tap(NURSE), exclusion=tap.key, why="believed"))
    row = DatabaseStore().get("people_exclusion", tap.key)
    assert row is not None
    assert row["decided_by"] == tap.worker
    assert row["appealed"] is not None
    words = opened(DatabaseStore(), robin, row["sealed"])
    assert words == {"note": "seen at the gate", "appeal": "It was not me", "ended": "believed"}
    assert exclusions_of((robin,), room.now) == []
    assert refused(acts.end_exclusion(room.tap(NURSE), exclusion=tap.key, why="again")).rule == "exclusion_over"


def test_an_exclusion_has_an_end_and_is_a_lead_s_to_decide(database: str) -> None:
    room = Room(a_monday_evening())
    robin = known(room, "Robin")
    assert refused(acts.exclude(room.tap(RECEPTION), client=robin, reason="theft", number=1)).rule == "permission"
    for number, unit in ((0, "hours"), (-3, "days"), (4000, "days")):
        answer = refused(acts.exclude(room.tap(NURSE), client=robin, reason="theft", number=number, unit=unit))
        assert answer.rule == "exclusion_length"
    assert refused(acts.exclude(room.tap(NURSE), client=robin, reason="theft", number=1, unit="years"))
    assert DatabaseStore().find("people_exclusion") == []


def test_a_sealed_identity_opens_with_a_reason_for_its_opener_and_closes_again(database: str) -> None:
    room = Room(a_monday_evening())
    robin = known(room, "Robin")
    done(acts.keep_identity(room.tap(NURSE), client=robin, kind="name", text="An invented name"))
    for late in (False, True):
        answer = refused(acts.open_identity(room.tap(NURSE, late=late), client=robin, why=" "))
        assert answer.rule == "text_empty"
    assert refused(acts.look(room.tap(NURSE), client=robin, what="identity")).rule == "unknown_what"
    assert refused(acts.open_identity(room.tap(RECEPTION), client=robin, why="curious")).rule == "permission"
    opener = room.tap(NURSE)
    done(acts.open_identity(opener, client=robin, why="asked by the hospital"))
    assert identity_open((robin,), opener.worker, room.now) == opener.happened + IDENTITY_OPEN
    assert identity_open((robin,), "0" * 32, room.now) is None, "not to anybody else"
    assert identity_open((robin,), opener.worker, room.now + HOUR) is None
    assert [shown.text for shown in identities((robin,))] == [{"text": "An invented name"}]
    (look,) = looks_at((robin,))
    assert look.what == "identity"
    (row,) = DatabaseStore().find("people_look")
    assert opened(DatabaseStore(), robin, row["sealed"]) == {"why": "asked by the hospital"}


def test_a_page_says_which_identities_are_kept_and_never_what_they_say(database: str) -> None:
    room = Room(a_monday_evening())
    robin = known(room, "Robin")
    done(acts.keep_identity(room.tap(NURSE), client=robin, kind="name", text="An invented name"))
    page = page_of(room.site, robin)
    assert page is not None
    assert [i.kind for i in page.identities] == ["name"]
    assert "invented" not in repr(page)


def test_a_text_too_long_to_read_is_refused_with_a_sentence_and_nothing_is_kept(database: str) -> None:
    room = Room(a_monday_evening())
    robin = known(room, "Robin")
    answer = refused(acts.start_alert(room.tap(NURSE), client=robin, kind="other", note="x" * 10_000_000))
    assert "10000000 letters" in answer.sentence
    assert DatabaseStore().find("people_alert") == []
