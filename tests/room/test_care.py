"""Care is given and kept: with a visit or without, from a locked screen, whatever else is true of a person."""

from __future__ import annotations

from random import Random

import pytest

from fristed.ground.act import CARE, DEVICE, FLOOR, MANAGER, Done, Role
from fristed.ground.chance import chance_of
from fristed.ground.ids import new_id
from fristed.ground.store import DatabaseStore, Row, opened
from fristed.journal.frame import kept_in
from fristed.journal.memory import MemoryBook
from fristed.journal.models import Entry
from fristed.room.acts import care, door
from tests.support.cast import Room, a_monday_evening, done, refused, site_file

TABLES = ("room_supply", "room_servicegiven", "room_referral", "room_sample", "room_found", "room_incident")


def a_room() -> Room:
    return Room(a_monday_evening(), site_file(drug_checking=True))


def only(table: str) -> Row:
    (row,) = DatabaseStore().find(table)
    return row


def here(room: Room) -> str:
    return done(door.check_in(room.tap(), client=None, purpose="service")).thing


@pytest.mark.parametrize("role", sorted({*FLOOR, DEVICE}))
def test_equipment_and_naloxone_go_out_from_any_screen_of_the_floor_even_a_locked_one(
    database: str, role: Role
) -> None:
    room = a_room()  # closed day, no check, no staff
    tap = room.tap(role, worker=None if role == DEVICE else new_id())
    assert done(care.give(tap, item="naloxone_kit", count=2)).flags == ()
    assert (only("room_supply")["item"], only("room_supply")["count"]) == ("naloxone_kit", 2)


def test_equipment_is_kept_without_an_item_and_with_a_visit_that_is_not_known(database: str) -> None:
    room = a_room()
    done(care.give(room.tap(), visit=new_id()))
    assert (only("room_supply")["item"], only("room_supply")["visit_id"]) == ("not_said", None)


def test_equipment_for_others_and_needles_back_are_told_apart(database: str) -> None:
    room = a_room()
    visit = here(room)
    done(care.give(room.tap(), item="needle", count=20, for_others="yes", visit=visit))
    done(care.take_back(room.tap(), item="needle", count=35))
    rows = DatabaseStore().find("room_supply")
    assert [(r["direction"], r["count"], r["for_others"], r["visit_id"]) for r in rows] == [
        ("out", 20, "yes", visit),
        ("back", 35, "no", None),
    ]


@pytest.mark.parametrize("count", [0, -3, 10_001])
def test_a_number_that_cannot_be_gets_a_sentence_and_nothing_is_kept(database: str, count: int) -> None:
    room = a_room()
    answer = refused(care.give(room.tap(), item="needle", count=count))
    assert str(count) in answer.sentence
    assert DatabaseStore().find("room_supply") == []


def test_a_wrong_tap_is_set_aside_and_stays_to_be_read(database: str) -> None:
    room = a_room()
    note = done(care.give(room.tap(), item="needle")).thing
    done(care.set_note_aside(room.tap(), kind="supply", note=note))
    assert only("room_supply")["undone"] is not None
    assert refused(care.set_note_aside(room.tap(), kind="supply", note=note)).rule == "set_aside"


def test_a_locked_screen_sets_aside_equipment_and_nothing_else(database: str) -> None:
    room = a_room()
    report = done(care.report_incident(room.tap(), kind="theft")).thing
    given = done(care.give(room.tap(DEVICE, worker=None), item="needle")).thing
    assert refused(care.set_note_aside(room.tap(DEVICE), kind="incident", note=report)).rule == "unknown_note"
    done(care.set_note_aside(room.tap(DEVICE), kind="supply", note=given))


def test_a_note_of_another_site_cannot_be_set_aside(database: str) -> None:
    note = done(care.give(a_room().tap(), item="needle")).thing
    other = Room(a_monday_evening(), site_file(slug="elsewhere"))
    assert refused(care.set_note_aside(other.tap(), kind="supply", note=note)).rule == "unknown_note"


def test_services_and_advice_are_kept_with_their_minutes(database: str) -> None:
    room = a_room()
    done(care.serve(room.tap(), kind="shower"))
    done(care.advise(room.tap(), topic="vein_care", minutes=15, visit=here(room)))
    rows = DatabaseStore().find("room_servicegiven")
    assert [(r["kind"], r["topic"], r["minutes"]) for r in rows] == [
        ("shower", "", None),
        ("brief_intervention", "vein_care", 15),
    ]


def test_a_person_may_change_their_mind_about_a_referral(database: str) -> None:
    room = a_room()
    offer = done(care.offer_referral(room.tap(), to="housing", on_site="yes")).thing
    done(care.answer_referral(room.tap(), referral=offer, answer="declined"))
    done(care.answer_referral(room.tap(), referral=offer, answer="accepted"))
    assert only("room_referral")["declined"] is None
    done(care.answer_referral(room.tap(), referral=offer, answer="attended"))
    row = only("room_referral")
    assert row["at"] < row["accepted"] < row["attended"]


def test_what_is_said_of_an_incident_is_sealed_everywhere(database: str) -> None:
    room = a_room()
    visit = here(room)
    done(care.report_incident(room.tap(), kind="threat", police="yes", text="Shouted at the door.", visit=visit))
    row = only("room_incident")
    assert opened(DatabaseStore(), visit, row["sealed"]) == {"text": "Shouted at the door."}
    assert not Entry.objects.filter(text__contains="Shouted").exists()


def test_ten_megabytes_of_text_get_a_sentence(database: str) -> None:
    room = a_room()
    answer = refused(care.report_incident(room.tap(), kind="other", text="x" * 10_000_000))
    assert "10000000" in answer.sentence
    assert "20000" in answer.sentence


def test_no_sample_is_taken_where_the_site_file_forbids_it_but_one_taken_on_paper_is_kept(database: str) -> None:
    room = Room(a_monday_evening(), site_file(drug_checking=False))
    assert refused(care.register_sample(room.tap(), label="A1", declared="heroin")).rule == "no_drug_checking"
    assert not refused(care.register_sample(room.tap(MANAGER), label="A1", declared="heroin")).may_override
    kept = done(care.register_sample(room.tap(late=True), label="A1", declared="heroin"))
    assert kept.flags == ("no_drug_checking",)


def test_a_sample_goes_from_register_to_result_to_told_to_destroyed(database: str) -> None:
    room = a_room()
    sample = done(care.register_sample(room.tap(), label="A1", declared="heroin")).thing
    assert refused(care.tell_result(room.tap(), sample=sample)).rule == "no_result"
    done(care.record_result(room.tap(), sample=sample, method="strip", result="fentanyl found"))
    done(care.tell_result(room.tap(), sample=sample))
    done(care.end_sample(room.tap(), sample=sample, how="destroyed"))
    assert refused(care.end_sample(room.tap(), sample=sample, how="returned")).rule == "already_ended"
    row = only("room_sample")
    assert (row["method"], row["result"], row["ended"], row["told"] is not None) == (
        "strip",
        "fentanyl found",
        "destroyed",
        True,
    )


# --- substances found or given up


def test_a_found_substance_has_no_weight_unless_weighed_and_no_visit(database: str) -> None:
    room = a_room()
    bag = done(care.log_found(room.tap(), spot="toilet", bag="0042", looks="a small white wrap")).thing
    row = only("room_found")
    assert (row["milligrams"], row["visit_id"], row["second_worker"]) == (None, None, None)
    assert opened(DatabaseStore(), bag, row["sealed"])["looks"] == "a small white wrap"


@pytest.mark.parametrize("weight", [0, -1, 100_000_001])
def test_a_weight_that_cannot_be_is_not_kept(database: str, weight: int) -> None:
    answer = refused(care.log_found(a_room().tap(), spot="toilet", bag="0042", milligrams=weight))
    assert answer.rule == "weight"


def test_a_found_substance_needs_two_different_people_before_it_leaves(database: str) -> None:
    room = a_room()
    first, second = new_id(), new_id()
    bag = done(care.log_found(room.tap(worker=first), spot="toilet", bag="0042")).thing
    assert refused(care.witness_found(room.tap(worker=first), found=bag)).rule == "second_person"
    assert refused(care.end_found(room.tap(worker=first), found=bag, how="handed", to="pharmacy")).rule == "one_person"
    done(care.witness_found(room.tap(worker=second), found=bag))
    done(care.end_found(room.tap(worker=first), found=bag, how="handed", to="pharmacy, receipt 7 (invented)"))
    row = only("room_found")
    assert (row["worker"], row["second_worker"], row["ended"]) == (first, second, "handed")
    assert refused(care.end_found(room.tap(), found=bag, how="destroyed", to="x")).rule == "already_ended"


def test_no_act_of_giving_reads_a_person(database: str) -> None:
    """Equipment has no objection that a person's record could raise: its rule is not even told who it is."""
    for act in (care.give, care.take_back):
        assert act.roles > CARE
        assert "client" not in act.body.__annotations__


def live_some_care(room: Room) -> list[Done]:
    visit = here(room)
    bag = done(care.log_found(room.tap(), spot="toilet", bag="7", looks="foil"))
    return [
        done(care.give(room.tap(), item="needle", count=5, visit=visit)),
        done(care.advise(room.tap(), topic="overdose", minutes=5, visit=visit)),
        done(
            care.answer_referral(
                room.tap(),
                referral=done(care.offer_referral(room.tap(), to="housing", visit=visit)).thing,
                answer="accepted",
            )
        ),
        done(care.register_sample(room.tap(), label="A1", declared="heroin")),
        done(care.report_incident(room.tap(), kind="theft", text="A bicycle.", visit=visit)),
        done(care.witness_found(room.tap(), found=bag.thing)),
    ]


def test_care_in_memory_gives_the_same_rows(database: str) -> None:
    with chance_of(Random(1).randbytes):
        first = live_some_care(a_room())
    book = MemoryBook()
    with chance_of(Random(1).randbytes), kept_in(book):
        second = live_some_care(a_room())
    assert first == second
    for table in TABLES:
        stored = {row["id"]: row for row in DatabaseStore().find(table)}
        assert stored
        assert _without_seals(stored) == _without_seals(book.store.tables[table])


def _without_seals(rows: dict[str, Row]) -> dict[str, Row]:
    return {id: {k: v for k, v in row.items() if k != "sealed"} for id, row in rows.items()}
