"""One visit, from the door to the exit, on both databases and in memory."""

from __future__ import annotations

from random import Random

from fristed.ground.act import MANAGER
from fristed.ground.chance import chance_of
from fristed.ground.store import DatabaseStore
from fristed.journal.frame import kept_in
from fristed.journal.memory import MemoryBook
from fristed.room.acts import door, places
from tests.support.cast import Room, a_monday_evening, done, refused

TABLES = ("room_visit", "room_consumption", "room_stay", "room_place", "room_watch")


def live_one_visit(room: Room) -> str:
    done(places.lay_out(room.tap(MANAGER)))
    visit = done(
        door.check_in(room.tap(override=True, reason="opened by the lead"), client=None, call_word="Robin")
    ).thing
    said = done(door.declare(room.tap(), visit=visit, substances=("heroin",), route="inject")).thing
    stay = done(places.seat(room.tap(), visit=visit, place=1)).thing
    done(places.use(room.tap(), consumption=said))
    done(places.finish(room.tap(), consumption=said))
    done(places.leave_place(room.tap(), stay=stay))
    done(places.clean(room.tap(), place=1))
    done(places.leave_house(room.tap(), visit=visit, how="against_advice"))
    return visit


def test_a_visit_is_lived_from_the_door_to_the_exit(database: str) -> None:
    visit = live_one_visit(Room(a_monday_evening()))
    row = DatabaseStore().get("room_visit", visit)
    assert row is not None
    assert (row["outcome"], row["exit"]) == ("admitted", "against_advice")
    watch = DatabaseStore().latest("room_watch", visit_id=visit)
    assert watch is not None
    assert watch["due"] is None, "nobody set how long to watch, so it is unset, never zero"


def test_a_taken_place_is_refused_with_who_sits_there_and_a_late_tap_is_kept_contested(database: str) -> None:
    room = Room(a_monday_evening())
    done(places.lay_out(room.tap(MANAGER)))
    visits = []
    for word in ("Robin", "Wren"):
        tap = room.tap(override=True, reason="opened by the lead")
        visits.append(done(door.check_in(tap, client=None, call_word=word)).thing)
        done(door.declare(room.tap(), visit=visits[-1], substances=("heroin",), route="inject"))
    done(places.seat(room.tap(), visit=visits[0], place=1))
    answer = refused(places.seat(room.tap(), visit=visits[1], place=1))
    assert "Robin" in answer.sentence
    late = done(places.seat(room.tap(late=True), visit=visits[1], place=1))
    assert late.flags == ("place_taken",)
    stay = DatabaseStore().get("room_stay", late.thing)
    assert stay is not None
    assert stay["contested"] is not None


def test_memory_gives_the_same_rows_as_the_database(database: str) -> None:

    with chance_of(Random(1).randbytes):
        live_one_visit(Room(a_monday_evening()))
    book = MemoryBook()
    with chance_of(Random(1).randbytes), kept_in(book):
        live_one_visit(Room(a_monday_evening()))
    for table in TABLES:
        stored = {row["id"]: row for row in DatabaseStore().find(table)}
        assert stored == book.store.tables[table]
