"""Care is noted with few taps, on any screen of the floor; lists show what still waits for someone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from fristed.ground.act import ANALYST, DEVICE, MANAGER, NURSE, ROOM_WORKER
from fristed.room.acts import care, door
from fristed.room.models import ServiceGiven
from fristed.room.queries.care import SHOWN, services
from tests.room.at_the_door import open_file
from tests.room.pages import opens, posts_only, queries_of, read, source
from tests.support.cast import done
from tests.support.service import Cast


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    yield posts_only(open_file(drug_checking=True, equipment=("needle", 'tin "large"')))


def here(cast: Cast, word: str) -> str:
    return done(door.check_in(cast.tap(NURSE), client=None, purpose="service", call_word=word)).thing


def test_equipment_is_open_on_a_locked_screen_and_names_nobody(cast: Cast) -> None:
    visit = here(cast, "Robin")
    words = read(cast, DEVICE, f"/care/?visit={visit}")
    assert "Naloxone kit" in words
    assert "Robin" not in words
    for path in ("/care/services/", "/care/incidents/", "/care/found/", "/care/samples/"):
        assert not opens(cast, DEVICE, path), path


def test_the_naloxone_kit_is_offered_even_when_the_site_lists_other_things(cast: Cast) -> None:
    assert read(cast, NURSE, "/care/").index("Naloxone kit") < read(cast, NURSE, "/care/").index("Needles")


def test_an_item_with_signs_in_its_name_is_still_a_button(cast: Cast) -> None:
    text = source(cast, NURSE, "/care/")
    assert "&quot;tin \\&quot;large\\&quot;&quot;" in text


def test_a_wrong_tap_is_shown_and_not_counted(cast: Cast) -> None:
    note = done(care.give(cast.tap(NURSE), item="needle", count=7)).thing
    done(care.give(cast.tap(NURSE), item="needle", count=2))
    assert "Needles 9 0" in read(cast, NURSE, "/care/")
    done(care.set_note_aside(cast.tap(NURSE), kind="supply", note=note))
    words = read(cast, NURSE, "/care/")
    assert "Needles 2 0" in words
    assert "7 × Needles, out (wrong tap, not counted)" in words


def test_a_bag_asks_for_a_second_person_but_not_for_the_first_again(cast: Cast) -> None:
    done(care.log_found(cast.tap(NURSE), spot="toilet", bag="0042", looks="a white wrap"))
    assert "I am Cem" not in read(cast, NURSE, "/care/found/")
    words = read(cast, ROOM_WORKER, "/care/found/")
    assert "I am Bo and saw it sealed" in words
    assert "not weighed · a white wrap" in words


def test_a_site_that_may_not_check_drugs_says_so_and_offers_no_form(database: str) -> None:
    cast = posts_only(open_file())
    assert "does not check drugs" in read(cast, NURSE, "/care/samples/")
    assert "Drug checking" not in read(cast, NURSE, "/care/")
    assert "register_sample" not in source(cast, NURSE, "/care/samples/")


def test_a_result_that_nobody_told_is_marked(cast: Cast) -> None:
    sample = done(care.register_sample(cast.tap(NURSE), label="A1", declared="heroin")).thing
    done(care.record_result(cast.tap(NURSE), sample=sample, method="strip", result="fentanyl found"))
    assert "The person was not told yet" in read(cast, NURSE, "/care/samples/")


def test_what_was_said_of_an_incident_is_read_by_the_floor_only(cast: Cast) -> None:
    done(care.report_incident(cast.tap(NURSE), kind="threat", police="yes", text="Shouted.", visit=here(cast, "Wren")))
    assert "Threat , police called Shouted." in read(cast, MANAGER, "/care/incidents/")
    assert not opens(cast, ANALYST, "/care/incidents/")


def test_pages_ask_no_more_when_more_was_noted(cast: Cast) -> None:
    paths = ("/care/", "/care/services/", "/care/incidents/", "/care/found/", "/care/samples/")
    note_some(cast)
    few = [queries_of(cast, NURSE, path) for path in paths]
    for _ in range(6):
        note_some(cast)
    assert [queries_of(cast, NURSE, path) for path in paths] == few
    assert max(few) <= 22


def note_some(cast: Cast) -> None:
    visit = here(cast, "Robin")
    done(care.give(cast.tap(NURSE), item="needle", visit=visit))
    done(care.advise(cast.tap(NURSE), topic="vein_care", minutes=5, visit=visit))
    done(care.offer_referral(cast.tap(NURSE), to="housing", visit=visit))
    done(care.report_incident(cast.tap(NURSE), kind="theft", text="A bicycle.", visit=visit))
    done(care.log_found(cast.tap(NURSE), spot="toilet", bag="1", looks="foil"))
    done(care.register_sample(cast.tap(NURSE), label="A1", declared="heroin", visit=visit))


def test_a_key_from_far_ahead_does_not_push_later_notes_off_a_list(cast: Cast) -> None:
    for n in range(SHOWN + 1):
        done(care.advise(replace(cast.tap(NURSE), key=f"{'f' * 30}{n:02x}"), topic="vein_care", minutes=5))
    latest = done(care.advise(cast.tap(NURSE), topic="vein_care", minutes=5)).thing
    day = ServiceGiven.objects.get(id=latest).day
    assert services(cast.site, day)[0].id == latest
