"""Many threads and processes at one site: no gap, no fork, nothing twice."""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Callable

from django.db import connections

from fristed.ground.act import ADMINISTRATOR, Done, Refusal
from fristed.ground.ids import Id, new_id
from fristed.journal.models import Entry
from fristed.journal.verify import verify
from fristed.staff.acts import found_site
from tests.journal import life
from tests.support.cast import Room, a_monday_evening, done, site_file
from tests.support.processes import forked

Outcome = Done | Refusal


def at_once(*deeds: Callable[[], Outcome]) -> list[Outcome]:
    """Runs each in a thread of its own, all from the same moment; an exception in one fails the test."""
    gate = threading.Barrier(len(deeds))
    outcomes: list[Outcome | BaseException] = []

    def run(deed: Callable[[], Outcome]) -> None:
        gate.wait()
        try:
            outcomes.append(deed())
        except BaseException as error:
            outcomes.append(error)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(isinstance(outcome, Done | Refusal) for outcome in outcomes), outcomes
    return [outcome for outcome in outcomes if isinstance(outcome, Done | Refusal)]


def a_visit(room: Room) -> Id:
    return done(life.come(room.tap(), client=None)).thing


def test_sixteen_threads_leave_no_gap_and_no_fork(database: str) -> None:
    room = Room(a_monday_evening())
    visit = a_visit(room)
    taps = [[room.tap() for _ in range(15)] for _ in range(16)]

    def many(mine: int) -> Callable[[], Outcome]:
        return lambda: [life.look(tap, visit=visit) for tap in taps[mine]][-1]

    at_once(*(many(mine) for mine in range(16)))
    assert sorted(Entry.objects.values_list("seq", flat=True)) == list(range(1, 2 + 1 + 16 * 15))
    assert verify().findings == []


def test_several_processes_leave_no_gap_and_no_fork(database: str) -> None:
    room = Room(a_monday_evening())
    visit = a_visit(room)
    taps = [[room.tap() for _ in range(30)] for _ in range(4)]

    def look(mine: int) -> bool:
        return all(isinstance(life.look(tap, visit=visit), Done) for tap in taps[mine])

    children = [forked(lambda mine=mine: look(mine)) for mine in range(4)]  # type: ignore[misc]  # bound in the loop
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0, 0]
    assert Entry.objects.count() == 2 + 4 * 30
    assert verify().findings == []


def test_one_tap_from_eight_writers_is_kept_once_and_answered_alike(database: str) -> None:
    room = Room(a_monday_evening())
    tap = room.tap()
    outcomes = [done(o) for o in at_once(*[lambda: life.come(tap, client=None)] * 8)]
    assert Counter(outcome.repeated for outcome in outcomes) == {False: 1, True: 7}
    assert {(outcome.thing, outcome.seq) for outcome in outcomes} == {(tap.key, 2)}
    assert Entry.objects.filter(key=tap.key).count() == 1


def test_two_who_seat_someone_in_the_same_place_are_told_apart(database: str) -> None:
    room = Room(a_monday_evening())
    taps = [(room.tap(), a_visit(room)) for _ in range(6)]
    outcomes = at_once(*[lambda t=tap, v=visit: life.sit(t, visit=v, place=1) for tap, visit in taps])
    assert Counter(type(outcome) for outcome in outcomes) == {Done: 1, Refusal: 5}
    assert verify().findings == []


def test_a_site_founded_twice_at_once_is_founded_once(database: str) -> None:
    room = Room(a_monday_evening())
    tap = room.tap(ADMINISTRATOR, site=new_id())
    file = site_file(slug="harbour")
    outcomes = [done(o) for o in at_once(*[lambda: found_site(tap, file=file)] * 4)]
    assert Counter(outcome.repeated for outcome in outcomes) == {False: 1, True: 3}


def test_a_site_that_is_open_is_not_founded_again(database: str) -> None:
    room = Room(a_monday_evening())
    outcome = found_site(room.tap(ADMINISTRATOR), file=site_file())
    assert isinstance(outcome, Refusal)
    assert outcome.rule == "site_exists"


def test_sites_do_not_wait_for_each_others_chain(database: str) -> None:
    here = Room(a_monday_evening())
    there = Room(a_monday_evening(), site_file(slug="harbour"))
    visits = {room: a_visit(room) for room in (here, there)}
    taps = [(room, room.tap()) for room in (here, there) for _ in range(5)]
    at_once(*[lambda r=room, t=tap: life.look(t, visit=visits[r]) for room, tap in taps])
    assert {site: head.seq for site, head in verify().heads.items()} == {here.site: 7, there.site: 7}
