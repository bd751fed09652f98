"""The board: what it says of a room at work, to whom, and at what cost."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from fristed.ground.act import DEVICE, MANAGER, NURSE
from fristed.ground.limits import Limit
from fristed.ground.moments import MINUTE, now
from fristed.ground.site import Danger, Place
from fristed.people.acts.alerts import start_alert
from fristed.room.acts import door, emergency, emergency_end, observation, places
from fristed.room.queries.board import Board, board
from fristed.room.queries.record import record
from fristed.room.screens import fragments
from fristed.room.screens.fragments import fragment
from tests.room.scenes import Floor
from tests.support.cast import done

HEROIN = (Danger("heroin", limit=Limit(15, "min", "test", "test")),)


def tile(shown: Board, number: int) -> Any:
    return next(t for t in shown.tiles if t.number == number)


def test_a_place_is_followed_from_free_to_wiped(database: str) -> None:
    floor = Floor()
    states = [tile(board(floor.site), 1).state]
    visit = floor.seated(1)
    consumption = board(floor.site).people[visit].consumption
    assert consumption is not None
    states.append(tile(board(floor.site), 1).state)
    for act, asked in ((places.use, {"consumption": consumption}), (places.finish, {"consumption": consumption})):
        done(act(floor.tap(), **asked))
        states.append(tile(board(floor.site), 1).state)
    done(places.keep_watch(floor.tap(), visit=visit))
    states.append(tile(board(floor.site), 1).state)
    raised = done(emergency.raise_emergency(floor.device(), place=1)).thing
    states.append(tile(board(floor.site), 1).state)
    done(emergency_end.end_emergency(floor.device(), emergency=raised, person_now="recovery"))
    states.append(tile(board(floor.site), 1).state)
    done(places.clean(floor.tap(), place=1))
    done(places.close_place(floor.tap(), place=1, reason="lamp"))
    states.append(tile(board(floor.site), 1).state)
    assert states == ["free", "preparing", "consuming", "observed", "watch", "emergency", "cleaning", "closed"]


def test_the_clock_after_a_use_goes_on_while_another_use_is_declared(database: str) -> None:
    cocaine = Danger("cocaine", limit=Limit(5, "min", "test", "test"))
    floor = Floor(danger=(*HEROIN, cocaine))
    visit = floor.seated(1)
    first = board(floor.site).people[visit].consumption or ""
    done(places.use(floor.tap(), consumption=first))
    floor.room.now += 4 * MINUTE
    done(places.finish(floor.tap(), consumption=first))
    second = done(door.declare(floor.tap(), visit=visit, substances=("cocaine",), route="inject")).thing
    person = board(floor.site).people[visit]
    assert (person.consumption, person.started) == (second, None)
    assert person.used is not None and (person.used.substances, person.used.danger) == (("heroin",), 15 * MINUTE)
    html = fragment(floor.site, "staff").html
    assert 'data-danger="900000000"' in html
    assert "after use: heroin" in html and "not used yet" not in html
    raised = done(emergency.raise_emergency(floor.device(), place=1)).thing
    written = record(floor.site, raised)
    assert written is not None and [use["id"] for use in written.used] == [first]
    done(places.use(floor.tap(), consumption=second))
    now_used = board(floor.site).people[visit].used
    assert now_used is not None and now_used.substances == ("cocaine",)
    assert now_used.danger is not None and 10 * MINUTE < now_used.danger <= 11 * MINUTE, "heroin is not over yet"


def test_a_use_before_the_last_one_stays_in_sight_with_what_was_said_then(database: str) -> None:
    floor = Floor()
    visit = floor.seated(1, tolerance="yes", assisted="yes")
    first = board(floor.site).people[visit].consumption or ""
    done(places.use(floor.tap(), consumption=first))
    floor.room.now += 3 * MINUTE
    said = {"depressants": "no", "tolerance": "no", "assisted": "no"}
    second = done(door.declare(floor.tap(), visit=visit, substances=("cocaine",), route="inject", **said)).thing
    done(places.use(floor.tap(), consumption=second))
    person = board(floor.site).people[visit]
    assert [use.substances for use in person.before] == [("heroin",)]
    assert "tolerance" in person.flags and "assisted" not in person.flags
    raised = done(emergency.raise_emergency(floor.device(), place=1)).thing
    html = fragment(floor.site, "staff").html
    assert html.count("before that: heroin · inject") == 2, "on the place and in the emergency"
    written = record(floor.site, raised)
    assert written is not None and [use["id"] for use in written.used] == [second, first]


def test_limit_and_danger_are_two_signals_and_unset_is_never_zero(database: str) -> None:
    floor = Floor(danger=HEROIN, stay={"inject": Limit(30, "min", "test", "test")})
    known, unknown = floor.seated(1), floor.seated(2, substances=("other",))
    for visit in (known, unknown):
        consumption = board(floor.site).people[visit].consumption
        done(places.use(floor.tap(), consumption=consumption or "", seen=visit == known))
    shown = board(floor.site)
    assert tile(shown, 1).limit == 30 * MINUTE
    first, other = shown.people[known].used, shown.people[unknown].used
    assert first is not None and first.danger == 15 * MINUTE
    assert other is not None and (other.danger, other.seen) == (None, "not_seen")
    html = fragment(floor.site, "staff").html
    assert 'data-danger="900000000"' in html
    assert "data-danger=" not in html.split('id="place-2"')[1].split('id="place-3"')[0]
    assert "use not seen" in html


def test_flags_say_what_raises_the_risk_and_how_often_someone_overdosed_here(database: str) -> None:
    floor = Floor()
    client = floor.client("Kestrel (invented)")
    for kind in ("overdose_here", "overdose_here", "seizure"):
        done(start_alert(floor.tap(), client=client, kind=kind))
    visit = floor.seated(1, client=client, depressants="yes", tolerance="not_asked")
    person = board(floor.site).people[visit]
    assert person.flags == ("overdose_here", "seizure", "depressants", "first_visit")
    assert person.overdoses == 2


def test_a_second_visit_is_no_first_visit(database: str) -> None:
    floor = Floor()
    client = floor.client("Kestrel (invented)")
    first = floor.seated(1, client=client)
    done(places.leave_house(floor.tap(), visit=first, how="well"))
    done(places.clean(floor.tap(), place=1))
    again = floor.seated(1, client=client)
    assert board(floor.site).people[again].flags == ()


def test_the_queue_of_each_route_names_who_is_next_and_who_has_not_declared(database: str) -> None:
    floor = Floor()
    undeclared = done(door.check_in(floor.tap(override=True, reason="opened"), client=None, route="inject")).thing
    lark, swift = floor.waiting("Lark"), floor.waiting("Swift")
    done(door.reorder(floor.tap(), visit=swift, priority=1))
    shown = board(floor.site)
    queue = dict(shown.queues)["inject"]
    assert [one.person.visit for one in queue] == [swift, undeclared, lark]
    assert [one.next for one in queue] == [True, False, False]
    assert [one.declared for one in queue] == [True, False, True]
    assert tile(shown, 1).offer.person.visit == swift
    assert tile(shown, 3).offer is None, "nobody waits to smoke"


def test_who_gave_up_waiting_today_is_counted(database: str) -> None:
    start = now()
    floor = Floor(start)
    done(door.give_up(floor.tap(), visit=floor.waiting()))
    shown = board(floor.site)
    assert (shown.gave_up, shown.headcount) == (1, 0)


def test_the_clock_follows_the_person_into_recovery_with_every_watch_over_them(database: str) -> None:
    floor = Floor(limits={"look_after_naloxone": Limit(5, "min", "test", "test")})
    visit = floor.seated(1)
    raised = done(emergency.raise_emergency(floor.device(), place=1)).thing
    done(emergency.step(floor.device(), emergency=raised, kind="naloxone"))
    done(observation.observe(floor.device(), emergency=raised, oxygen=93))
    done(emergency_end.end_emergency(floor.device(), emergency=raised, person_now="recovery"))
    shown = board(floor.site)
    (person,) = shown.recovery
    assert person.visit == visit
    assert [(w.why, w.due, w.look) for w in person.watches] == [("after_naloxone", None, 5 * MINUTE)]
    assert person.measured is not None
    assert person.measured["oxygen"] == 93
    assert [e.id for e in shown.debriefs] == [raised]


def test_two_uses_that_a_nurse_releases_say_so_once_and_are_released_one_by_one(database: str) -> None:
    floor = Floor()
    visit = floor.seated(1)
    stay = board(floor.site).tiles[0].stay or ""
    used = board(floor.site).people[visit].consumption or ""
    for _again in range(2):
        done(places.use(floor.tap(), consumption=used))
        done(places.finish(floor.tap(), consumption=used))
        floor.room.now += 4 * MINUTE
        used = done(door.declare(floor.tap(), visit=visit, substances=("heroin",), route="inject")).thing
    done(places.leave_place(floor.tap(), stay=stay))
    (person,) = board(floor.site).recovery
    assert [w.due for w in person.watches] == [None, None]
    assert person.told == person.watches[1:]
    html = fragment(floor.site, "staff").html
    assert html.count('data-act="room.release"') == 2 and html.count('class="watching') == 1


def test_a_place_given_twice_is_shown_to_be_settled(database: str) -> None:
    floor = Floor()
    floor.seated(1, "Robin")
    late = floor.waiting("Wren")
    done(places.seat(floor.tap(late=True), visit=late, place=1))
    shown = board(floor.site)
    assert tile(shown, 1).state == "contested"
    assert [(c.place, c.person.word, c.holder) for c in shown.contested] == [(1, "Wren", "Robin")]


@pytest.mark.parametrize("audience", ["staff", "locked", "wall"])
def test_the_fragment_holds_nothing_of_who_looks(database: str, audience: fragments.Audience) -> None:
    floor = Floor()
    floor.seated(1)
    done(emergency.raise_emergency(floor.device(), place=1))
    html = fragment(floor.site, audience).html
    assert "csrf" not in html.lower()
    assert floor.nurse_id not in html
    assert floor.device_id not in html
    assert not re.search(r"\d+ min\b", html), "minutes are counted by the screen"


def test_a_board_is_made_by_one_thread_while_the_others_show_the_one_before(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    floor = Floor()
    monkeypatch.setattr(fragments, "LEAST_SECONDS", 0)
    before = fragment(floor.site, "staff")
    floor.waiting("Lark")
    made = list[str]()

    def slowly(site: str) -> Board:
        with ThreadPoolExecutor(1) as beside:
            made.append(beside.submit(_shown_elsewhere, site).result().tag)
        return board(site)

    monkeypatch.setattr(fragments, "board", slowly)
    after = fragment(floor.site, "staff")
    assert made == [before.tag]
    assert "Lark" not in before.html
    assert "Lark" in after.html


def _shown_elsewhere(site: str) -> fragments.Fragment:
    try:
        return fragment(site, "staff")
    finally:
        connection.close()


def test_a_locked_screen_shows_clocks_and_emergency_buttons_but_no_name_and_no_other_tap(database: str) -> None:
    floor = Floor()
    visit = floor.seated(1, "Robin")
    floor.waiting("Lark")
    done(places.use(floor.tap(), consumption=board(floor.site).people[visit].consumption or ""))
    done(emergency.raise_emergency(floor.device(), place=1))
    html = fragment(floor.site, "locked").html
    assert "Robin" not in html
    assert "Lark" not in html
    assert "data-use=" in html
    taps = set(re.findall(r'data-act="([^"]+)"', html))
    assert taps
    assert all(DEVICE in fragments_role(name) for name in taps), taps
    assert "Robin" in fragment(floor.site, "staff").html


def fragments_role(name: str) -> frozenset[str]:
    from fristed.journal.frame import ACTS

    return ACTS[name].roles


def test_the_wall_has_no_buttons(database: str) -> None:
    floor = Floor()
    floor.seated(1, "Robin")
    done(emergency.raise_emergency(floor.device(), place=1))
    html = fragment(floor.site, "wall").html
    assert "<button" not in html
    assert "Robin" in html


def test_every_tap_on_the_board_names_an_act_and_arguments_that_the_act_takes(database: str) -> None:
    import html as escapes
    import json

    from fristed.house.asked import parse
    from fristed.journal.frame import ACTS

    floor = Floor()
    visit = floor.seated(1)
    floor.waiting("Lark")
    done(places.use(floor.tap(), consumption=board(floor.site).people[visit].consumption or ""))
    raised = done(emergency.raise_emergency(floor.device(), spot="toilet")).thing
    done(emergency.step(floor.device(), emergency=raised, kind="oxygen"))
    page = fragment(floor.site, "staff").html
    found = re.findall(r'<button[^>]*data-act="([^"]+)"[^>]*?data-args=\'([^\']+)\'', page)
    assert len(found) > 60
    for name, args in found:
        given = json.loads(escapes.unescape(args))
        if name == "room.seat" and "visit" not in given:
            continue  # hidden until someone is chosen
        assert parse(ACTS[name], given)


def test_the_board_is_made_once_for_all_screens_until_something_happens(database: str) -> None:
    floor = Floor()
    floor.seated(1)
    first = fragment(floor.site, "staff")
    with CaptureQueriesContext(connection) as asked:
        assert fragment(floor.site, "staff") is first
    assert len(asked) == 1
    with translation.override("da"):
        assert fragment(floor.site, "staff").html != first.html


def test_a_burst_of_acts_makes_the_board_anew_at_most_every_quarter_second(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    floor = Floor()
    first = fragment(floor.site, "staff")
    floor.seated(1)
    clock[0] += 0.2
    assert fragment(floor.site, "staff") is first
    clock[0] += 0.1
    second = fragment(floor.site, "staff")
    assert second.tag != first.tag


def test_an_entry_that_changes_nothing_on_the_board_keeps_its_tag(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    floor = Floor()
    first = fragment(floor.site, "staff")
    floor.client("Somebody (invented)")
    clock[0] += 1
    again = fragment(floor.site, "staff")
    assert again.seq > first.seq
    assert again.tag == first.tag


def many_visits(floor: Floor, client: str, count: int) -> None:
    for _ in range(count):
        visit = floor.seated(1, client=client)
        raised = done(emergency.raise_emergency(floor.device(), place=1)).thing
        done(emergency.step(floor.device(), emergency=raised, kind="oxygen"))
        done(emergency_end.end_emergency(floor.device(), emergency=raised, person_now="recovery"))
        done(emergency_end.debrief(floor.tap(NURSE), emergency=raised, outcome="recovered_here"))
        done(places.leave_house(floor.tap(override=True, reason="test"), visit=visit, how="well"))
        done(places.clean(floor.tap(), place=1))


def test_the_number_of_queries_and_rows_does_not_grow_with_history(database: str) -> None:
    floor = Floor()
    client = floor.client("Kestrel (invented)")
    many_visits(floor, client, 2)
    visit = floor.seated(1, client=client)
    floor.waiting()
    with CaptureQueriesContext(connection) as before:
        board(floor.site)
    done(places.leave_house(floor.tap(), visit=visit, how="against_advice"))
    done(places.clean(floor.tap(), place=1))
    many_visits(floor, client, 12)
    floor.seated(1, client=client)
    with CaptureQueriesContext(connection) as after:
        board(floor.site)
    assert len(after) <= len(before) <= 26


def test_no_query_of_the_board_reads_a_growing_table_from_end_to_end(sqlite_template: Any, tmp_path: Any) -> None:
    import shutil
    from pathlib import Path

    from tests.support import databases

    databases.use_sqlite(Path(shutil.copy(sqlite_template, tmp_path / "fristed.db")))
    floor = Floor()
    client = floor.client("Kestrel (invented)")
    many_visits(floor, client, 1)
    floor.seated(1, client=client)
    done(emergency.raise_emergency(floor.device(), place=1))
    with CaptureQueriesContext(connection) as asked:
        board(floor.site)
    growing = ("visit", "consumption", "stay", "watch", "emergency", "step", "observation")
    tables = [f"room_{name}" for name in growing] + ["journal_entry", "people_client", "people_alert"]
    plans = []
    with connection.cursor() as cursor:
        for query in asked.captured_queries:
            cursor.execute("EXPLAIN QUERY PLAN " + query["sql"])
            plans += [row[3] for row in cursor.fetchall()]
    scans = [plan for plan in plans if plan.startswith("SCAN") and any(f" {table}" in plan for table in tables)]
    assert plans
    assert scans == []
    connection.close()


def test_places_stand_where_the_site_file_puts_them(database: str) -> None:
    plan = (Place(1, ("inject",), x=4, y=0), Place(2, ("inject",), x=0, y=0), Place(3, ("smoke",), x=4, y=3))
    floor = Floor(places=plan)
    assert [(t.number, t.column, t.line) for t in board(floor.site).tiles] == [(2, 1, 1), (1, 2, 1), (3, 2, 2)]


def test_a_screen_whose_sound_nobody_heard_is_named(database: str) -> None:
    from fristed.staff.acts import enrol_device

    floor = Floor()
    done(enrol_device(floor.tap(MANAGER), name="Tablet 2", kind="tablet", credential="c" * 64))
    assert board(floor.site).silent == ("Tablet 2",)


def test_the_board_tells_that_the_room_is_not_opened_and_that_admissions_pause(database: str) -> None:
    floor = Floor(emergency_pauses_admission=True)
    shown = board(floor.site)
    assert (shown.opened, shown.paused) == (False, False)
    done(emergency.raise_emergency(floor.device(), spot="door"))
    assert board(floor.site).paused
