"""Emergencies as they are lived: raised by anyone, every tap kept, closed by one signature."""

from __future__ import annotations

from typing import Any

from fristed.ground.act import DEVICE, NURSE, RECEPTION, ROOM_WORKER
from fristed.ground.ids import Id, new_id
from fristed.ground.limits import Limit
from fristed.ground.moments import MINUTE, SECOND
from fristed.ground.store import DatabaseStore, Row, opened
from fristed.journal.frame import ACTS
from fristed.room.acts import emergency, emergency_end, observation, places
from tests.room.scenes import Floor
from tests.support.cast import done, refused


def row(table: str, id: Id) -> Row:
    found = DatabaseStore().get(table, id)
    assert found is not None
    return found


def rows(table: str, **equals: Any) -> list[Row]:
    return DatabaseStore().find(table, **equals)


def test_everything_in_an_emergency_may_be_done_by_a_device_with_nobody_signed_in(database: str) -> None:
    floor = Floor()
    visit = floor.seated(1)
    tap = floor.device
    raised = done(emergency.raise_emergency(tap(), place=1)).thing
    given = done(
        emergency.step(tap(), emergency=raised, kind="naloxone", product="x", route="IM", micrograms=400)
    ).thing
    done(emergency.undo_step(tap(), step=given))
    late = done(emergency.step(tap(), emergency=raised, kind="naloxone")).thing
    done(emergency.complete_step(tap(), step=late, micrograms=800))
    done(emergency.name_kind(tap(), emergency=raised, kind="opioid"))
    done(observation.observe(tap(), emergency=raised, breaths=6, oxygen=84, avpu="pain"))
    done(emergency.acknowledge(tap(), emergency=raised))
    done(emergency_end.end_emergency(tap(), emergency=raised, person_now="recovery"))
    kept = row("room_emergency", raised)
    assert (kept["visit_id"], kept["kind"], kept["person_now"]) == (visit, "opioid", "recovery")
    assert row("room_step", late)["micrograms"] == 800
    assert all(s["signed_by"] is None for s in rows("room_step", emergency_id=raised))


def test_only_the_debrief_and_what_the_site_signs_need_a_person(database: str) -> None:
    floor = Floor()
    raised = done(emergency.raise_emergency(floor.device(), spot="toilet")).thing
    done(emergency_end.end_emergency(floor.device(), emergency=raised, person_now="left_well"))
    answer = refused(emergency_end.debrief(floor.device(), emergency=raised, outcome="recovered_here"))
    assert answer.rule == "permission"


def test_the_alarm_goes_off_for_what_others_must_hear() -> None:
    loud = {name for name, act in ACTS.items() if act.alarm}
    assert {"room.raise_emergency", "room.acknowledge", "room.end_emergency", "room.false_alarm"} <= loud


def test_a_second_call_about_the_same_place_joins_the_first_and_its_taps_are_found(database: str) -> None:
    floor = Floor()
    floor.seated(1)
    first = done(emergency.raise_emergency(floor.device(), place=1)).thing
    tap = floor.device()
    second = done(emergency.raise_emergency(tap, place=1))
    assert second.thing == first
    step = done(emergency.step(floor.device(), emergency=tap.key, kind="oxygen")).thing
    assert row("room_step", step)["emergency_id"] == first
    assert len(rows("room_emergency")) == 1


def test_two_emergencies_at_once_and_a_call_for_staff_safety_are_three(database: str) -> None:
    floor = Floor()
    floor.seated(1)
    floor.seated(2)
    for place, kind in ((1, ""), (2, ""), (1, "staff_safety")):
        done(emergency.raise_emergency(floor.device(), place=place, kind=kind))
    assert len(rows("room_emergency", ended=None)) == 3


def test_a_tap_about_an_emergency_nobody_has_heard_of_makes_it_and_the_call_may_come_after(database: str) -> None:
    floor = Floor()
    floor.seated(1)
    call = floor.device()
    step = done(emergency.step(floor.device(late=True), emergency=call.key, kind="bag_mask")).thing
    assert row("room_step", step)["emergency_id"] == call.key
    from dataclasses import replace

    done(emergency.raise_emergency(replace(call, late=True), place=1))
    kept = row("room_emergency", call.key)
    assert (kept["place"], kept["raised"]) == (1, call.happened)
    assert len(rows("room_emergency")) == 1


def test_naloxone_starts_a_watch_whose_length_nobody_set_so_it_is_unset_and_a_nurse_releases(database: str) -> None:
    floor = Floor()
    visit = floor.seated(1)
    raised = done(emergency.raise_emergency(floor.device(), place=1)).thing
    done(emergency.step(floor.device(), emergency=raised, kind="naloxone"))
    watch = rows("room_watch", visit_id=visit, why="after_naloxone")[0]
    assert watch["due"] is None
    assert refused(places.release(floor.tap(ROOM_WORKER), watch_id=watch["id"])).rule == "nurse_releases"
    done(places.release(floor.tap(NURSE), watch_id=watch["id"]))


def test_the_watch_after_naloxone_counts_from_the_last_dose_by_the_sites_limit(database: str) -> None:
    floor = Floor(limits={"resedation_watch": Limit(90, "min", "test", "test")})
    visit = floor.seated(1)
    raised = done(emergency.raise_emergency(floor.device(), place=1)).thing
    for _ in range(2):
        last = floor.device()
        done(emergency.step(last, emergency=raised, kind="naloxone", micrograms=400))
    watches = rows("room_watch", visit_id=visit, why="after_naloxone")
    assert [(w["since"], w["due"]) for w in watches] == [(last.happened, last.happened + 90 * MINUTE)]


def test_a_naloxone_taken_back_ends_its_watch_unless_another_was_given(database: str) -> None:
    floor = Floor()
    visit = floor.seated(1)
    raised = done(emergency.raise_emergency(floor.device(), place=1)).thing
    first = done(emergency.step(floor.device(), emergency=raised, kind="naloxone")).thing
    second = done(emergency.step(floor.device(), emergency=raised, kind="naloxone")).thing
    done(emergency.undo_step(floor.device(), step=second))
    assert rows("room_watch", visit_id=visit, why="after_naloxone", ended=None)
    done(emergency.undo_step(floor.device(), step=first))
    assert not rows("room_watch", visit_id=visit, why="after_naloxone", ended=None)


def test_who_it_is_may_be_said_later_and_the_watch_then_counts_from_the_last_naloxone(database: str) -> None:
    floor = Floor()
    visit = floor.seated(1)
    raised = done(emergency.raise_emergency(floor.device(), spot="toilet")).thing
    given = floor.device()
    done(emergency.step(given, emergency=raised, kind="naloxone"))
    done(emergency.identify(floor.device(), emergency=raised, visit=visit))
    assert rows("room_watch", visit_id=visit, why="after_naloxone")[0]["since"] == given.happened


def test_after_ten_seconds_taking_back_needs_a_reason_and_is_kept_with_it(database: str) -> None:
    floor = Floor()
    raised = done(emergency.raise_emergency(floor.device(), spot="door")).thing
    step = done(emergency.step(floor.device(), emergency=raised, kind="cpr")).thing
    floor.room.now += 11 * SECOND
    answer = refused(emergency.undo_step(floor.device(), step=step))
    assert answer.rule == "after_ten_seconds"
    assert answer.may_override
    kept = done(emergency.undo_step(floor.device(override=True, reason="wrong button"), step=step))
    assert kept.flags == ("after_ten_seconds",)
    assert row("room_step", step)["undone"] is not None


def test_a_tap_set_back_five_minutes_can_still_be_taken_back_at_once(database: str) -> None:
    floor = Floor()
    raised = done(emergency.raise_emergency(floor.device(), spot="door")).thing
    tap = floor.device()
    back = done(emergency.step(_set_back(tap, 5), emergency=raised, kind="oxygen")).thing
    done(emergency.undo_step(floor.device(), step=back))


def test_where_the_person_is_now_frees_the_place_or_ends_the_visit(database: str) -> None:
    floor = Floor()
    here, gone = floor.seated(1), floor.seated(2)
    first = done(emergency.raise_emergency(floor.device(), place=1)).thing
    second = done(emergency.raise_emergency(floor.device(), place=2)).thing
    done(emergency_end.end_emergency(floor.device(), emergency=first, person_now="recovery"))
    done(emergency_end.end_emergency(floor.device(), emergency=second, person_now="ambulance"))
    assert not rows("room_stay", freed=None)
    assert row("room_visit", here)["left"] is None
    assert row("room_visit", gone)["exit"] == "ambulance"


def test_a_false_alarm_is_a_fact_that_asks_for_nothing_more_unless_something_was_done(database: str) -> None:
    floor = Floor()
    floor.seated(1)
    first = done(emergency.raise_emergency(floor.device(), place=1)).thing
    done(emergency_end.false_alarm(floor.device(), emergency=first))
    assert row("room_emergency", first)["debriefed"] is not None
    second = done(emergency.raise_emergency(floor.device(), place=1)).thing
    assert second != first
    done(emergency.step(floor.device(), emergency=second, kind="oxygen", litres=10))
    done(emergency_end.false_alarm(floor.device(), emergency=second))
    kept = row("room_emergency", second)
    assert kept["false_alarm"] is not None
    assert kept["debriefed"] is None


def test_an_end_that_was_a_wrong_tap_is_reopened(database: str) -> None:
    floor = Floor()
    raised = done(emergency.raise_emergency(floor.device(), spot="door")).thing
    done(emergency_end.end_emergency(floor.device(), emergency=raised, person_now="left_well"))
    done(emergency_end.reopen_emergency(floor.device(), emergency=raised))
    assert row("room_emergency", raised)["ended"] is None


def test_the_debrief_waits_for_the_end_and_for_every_dose_then_signs_every_unsigned_tap_once(database: str) -> None:
    floor = Floor()
    visit = floor.seated(1)
    raised = done(emergency.raise_emergency(floor.device(), place=1)).thing
    given = done(emergency.step(floor.device(), emergency=raised, kind="naloxone")).thing
    signed = done(emergency.step(floor.tap(ROOM_WORKER), emergency=raised, kind="oxygen")).thing
    seen = done(observation.observe(floor.device(), emergency=raised, breaths=8)).thing
    assert (
        refused(emergency_end.debrief(floor.tap(NURSE), emergency=raised, outcome="hospital")).rule == "still_running"
    )
    done(emergency_end.end_emergency(floor.device(), emergency=raised, person_now="recovery"))
    assert refused(emergency_end.debrief(floor.tap(NURSE), emergency=raised, outcome="hospital")).rule == "dose_missing"
    done(emergency.complete_step(floor.tap(NURSE), step=given, product="Invented", route="IM", micrograms=800))
    tap = floor.tap(NURSE)
    done(emergency_end.debrief(tap, emergency=raised, outcome="recovered_here", text="spoke with everyone"))
    assert row("room_step", given)["signed_by"] == tap.worker
    assert row("room_step", signed)["signed_by"] != tap.worker
    assert row("room_observation", seen)["signed_by"] == tap.worker
    kept = row("room_emergency", raised)
    assert kept["debriefed_by"] == tap.worker
    assert opened(DatabaseStore(), visit, kept["sealed"]) == {"debrief": "spoke with everyone"}


def test_whoever_overdosed_here_carries_an_alert_from_the_end_of_the_emergency_on(database: str) -> None:
    floor = Floor()
    client = floor.client("Robin (invented)")
    floor.seated(1, client=client)
    raised = done(emergency.raise_emergency(floor.device(), place=1, kind="opioid")).thing
    done(emergency_end.end_emergency(floor.device(), emergency=raised, person_now="recovery"))
    done(emergency_end.debrief(floor.tap(NURSE), emergency=raised, outcome="recovered_here"))
    alerts = rows("people_alert", client_id=client)
    assert [(a["kind"], a["since"]) for a in alerts] == [("overdose_here", row("room_emergency", raised)["raised"])]


def test_a_measurement_that_cannot_be_is_sent_back_with_its_range_and_looking_is_kept(database: str) -> None:
    floor = Floor()
    visit = floor.seated(1)
    assert "0 and 100" in refused(observation.observe(floor.tap(RECEPTION), visit=visit, oxygen=140)).sentence
    assert refused(observation.observe(floor.tap(RECEPTION), visit=visit)).rule == "nothing_measured"
    tap = floor.tap(RECEPTION)
    done(observation.observe(tap, visit=visit, oxygen=97, gcs=15))
    assert row("room_visit", visit)["seen"] == tap.happened


def test_nobody_of_another_site_touches_an_emergency(database: str) -> None:
    floor, other = Floor(), Floor(slug="other-house")
    raised = done(emergency.raise_emergency(floor.device(), spot="door")).thing
    answer = refused(emergency.step(other.device(), emergency=raised, kind="oxygen"))
    assert answer.rule == "unknown_emergency"
    assert refused(emergency_end.end_emergency(other.device(), emergency=raised, person_now="place"))


def test_admissions_pause_while_an_emergency_runs_where_the_site_wants_it(database: str) -> None:
    floor = Floor(emergency_pauses_admission=True)
    floor.seated(1)
    waiting = floor.waiting()
    raised = done(emergency.raise_emergency(floor.device(), place=1)).thing
    assert refused(places.seat(floor.tap(RECEPTION), visit=waiting, place=2)).rule == "emergency_running"
    done(emergency_end.false_alarm(floor.device(), emergency=raised))
    done(places.seat(floor.tap(RECEPTION), visit=waiting, place=2))


def test_a_device_that_names_who_does_it_is_believed_only_about_people_of_this_site(database: str) -> None:
    floor = Floor()
    raised = done(emergency.raise_emergency(floor.device(), spot="door")).thing
    step = done(emergency.acknowledge(floor.device(), emergency=raised, worker=new_id())).key
    assert row("room_step", step)["worker"] is None
    assert rows("room_step", id=step, role="")[0]["device"] == floor.device_id
    assert DEVICE in ACTS["room.acknowledge"].roles


def _set_back(tap: Any, minutes: int) -> Any:
    from dataclasses import replace

    return replace(tap, happened=tap.happened - minutes * MINUTE)
