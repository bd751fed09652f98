"""The service day opens when check and staff hold, or a lead says why not; closing ends nothing that is open."""

from __future__ import annotations

from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest

from fristed.ground.act import ADMINISTRATOR, MANAGER, NURSE, ROOM_WORKER, Role
from fristed.ground.chance import chance_of
from fristed.ground.limits import Limit
from fristed.ground.moments import HOUR, Moment, moment_of
from fristed.ground.site import SiteFile
from fristed.ground.store import DatabaseStore, Row
from fristed.journal.frame import kept_in
from fristed.journal.memory import MemoryBook
from fristed.room.acts import day, door, emergency, emergency_end, places
from fristed.room.rules import day as rules
from fristed.staff.acts import hire, start_duty
from tests.support.cast import Room, a_monday_evening, done, refused, site_file

TODAY = "2025-03-03"
ALL_PRESENT = {item: rules.Checked(item, "present", "2026-01-31") for item in rules.OPENING_ITEMS}


def now(**changes: object) -> rules.DayNow:
    known: dict[str, object] = {"staff": 2, "needed": 2, "checks": ALL_PRESENT}
    return rules.DayNow("s" * 32, TODAY, **(known | changes))  # type: ignore[arg-type]  # a test's few words


def objections(verdict: object) -> list[str]:
    return [o.rule for o in verdict.objections]  # type: ignore[attr-defined]  # a verdict


@pytest.mark.parametrize(
    ("check", "state"),
    [
        (None, "unchecked"),
        (rules.Checked("naloxone", "missing", "2026-01-31"), "missing"),
        (rules.Checked("naloxone", "present", "2025-03-02"), "expired"),
        (rules.Checked("naloxone", "present", "2025-03-03"), "present"),
        (rules.Checked("naloxone", "present"), "undated"),
    ],
)
def test_naloxone_counts_only_when_present_and_dated_and_not_expired(check: rules.Checked | None, state: str) -> None:
    assert rules.state_of("naloxone", check, TODAY) == state


def test_oxygen_needs_no_date() -> None:
    assert rules.state_of("oxygen", rules.Checked("oxygen", "present"), TODAY) == "present"


def test_a_day_opens_without_objection_when_check_and_staff_hold() -> None:
    verdict = rules.open_day(now(), 7)
    assert objections(verdict) == []
    assert verdict.puts[0].values["overridden"] is None


def test_an_unset_minimum_of_staff_is_said_and_never_read_as_zero() -> None:
    verdict = rules.open_day(now(staff=9, needed=None), 7)
    assert objections(verdict) == ["minimum_staff_unset"]
    assert "MUST SET" in verdict.objections[0].sentence


def test_a_minimum_of_zero_that_someone_approved_is_not_unset() -> None:
    assert objections(rules.open_day(now(staff=0, needed=0), 7)) == []


def test_every_missing_thing_objects_and_the_row_says_overridden() -> None:
    verdict = rules.open_day(now(checks={}, staff=1), 7)
    assert objections(verdict) == ["opening_check", "minimum_staff"]
    assert verdict.puts[0].values["overridden"] == 7


def test_what_is_open_at_closing_is_written_down() -> None:
    verdict = rules.close_day(now(exists=True, opened=1), 9, {"visits": 2, "watches": 0, "doses": 1})
    assert verdict.puts[0].values["left_open"] == "doses=1 visits=2"
    assert all(put.table == "room_dayrecord" for put in verdict.puts), "closing touches nothing but the day"


# --- the acts, on both databases


def staffed(file: SiteFile | None = None, *, start: Moment | None = None) -> Room:
    room = Room(start or a_monday_evening(), file or staffed_file())
    for name in ("Ana (invented)", "Bo (invented)"):
        worker = done(hire(room.tap(ADMINISTRATOR), name=name, role="nurse")).thing
        done(start_duty(room.tap(), worker=worker, part="floor"))
    return room


def staffed_file() -> SiteFile:
    return site_file(limits={"minimum_staff": Limit(2, "", "invented for a test", "nobody real")})


def check_all(room: Room, expires: str = "2026-01-31") -> None:
    for item in rules.OPENING_ITEMS:
        done(day.check_item(room.tap(), item=item, found="present", expires=expires))


def record(room: Room, on: str = TODAY) -> Row:
    row = DatabaseStore().latest("room_dayrecord", site_id=room.site, day=on)
    assert row is not None
    return row


def test_admissions_stay_shut_until_the_day_is_opened(database: str) -> None:
    room = staffed()
    assert refused(door.check_in(room.tap(), client=None)).rule == "not_opened"
    check_all(room)
    done(day.open_day(room.tap(ROOM_WORKER)))
    done(door.check_in(room.tap(), client=None))
    assert record(room)["overridden"] is None


@pytest.mark.parametrize("role", [NURSE, MANAGER])
def test_the_lead_opens_with_a_reason_and_it_is_kept_as_overridden(database: str, role: Role) -> None:
    room = staffed()
    check_all(room, expires="2025-03-02")
    assert refused(day.open_day(room.tap(role))).may_override
    opened = done(day.open_day(room.tap(role, override=True, reason="new box on its way")))
    assert opened.flags == ("opening_check",)
    assert record(room)["overridden"] is not None


def test_nobody_else_overrides_an_opening(database: str) -> None:
    room = staffed()
    tap = room.tap(ROOM_WORKER, override=True, reason="let them in")
    assert not refused(day.open_day(tap)).may_override


def test_a_duty_of_an_earlier_day_is_not_counted_as_staff_today(database: str) -> None:
    room = staffed()
    room.now += 24 * HOUR
    check_all(room)
    assert refused(day.open_day(room.tap())).rule == "minimum_staff"


def test_a_night_is_closed_after_midnight_on_its_own_day(database: str) -> None:
    friday_evening = moment_of(datetime(2025, 3, 7, 20, 0, tzinfo=ZoneInfo("Europe/London")))
    room = staffed(start=friday_evening)
    check_all(room)
    done(day.open_day(room.tap()))
    room.now = friday_evening + 7 * HOUR + 600_000_000  # ten minutes after closing at three, Saturday
    done(day.close_day(room.tap(), day="2025-03-07"))
    assert record(room, "2025-03-07")["closed"] is not None


def test_closing_lists_and_loses_nothing(database: str) -> None:
    room = staffed()
    check_all(room)
    done(day.open_day(room.tap()))
    visit = done(door.check_in(room.tap(), client=None, purpose="service")).thing
    done(places.keep_watch(room.tap(), visit=visit))
    done(day.close_day(room.tap()))
    assert record(room)["left_open"] == "visits=1 watches=1"
    store = DatabaseStore()
    assert [row["id"] for row in store.find("room_visit", left=None)] == [visit]
    assert len(store.find("room_watch", ended=None)) == 1


def test_closing_counts_running_emergencies_debriefs_contested_places_and_unknown_doses(database: str) -> None:
    room = staffed()
    check_all(room)
    done(places.lay_out(room.tap(MANAGER)))
    done(day.open_day(room.tap()))
    over = done(emergency.raise_emergency(room.tap(), spot="toilet")).thing
    done(emergency.step(room.tap(), emergency=over, kind="naloxone", product="spray (invented)", route="IN"))
    done(emergency_end.end_emergency(room.tap(), emergency=over, person_now="left_well"))
    done(emergency.raise_emergency(room.tap(), spot="door"))
    nothing = done(emergency.raise_emergency(room.tap(), spot="pavement")).thing
    done(emergency_end.false_alarm(room.tap(), emergency=nothing))
    for word in ("Robin", "Wren"):
        visit = done(door.check_in(room.tap(), client=None, call_word=word)).thing
        done(door.declare(room.tap(), visit=visit, substances=("heroin",), route="inject"))
        done(places.seat(room.tap(late=True), visit=visit, place=1))
    done(day.close_day(room.tap()))
    assert record(room)["left_open"] == "contested=1 debriefs=1 doses=1 emergencies=1 visits=2"


def test_a_closed_day_opens_again_only_by_the_lead(database: str) -> None:
    room = staffed()
    check_all(room)
    done(day.open_day(room.tap()))
    done(day.close_day(room.tap()))
    assert refused(day.open_day(room.tap(ROOM_WORKER))).rule == "was_closed"
    done(day.open_day(room.tap(NURSE, override=True, reason="closed by mistake")))
    assert record(room)["closed"] is None


def test_a_date_that_is_none_gets_a_sentence(database: str) -> None:
    room = staffed()
    answer = refused(day.check_item(room.tap(), item="naloxone", found="present", expires="next May"))
    assert "2026-05-31" in answer.sentence
    assert DatabaseStore().find("room_openingcheck") == []


def live_a_day(room: Room) -> None:
    check_all(room)
    done(day.open_day(room.tap()))
    done(door.check_in(room.tap(), client=None, purpose="service"))
    done(day.close_day(room.tap()))


def test_a_day_in_memory_gives_the_same_rows(database: str) -> None:
    with chance_of(Random(1).randbytes):
        live_a_day(staffed())
    book = MemoryBook()
    with chance_of(Random(1).randbytes), kept_in(book):
        live_a_day(staffed())
    for table in ("room_dayrecord", "room_openingcheck", "room_visit"):
        assert {row["id"]: row for row in DatabaseStore().find(table)} == book.store.tables[table]
