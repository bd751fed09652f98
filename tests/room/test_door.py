"""Who comes in, who is not given a place and why, and what can never be asked or barred."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils.translation import gettext, override

from fristed.ground.act import DEVICE, FLOOR, MANAGER, NURSE, RECEPTION, Objection
from fristed.ground.ids import new_id
from fristed.ground.moments import HOUR, clock_of
from fristed.ground.site import SiteFileError, parse_site_file
from fristed.ground.store import DatabaseStore, opened
from fristed.people import acts as people
from fristed.room.acts import care, day, door, emergency, places
from fristed.room.queries import door as queries
from fristed.room.rules.door import TURN_AWAY_RULES, Door
from fristed.staff.who import Who
from tests.support.cast import SITE_FILE, Room, a_monday_evening, done, refused, site_file

# everything that an admission may read; a new field here is a decision about people, not about code
ADMISSION_READS = {
    "site",
    "day",
    "opened",
    "within_hours",
    "exclusion",
    "ineligible",
    "already_here",
    "code_needed",
}


SHORT: dict[str, str | int] = {"staff": 1, "needed": 3}
LONG: dict[str, str | int] = {"longest": 3650}


class Evening(Room):
    """An open room at eight in the evening, with someone known."""

    def __init__(self, **changes: Any) -> None:
        super().__init__(a_monday_evening(), site_file(**changes))
        done(places.lay_out(self.tap(MANAGER)))
        done(day.open_day(self.tap(MANAGER, override=True, reason="invented day of a test")))
        self.robin = done(people.register(self.tap(RECEPTION), code="Robin", call_word="Blackbird")).thing

    def who(self) -> Who:
        return Who(self.site, RECEPTION, worker=new_id(1))


def row(table: str, id: str) -> dict[str, Any]:
    found = DatabaseStore().get(table, id)
    assert found is not None
    return found


def called(visit: str) -> str:
    kept = row("room_visit", visit)
    return str(opened(DatabaseStore(), kept["client_id"] or visit, kept["sealed"])["call_word"])


def test_an_admission_rule_reads_these_facts_and_no_others() -> None:
    assert {field.name for field in fields(Door)} == ADMISSION_READS


@pytest.mark.parametrize("question", ["in_treatment", "agreement", "referral_attended", "substituted"])
def test_a_site_file_cannot_make_anything_else_a_condition_of_admission(question: str) -> None:
    with pytest.raises(SiteFileError, match="eligibility"):
        parse_site_file(SITE_FILE + f'\n[eligibility]\n{question} = "no"\n')


def test_nobody_can_be_turned_away_for_want_of_consent() -> None:
    assert not [rule for rule in TURN_AWAY_RULES if "consent" in rule]


def test_nothing_is_asked_in_return(database: str) -> None:
    """Every consent declined or taken back, every referral missed, in treatment: a place all the same."""
    room = Evening()
    for purpose in ("service", "evaluation", "referral", "contact"):
        said = people.answer_consent(room.tap(), client=room.robin, purpose=purpose, answer="declined")
        done(said)
    before = done(door.check_in(room.tap(RECEPTION), client=room.robin, purpose="service")).thing
    offered = done(care.offer_referral(room.tap(), to="addiction_care", visit=before)).thing
    done(care.answer_referral(room.tap(), referral=offered, answer="declined"))
    done(places.leave_house(room.tap(), visit=before, how="well"))
    done(people.change_card(room.tap(), client=room.robin, card={"frequency": "none"}))
    visit = done(door.arrive(room.tap(RECEPTION), client=room.robin, route="inject", substances=("heroin",))).thing
    done(places.seat(room.tap(), visit=visit, place=1))
    assert row("room_visit", visit)["outcome"] == "admitted"


def test_no_exclusion_missing_field_or_lock_out_stops_equipment_naloxone_or_an_emergency(database: str) -> None:
    room = Evening(visits_without_code=False)
    done(people.exclude(room.tap(NURSE), client=room.robin, reason="violence", number=30, unit="days"))
    done(people.answer_eligibility(room.tap(), client=room.robin, question="adult", answer="no"))
    room.now += 12 * HOUR  # closed, and a day that nobody opened
    for client in (room.robin, None):
        assert refused(door.check_in(room.tap(RECEPTION), client=client))
        visit = done(door.check_in(room.tap(RECEPTION), client=client, purpose="service")).thing
        for item in ("needle", "naloxone_kit"):
            done(care.give(room.tap(RECEPTION), item=item, visit=visit))
        done(care.give(room.tap(RECEPTION), item="naloxone_kit"))
        device = room.tap(DEVICE, worker=None, device=new_id(2))
        raised = done(emergency.raise_emergency(device, spot="door", visit=visit)).thing
        given = room.tap(DEVICE, worker=None, device=new_id(2))
        done(emergency.step(given, emergency=raised, kind="naloxone"))


def test_an_excluded_person_is_told_until_when_and_who_may_override_under_any_of_their_codes(database: str) -> None:
    room = Evening()
    wren = done(people.register(room.tap(RECEPTION), code="Wren")).thing
    tap = room.tap(MANAGER)
    done(people.exclude(tap, client=wren, reason="dealing", number=7, unit="days"))
    done(people.merge(room.tap(), client=room.robin, other=wren))
    for client in (room.robin, wren):
        answer = refused(door.check_in(room.tap(RECEPTION), client=client))
        assert (answer.rule, answer.objections[0].until) == ("excluded", tap.happened + 7 * 24 * HOUR)
        assert not answer.may_override
        assert refused(door.check_in(room.tap(NURSE), client=client)).may_override
    with clock_of(lambda: room.now):
        shown = queries.objections(room.who(), room.robin)
    assert [objection.rule for objection in shown] == ["excluded"]
    done(door.check_in(room.tap(NURSE, override=True, reason="the lead decided"), client=wren))


def test_a_visit_of_a_merged_record_is_kept_under_the_record_it_was_put_under(database: str) -> None:
    room = Evening()
    wren = done(people.register(room.tap(RECEPTION), code="Wren")).thing
    done(people.merge(room.tap(), client=room.robin, other=wren))
    visit = done(door.check_in(room.tap(RECEPTION), client=wren)).thing
    assert row("room_visit", visit)["client_id"] == room.robin
    assert refused(door.check_in(room.tap(RECEPTION), client=room.robin)).rule == "already_here"


def test_a_check_in_that_says_nothing_of_use_waits_undeclared(database: str) -> None:
    room = Evening()
    visit = done(door.arrive(room.tap(RECEPTION), client=room.robin, route="smoke")).thing
    assert DatabaseStore().find("room_consumption") == []
    (waiting,) = queries.queue(room.site)
    assert (waiting.visit, waiting.call_word, waiting.route, waiting.declared) == (visit, "Blackbird", "smoke", False)
    half = refused(door.arrive(room.tap(RECEPTION), client=None, route="smoke", depressants="yes"))
    assert half.rule == "no_substance"


def test_what_was_not_asked_is_kept_apart_from_no(database: str) -> None:
    room = Evening()
    visit = done(
        door.arrive(room.tap(RECEPTION), client=room.robin, route="inject", substances=("heroin",), tolerance="no")
    ).thing
    (said,) = DatabaseStore().find("room_consumption", visit_id=visit)
    assert said["tolerance"] == "no"
    for unasked in ("last_use", "depressants", "assisted", "product_seen", "rules_told"):
        assert said[unasked] == "not_asked"


def test_several_consumptions_in_one_visit_are_ordinary_and_assistance_names_the_helper(database: str) -> None:
    room = Evening()
    helper = done(people.register(room.tap(RECEPTION), code="Wren")).thing
    visit = done(door.arrive(room.tap(RECEPTION), client=room.robin, route="inject", substances=("heroin",))).thing
    again = done(
        door.declare(
            room.tap(), visit=visit, substances=("cocaine", "heroin"), route="smoke", assisted="yes", helper=helper
        )
    )
    said = row("room_consumption", again.thing)
    assert (said["substances"], said["helper"], said["assisted"]) == ("cocaine heroin", helper, "yes")
    assert len(DatabaseStore().find("room_consumption", visit_id=visit)) == 2
    nobody = door.declare(room.tap(), visit=visit, substances=("heroin",), route="inject", helper=new_id(5))
    assert refused(nobody).rule == "unknown_client"


@pytest.mark.parametrize(
    "said",
    [{"substances": ("tea",)}, {"route": "rectal"}, {"last_use": "in 1985"}, {"depressants": "maybe"}],
)
def test_a_word_on_no_list_is_refused_and_nothing_is_half_written(database: str, said: dict[str, Any]) -> None:
    room = Evening()
    asked = {"substances": ("heroin",), "route": "inject"} | said
    refused(door.arrive(room.tap(RECEPTION), client=room.robin, **asked))
    assert DatabaseStore().find("room_visit") == []
    assert DatabaseStore().find("room_consumption") == []


def test_a_consumption_before_its_visit_is_refused_live_and_kept_late_with_a_flag(database: str) -> None:
    room = Evening()
    visit = done(door.check_in(room.tap(RECEPTION), client=room.robin)).thing
    early = room.now - HOUR
    said: dict[str, Any] = {"visit": visit, "substances": ("heroin",), "route": "inject"}
    answer = refused(door.declare(room.tap(happened=early), **said))
    assert answer.rule == "before_visit"
    assert "Check the time" in answer.sentence
    assert done(door.declare(room.tap(happened=early, late=True), **said)).flags == ("before_visit",)


def test_a_call_word_may_change_at_any_visit_and_stays_changed(database: str) -> None:
    room = Evening()
    first = done(door.check_in(room.tap(RECEPTION), client=room.robin)).thing
    assert called(first) == "Blackbird"
    done(door.change_call_word(room.tap(RECEPTION), visit=first, call_word="Swift"))
    assert called(first) == "Swift"
    done(places.leave_house(room.tap(), visit=first, how="well"))
    second = done(door.check_in(room.tap(RECEPTION), client=room.robin)).thing
    assert called(second) == "Swift"
    done(places.leave_house(room.tap(), visit=second, how="well"))
    third = done(door.check_in(room.tap(RECEPTION), client=room.robin, call_word="Lark")).thing
    assert called(third) == "Lark"
    assert refused(door.change_call_word(room.tap(), visit=third, call_word=" ")).rule


def test_someone_without_code_or_word_is_called_by_a_ticket(database: str) -> None:
    room = Evening()
    visit = done(door.check_in(room.tap(RECEPTION), client=None)).thing
    letter, number = called(visit).split()
    assert letter.isupper()
    assert 10 <= int(number) <= 99


def test_who_is_turned_away_is_kept_with_the_rule_and_what_was_offered_instead(database: str) -> None:
    room = Evening()
    done(people.exclude(room.tap(NURSE), client=room.robin, reason="theft", number=2))
    away = done(
        door.turn_away(room.tap(RECEPTION), client=room.robin, rule="excluded", offered=("equipment", "naloxone"))
    ).thing
    kept = row("room_visit", away)
    assert (kept["outcome"], kept["refused_by"], kept["offered"]) == ("refused", "excluded", "equipment naloxone")
    assert kept["left"] is not None
    assert refused(door.turn_away(room.tap(), client=None, rule="other")).rule == "nothing_offered"
    assert refused(door.turn_away(room.tap(), client=None, rule="his face", offered=("care",))).rule == "unknown_rule"


def test_who_waited_may_be_refused_after_all_and_leaves_the_queue(database: str) -> None:
    room = Evening()
    visit = done(door.check_in(room.tap(RECEPTION), client=room.robin)).thing
    done(door.refuse(room.tap(RECEPTION), visit=visit, rule="intoxicated", offered=("care",)))
    assert row("room_visit", visit)["outcome"] == "refused"
    assert queries.queue(room.site) == []
    assert refused(door.refuse(room.tap(), visit=visit, rule="other", offered=("care",))).rule == "not_waiting"


def test_the_newest_answer_of_a_person_counts_over_all_their_records(database: str) -> None:
    room = Evening()
    wren = done(people.register(room.tap(RECEPTION), code="Wren", eligibility={"adult": "no"})).thing
    done(people.merge(room.tap(), client=room.robin, other=wren))
    answer = refused(door.check_in(room.tap(RECEPTION), client=room.robin))
    assert (answer.rule, answer.objections[0].source) == ("ineligible", "adult")
    done(people.answer_eligibility(room.tap(), client=room.robin, question="adult", answer="yes", given_by="worker"))
    done(door.check_in(room.tap(RECEPTION), client=room.robin))


def test_the_match_list_tells_two_people_with_one_code_apart(database: str) -> None:
    room = Evening()
    twin = done(people.register(room.tap(RECEPTION), code="robin", born="1992", gender="female")).thing
    done(people.start_alert(room.tap(), client=twin, kind="seizure"))
    visit = done(door.arrive(room.tap(RECEPTION), client=room.robin, route="inject", substances=("heroin",))).thing
    first, second = sorted(queries.matches(room.site, "ROBIN"), key=lambda found: found.person.client)
    assert first.exact and second.exact
    assert (first.person.call_word, first.here, first.alerts) == ("Blackbird", visit, ())
    assert (second.person.born, second.last, second.alerts[0].kind) == ("1992", None, "seizure")


def test_the_usual_is_offered_the_last_first_each_once(database: str) -> None:
    room = Evening()
    for substances, route in ((("heroin",), "inject"), (("cocaine",), "smoke"), (("heroin",), "inject")):
        visit = done(door.arrive(room.tap(), client=room.robin, route=route, substances=substances)).thing
        done(places.leave_house(room.tap(), visit=visit, how="well"))
    at = queries.at_the_door(room.who(), room.robin)
    assert at is not None
    assert [(u.substances, u.route) for u in at.usual] == [(("heroin",), "inject"), (("cocaine",), "smoke")]


def test_why_not_is_said_at_the_door_in_the_reader_s_language_with_its_gaps_filled() -> None:
    staff = Objection("minimum_staff", "Too few staff on shift today: {staff} of {needed}.", values=SHORT)
    length = Objection(
        "exclusion_length", "An exclusion lasts at least one hour and at most {longest} days.", values=LONG
    )
    with override("da"):
        panel = render_to_string("room/door_refused.html", {"objections": (staff, length), "zone": "Europe/London"})
        door = render_to_string("room/door.html", {"objections": (staff,), "file": site_file(), "queue": ()})
    for page in (panel, door):
        assert gettext_in("da", staff).format(**SHORT) in page
        assert "{" not in "".join(re.findall(r"<(?:h2|p)[^>]*>[^<]*", page))
    assert gettext_in("da", length).format(**LONG) in panel


def gettext_in(language: str, objection: Objection) -> str:
    with override(language):
        said = gettext(objection.sentence)
    assert said != objection.sentence
    return said


def test_every_floor_role_may_do_everything_at_the_door() -> None:
    for act in (door.check_in, door.arrive, door.declare, door.turn_away, door.refuse, door.call, door.give_up):
        assert act.roles == FLOOR, act.name
