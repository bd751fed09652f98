"""Counts by definition, on a site small enough to count by hand."""

from __future__ import annotations

import csv
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fristed.evidence.definitions import definitions
from fristed.evidence.queries.episodes import one_name
from fristed.evidence.queries.period import Period
from fristed.evidence.spreadsheet import as_csv
from fristed.evidence.thistle import Thistle, thistle
from fristed.evidence.unique import DifferentPeople, NotAdditive
from fristed.ground.ids import Id
from fristed.ground.moments import DAY, HOUR, MINUTE
from fristed.ground.site import SiteFile
from fristed.neighbourhood import acts as street
from fristed.people import acts as people
from fristed.room.acts import care, door, emergency, emergency_end, places
from tests.support.cast import Room, a_monday_evening, done, site_file

BY_THE_LEAD = "opened by the lead"


class Hand:
    """A room in which people come on the day of its clock."""

    def __init__(self, file: SiteFile | None = None) -> None:
        self.room = Room(a_monday_evening(), file)  # 3 March 2025
        done(places.lay_out(self.room.tap("manager")))

    def known(self, code: str, gender: str = "") -> Id:
        card = {"gender": gender} if gender else {}
        return done(people.register(self.room.tap(), code=code, card=card)).thing

    def comes(self, client: Id | None, purpose: str = "consume") -> Id:
        return done(
            door.check_in(self.room.tap(override=True, reason=BY_THE_LEAD), client=client, purpose=purpose)
        ).thing

    def uses(self, visit: Id, *substances: str, route: str = "inject", place: int = 1) -> None:
        said = done(door.declare(self.room.tap(), visit=visit, substances=substances, route=route)).thing
        stay = done(places.seat(self.room.tap(), visit=visit, place=place)).thing
        done(places.use(self.room.tap(), consumption=said))
        done(places.leave_place(self.room.tap(), stay=stay))
        done(places.clean(self.room.tap(), place=place))

    def leaves(self, visit: Id) -> None:
        done(places.leave_house(self.room.tap(), visit=visit, how="against_advice"))

    def serves(self, client: Id | None) -> None:
        visit = self.comes(client, "service")
        done(care.serve(self.room.tap(), kind="shower", visit=visit))
        self.leaves(visit)

    def injects(self, client: Id | None, *substances: str) -> None:
        visit = self.comes(client)
        self.uses(visit, *substances)
        self.leaves(visit)

    def count(self, first: date = date(2025, 3, 1), last: date = date(2025, 4, 30)) -> Thistle:
        return thistle(Period(self.room.site, first, last))


def test_accesses_are_registered_people_who_were_given_something(database: str) -> None:
    hand = Hand()
    robin = hand.known("robin")
    hand.injects(robin, "heroin")
    hand.serves(robin)
    hand.serves(None)  # without a code
    waiting = hand.comes(hand.known("wren"))
    done(door.give_up(hand.room.tap(), visit=waiting))
    assert hand.count().accesses == 2
    assert hand.count().people == 1


def test_an_episode_is_a_use_by_injection_that_began(database: str) -> None:
    hand = Hand()
    visit = hand.comes(hand.known("robin"))
    hand.uses(visit, "heroin")
    hand.uses(visit, "cocaine", "heroin")
    hand.uses(visit, "crack", route="smoke", place=3)
    done(door.declare(hand.room.tap(), visit=visit, substances=("heroin",), route="inject"))  # and thought better of it
    [march, _] = hand.count().months
    assert (march.accesses, march.episodes, march.substances) == (1, 2, {"heroin": 1, "snowball": 1})
    assert march.percent("snowball") == 50.0


@pytest.mark.parametrize(
    ("declared", "column"),
    [
        (["heroin"], "heroin"),
        (["cocaine", "heroin"], "snowball"),
        (["snowball"], "snowball"),
        (["heroin", "snowball"], "mixed"),
        (["crack", "heroin"], "mixed"),
    ],
)
def test_an_episode_is_counted_in_one_column_only(declared: list[str], column: str) -> None:
    assert one_name(declared) == column


def test_different_people_are_counted_once_over_any_period_and_never_added_up(database: str) -> None:
    hand = Hand()
    robin, wren = hand.known("robin"), hand.known("wren")
    hand.serves(robin)
    hand.room.now += 35 * DAY
    hand.serves(robin)
    hand.serves(wren)
    table = hand.count()
    assert [m.people for m in table.months] == [1, 2]
    assert [m.people_so_far for m in table.months] == [1, 2]
    assert table.people == 2
    with pytest.raises(NotAdditive):
        sum(m.people for m in table.months)
    with pytest.raises(NotAdditive):
        DifferentPeople(1) + DifferentPeople(1)


def test_records_of_one_person_count_as_one_until_told_apart(database: str) -> None:
    hand = Hand()
    robin, again = hand.known("robin"), hand.known("robin-2")
    hand.serves(robin)
    hand.serves(again)
    assert hand.count().people == 2
    merged = done(people.merge(hand.room.tap(), client=robin, other=again))
    assert hand.count().people == 1
    done(people.unmerge(hand.room.tap(), merge_id=merged.key))
    assert hand.count().people == 2


def test_emergencies_are_counted_by_what_was_done_and_false_alarms_are_not(database: str) -> None:
    hand = Hand()

    def raised(kind: str = "") -> Id:
        hand.room.now += HOUR
        return done(emergency.raise_emergency(hand.room.tap(), spot="pavement", kind=kind)).thing

    oxygen, with_naloxone, nothing = raised(), raised(), raised()
    raised(kind="staff_safety")
    done(emergency.step(hand.room.tap(), emergency=oxygen, kind="oxygen"))
    wrong = done(emergency.step(hand.room.tap(), emergency=oxygen, kind="naloxone")).thing
    done(emergency.undo_step(hand.room.tap(), step=wrong))
    done(emergency.step(hand.room.tap(), emergency=with_naloxone, kind="naloxone"))
    done(emergency.step(hand.room.tap(), emergency=with_naloxone, kind="ambulance_called"))
    done(emergency_end.false_alarm(hand.room.tap(), emergency=nothing))
    table = hand.count()
    assert table.emergencies == 2
    assert {grade: n for grade, n in table.grades.items() if n} == {"2": 1, "5": 1}
    assert (table.naloxone, table.ambulances, table.hospital) == (1, 1, 0)


def test_gender_is_opened_in_memory_and_who_did_not_say_is_shown_apart(database: str) -> None:
    hand = Hand()
    for code, gender in (("robin", "male"), ("wren", "female"), ("lark", "")):
        hand.serves(hand.known(code, gender))
    assert hand.count().genders == {"female": 1, "male": 1, "not said": 1}


NOTED = {
    "equipment_out": 12,
    "equipment_back": 3,
    "naloxone_kits": 2,
    "services": 1,
    "interventions": 1,
    "referrals": 2,
    "referrals_accepted": 1,
    "referrals_attended": 1,
    "samples": 1,
    "found": 1,
    "incidents": 1,
    "needles_found": 7,
    "complaints": 1,
    "public_use": 4,
    "patrols": 30,
}


def noted(hand: Hand) -> list[tuple[str, Id]]:
    """One of every note, and two referrals; answers each with the kind by which it is set aside."""
    tap = hand.room.tap
    visit = hand.comes(hand.known("robin"), "service")
    accepted = done(care.offer_referral(tap(), to="housing", visit=visit)).thing
    done(care.answer_referral(tap(), referral=accepted, answer="accepted"))
    done(care.answer_referral(tap(), referral=accepted, answer="attended"))
    made = [
        ("supply", care.give(tap(), item="needles", count=12, visit=visit)),
        ("supply", care.take_back(tap(), item="needles", count=3)),
        ("supply", care.give(tap(), item="naloxone_kit", count=2, for_others="yes")),
        ("service", care.serve(tap(), kind="shower", visit=visit)),
        ("service", care.advise(tap(), topic="safer use", visit=visit)),
        ("referral", care.offer_referral(tap(), to="housing")),
        ("sample", care.register_sample(tap(), label="A1", declared="heroin")),
        ("found", care.log_found(tap(), spot="toilet", bag="B1")),
        ("incident", care.report_incident(tap(), kind="theft")),
        ("needles", street.find_needles(tap(), spot="the steps", count=7)),
        ("complaint", street.take_complaint(tap(), channel="phone", category="noise", text="loud (invented)")),
        ("public_use", street.count_public_use(tap(), spot="the steps", count=4)),
        ("patrol", street.walk_patrol(tap(), spot="around", minutes=30)),
    ]
    return [("referral", accepted), *((kind, done(outcome).thing) for kind, outcome in made)]


def test_notes_are_counted_and_a_note_set_aside_is_not(database: str) -> None:
    hand = Hand(site_file(drug_checking=True))
    made = noted(hand)
    [march, april] = hand.count().months
    assert march.given == hand.count().given == NOTED
    assert set(april.given.values()) == {0}
    for kind, note in made:
        set_aside = care.set_note_aside if kind in care.TABLES else street.set_note_aside
        done(set_aside(hand.room.tap(), kind=kind, note=note))  # type: ignore[arg-type]  # words of both lists
    assert set(hand.count().given.values()) == {0}


def test_a_report_as_csv_has_a_line_for_each_month_and_one_for_the_whole_period(database: str) -> None:
    hand = Hand()
    hand.injects(hand.known("robin"), "heroin")
    hand.room.now += 35 * DAY
    hand.serves(hand.known("wren"))
    done(care.give(hand.room.tap(), item="needles", count=5))
    march, april, everything = csv.DictReader(as_csv(hand.count()).splitlines())
    assert (march["month"], march["accesses"], march["heroin_percent"], march["people"]) == (
        "2025-03",
        "1",
        "100.0",
        "1",
    )
    assert (april["month"], april["heroin_percent"], april["people_so_far"]) == ("2025-04", "", "2")
    assert (everything["month"], everything["accesses"], everything["equipment_out"]) == ("all", "2", "5")
    assert (everything["people"], everything["people_so_far"]) == ("", "2"), "different people are never added up"


def test_a_report_asks_the_database_as_often_however_long_the_history_and_reads_only_its_period(database: str) -> None:
    hand = Hand()
    for code in ("robin", "wren"):
        hand.injects(hand.known(code), "heroin")

    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            hand.count()
        return [query["sql"] for query in queries]

    before = asked()
    for code in ("lark", "finch", "heron"):
        hand.injects(hand.known(code), "heroin")
    hand.room.now += 40 * DAY
    hand.injects(hand.known("merle"), "heroin")
    after = asked()
    assert len(after) == len(before) < 25
    history = ("room_visit", "room_consumption", "room_emergency", "room_step", *NOTES)
    for sql in after:
        if any(f"FROM {table}" in sql for table in history):
            assert "day BETWEEN" in sql, "it reads the whole history"


NOTES = ("room_supply", "room_servicegiven", "room_referral", "room_sample", "room_found", "room_incident")


def test_a_night_is_counted_on_the_day_of_its_opening(database: str) -> None:
    hand = Hand()
    hand.room.now += 4 * DAY + 8 * HOUR + 5 * MINUTE  # Saturday 02:05, of Friday's service day
    hand.serves(hand.known("robin"))
    friday, saturday = date(2025, 3, 7), date(2025, 3, 8)
    assert hand.count(friday, friday).accesses == 1
    assert hand.count(saturday, saturday).accesses == 0


def test_every_definition_is_printed_with_its_source(database: str) -> None:
    table = Hand().count()
    assert {d.code for d in table.definitions} == set(definitions())
    assert all(d.counts and d.source for d in table.definitions)


def test_another_site_is_never_in_the_count(database: str) -> None:
    here, there = Hand(), Hand(site_file(slug="beacon"))
    there.serves(there.known("robin"))
    assert here.count().accesses == 0
