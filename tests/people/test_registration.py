"""A first visit under each way of identifying people; codes, call words, answers, consents."""

from __future__ import annotations

from typing import Any

import pytest

from fristed.ground.act import MANAGER, RECEPTION
from fristed.ground.site import Identification
from fristed.ground.store import DatabaseStore, opened
from fristed.people import acts
from fristed.people.queries import directory
from tests.support.cast import Room, a_monday_evening, done, refused, site_file


def site_with(policy: Identification) -> Room:
    return Room(a_monday_evening(), site_file(identification=policy))


def card_of(client: str) -> dict[str, object]:
    row = DatabaseStore().get("people_client", client)
    assert row is not None
    return opened(DatabaseStore(), client, row["sealed"])


def test_an_alias_is_enough(database: str) -> None:
    room = site_with("alias")
    client = done(acts.register(room.tap(RECEPTION), code="  Night Heron ")).thing
    assert [m.client for m in directory.search(room.site, "night heron")] == [client]
    assert card_of(client) == {"call_word": "Night Heron"}, "called by the alias, unless another word is given"


def test_a_constructed_code_is_four_letters_year_and_gender_and_may_collide(database: str) -> None:
    room = site_with("constructed")
    said: dict[str, Any] = {"letters": "abcd", "born": "1985", "gender": "female"}
    first = done(acts.register(room.tap(RECEPTION), **said)).thing
    second = done(acts.register(room.tap(RECEPTION), **said)).thing
    found = directory.search(room.site, "ABCD1985F")
    assert {m.client for m in found} == {first, second}
    assert all(m.exact and m.kind == "constructed" for m in found)
    assert card_of(first)["born"] == "1985"
    assert card_of(first)["call_word"] == "", "a code made of birth data is never called out"


@pytest.mark.parametrize(
    ("letters", "born", "gender", "rule"),
    [
        ("abc", "1985", "female", "code_letters"),
        ("ab1d", "1985", "female", "code_letters"),
        ("abcd", "85", "female", "year_of_birth"),
        ("abcd", "1985", "x", "unknown_gender"),
    ],
)
def test_parts_that_make_no_code_are_told_in_a_sentence(
    database: str, letters: str, born: str, gender: str, rule: str
) -> None:
    room = site_with("constructed")
    answer = refused(acts.register(room.tap(RECEPTION), letters=letters, born=born, gender=gender))
    assert answer.rule == rule
    assert answer.sentence.endswith(".")
    assert DatabaseStore().find("people_client") == []


def test_a_card_is_found_however_its_number_is_typed(database: str) -> None:
    room = site_with("card")
    client = done(acts.register(room.tap(RECEPTION), code="KL-2025-0042")).thing
    for typed in ("KL-2025-0042", "kl20250042", "kl 2025 0042"):
        (match,) = directory.search(room.site, typed)
        assert (match.client, match.exact, match.code) == (client, True, "KL-2025-0042")


def test_a_health_number_is_sealed_apart_under_a_key_of_its_own_and_may_be_left_out(database: str) -> None:
    room = site_with("health_number")
    client = done(acts.register(room.tap(RECEPTION), code="Merle", health_number="943 476 5919")).thing
    done(acts.register(room.tap(RECEPTION), code="Ouzel"))
    (kept,) = DatabaseStore().find("people_identity")
    assert kept["client_id"] == client
    assert opened(DatabaseStore(), kept["id"], kept["sealed"]) == {"text": "943 476 5919"}
    assert opened(DatabaseStore(), client, kept["sealed"]) == {}, "the client's own key does not open it"
    assert directory.search(room.site, "943 476 5919") == [], "nobody is found by a health number"


def test_a_site_that_identifies_nobody_registers_nobody_and_says_what_to_do(database: str) -> None:
    answer = refused(acts.register(site_with("none").tap(RECEPTION), code="Robin"))
    assert answer.rule == "no_registration"
    assert "without a code" in answer.sentence


@pytest.mark.parametrize("code", ["", "   ", "--", "Ro\u200bbin", "x" * 61])
def test_a_code_that_could_not_be_found_again_is_refused(database: str, code: str) -> None:
    room = site_with("alias")
    refused(acts.register(room.tap(RECEPTION), code=code))
    assert DatabaseStore().find("people_code") == []


def test_answers_and_consents_of_a_first_visit_are_kept_with_version_and_who_gave_them(database: str) -> None:
    room = site_with("alias")
    client = done(
        acts.register(
            room.tap(RECEPTION),
            code="Robin",
            eligibility={"adult": "yes"},
            given_by="worker",
            consents={"service": "given", "evaluation": "declined"},
            consent_version="2025-01",
            card={"housing": "street"},
        )
    ).thing
    (answer,) = DatabaseStore().find("people_eligibility", client_id=client)
    assert (answer["question"], answer["answer"], answer["given_by"]) == ("adult", "yes", "worker")
    consents = {row["purpose"]: row for row in DatabaseStore().find("people_consent", client_id=client)}
    assert consents["service"]["answer"] == "given"
    assert consents["evaluation"]["answer"] == "declined"
    assert consents["service"]["version"] == "2025-01"
    assert card_of(client)["housing"] == "street"
    withdrawn = done(acts.withdraw_consent(room.tap(RECEPTION), consent_id=consents["service"]["id"]))
    assert withdrawn.thing == client
    again = refused(acts.withdraw_consent(room.tap(RECEPTION), consent_id=consents["service"]["id"]))
    assert again.rule == "not_given"


def test_an_agreement_without_its_version_is_asked_for_it_a_decline_is_not(database: str) -> None:
    room = site_with("alias")
    client = done(acts.register(room.tap(RECEPTION), code="Robin")).thing
    given = acts.answer_consent(room.tap(RECEPTION), client=client, purpose="contact", answer="given")
    assert refused(given).rule == "consent_version"
    done(acts.answer_consent(room.tap(RECEPTION), client=client, purpose="contact", answer="declined"))


def test_no_question_about_treatment_can_be_answered_for_admission(database: str) -> None:
    room = site_with("alias")
    client = done(acts.register(room.tap(RECEPTION), code="Robin")).thing
    asked = acts.answer_eligibility(room.tap(RECEPTION), client=client, question="in_treatment", answer="no")
    assert refused(asked).rule == "unknown_question"


def test_a_card_answer_can_be_taken_back_and_a_call_word_changed(database: str) -> None:
    room = site_with("alias")
    client = done(acts.register(room.tap(RECEPTION), code="Robin", call_word="Wren", card={"housing": "own"})).thing
    done(acts.change_card(room.tap(RECEPTION), client=client, card={"housing": "not_said"}))
    done(acts.change_call_word(room.tap(RECEPTION), client=client, call_word="Swift"))
    assert card_of(client) == {"call_word": "Swift"}


def test_a_retired_code_finds_nobody_and_another_does(database: str) -> None:
    room = site_with("alias")
    client = done(acts.register(room.tap(RECEPTION), code="Robin")).thing
    (code,) = DatabaseStore().find("people_code")
    done(acts.add_code(room.tap(RECEPTION), client=client, code="KL-1", kind="card"))
    done(acts.retire_code(room.tap(RECEPTION), code=code["id"]))
    assert directory.search(room.site, "Robin") == []
    assert [m.client for m in directory.search(room.site, "kl1")] == [client]
    assert refused(acts.retire_code(room.tap(RECEPTION), code=code["id"])).rule == "code_retired"


def test_nobody_of_another_site_is_known(database: str) -> None:
    here, there = Room(a_monday_evening()), Room(a_monday_evening() + 1, site_file(slug="other-room"))
    client = done(acts.register(here.tap(RECEPTION), code="Robin")).thing
    (code,) = DatabaseStore().find("people_code")
    assert directory.search(there.site, "Robin") == []
    for answer in (
        acts.add_code(there.tap(RECEPTION), client=client, code="x"),
        acts.retire_code(there.tap(RECEPTION), code=code["id"]),
        acts.start_alert(there.tap(RECEPTION), client=client, kind="seizure"),
        acts.exclude(there.tap(MANAGER), client=client, reason="other", number=1),
        acts.open_identity(there.tap(MANAGER), client=client, why="none"),
        acts.look(there.tap(RECEPTION), client=client),
    ):
        assert refused(answer).rule.startswith("unknown_")
