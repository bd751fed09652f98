"""The street is counted: finds, walks, people seen using, complaints."""

from __future__ import annotations

from random import Random

import pytest

from fristed.ground.act import ADMINISTRATOR, ANALYST, DEVICE, Role
from fristed.ground.chance import chance_of
from fristed.ground.store import DatabaseStore, opened
from fristed.journal.frame import kept_in
from fristed.journal.memory import MemoryBook
from fristed.journal.models import Entry
from fristed.neighbourhood import acts, queries
from fristed.neighbourhood.models import NeedleFind
from tests.support.cast import Room, a_monday_evening, done, refused, site_file

TABLES = tuple(acts.TABLES.values())


def live_a_walk(room: Room) -> str:
    done(acts.walk_patrol(room.tap(), spot="around the block", minutes=40))
    done(acts.find_needles(room.tap(), spot="the car park", count=3))
    done(acts.count_public_use(room.tap(), spot="the arches", count=2))
    return done(acts.take_complaint(room.tap(), channel="phone", category="noise", text="Music at two.")).thing


def test_a_walk_is_counted_on_its_service_day(database: str) -> None:
    live_a_walk(Room(a_monday_evening()))
    for table in TABLES:
        assert [row["day"] for row in DatabaseStore().find(table)] == ["2025-03-03"]


def test_a_walk_that_found_nothing_is_a_finding(database: str) -> None:
    done(acts.find_needles(Room(a_monday_evening()).tap(), spot="the car park", count=0))
    assert NeedleFind.objects.get().count == 0


def test_what_a_neighbour_said_is_sealed(database: str) -> None:
    complaint = live_a_walk(Room(a_monday_evening()))
    (row,) = DatabaseStore().find("neighbourhood_complaint")
    assert opened(DatabaseStore(), complaint, row["sealed"]) == {"text": "Music at two."}
    assert not Entry.objects.filter(text__contains="Music").exists()


@pytest.mark.parametrize(
    ("count", "spot", "rule"), [(-1, "park", "count"), (1, "  ", "empty_text"), (1, "x" * 201, "long_text")]
)
def test_bad_input_gets_a_sentence_and_nothing_is_kept(database: str, count: int, spot: str, rule: str) -> None:
    room = Room(a_monday_evening())
    assert refused(acts.find_needles(room.tap(), spot=spot, count=count)).rule == rule
    assert not NeedleFind.objects.exists()


@pytest.mark.parametrize("role", [ANALYST, ADMINISTRATOR, DEVICE])
def test_only_the_floor_writes_here(database: str, role: Role) -> None:
    room = Room(a_monday_evening())
    assert refused(acts.find_needles(room.tap(role), spot="park", count=1)).rule == "permission"


def test_a_wrong_tap_is_set_aside_once_and_only_here(database: str) -> None:
    room = Room(a_monday_evening())
    note = done(acts.find_needles(room.tap(), spot="park", count=300)).thing
    elsewhere = Room(a_monday_evening(), site_file(slug="elsewhere"))
    assert refused(acts.set_note_aside(elsewhere.tap(), kind="needles", note=note)).rule == "unknown_note"
    done(acts.set_note_aside(room.tap(), kind="needles", note=note))
    assert refused(acts.set_note_aside(room.tap(), kind="needles", note=note)).rule == "set_aside"


def test_memory_gives_the_same_rows(database: str) -> None:
    with chance_of(Random(1).randbytes):
        live_a_walk(Room(a_monday_evening()))
    book = MemoryBook()
    with chance_of(Random(1).randbytes), kept_in(book):
        live_a_walk(Room(a_monday_evening()))
    for table in TABLES:
        stored = {r["id"]: {k: v for k, v in r.items() if k != "sealed"} for r in DatabaseStore().find(table)}
        assert stored == {i: {k: v for k, v in r.items() if k != "sealed"} for i, r in book.store.tables[table].items()}
        assert stored


def test_a_key_from_far_ahead_does_not_push_later_notes_off_the_list(database: str) -> None:
    room = Room(a_monday_evening())
    for n in range(queries.SHOWN + 1):
        done(acts.find_needles(room.tap(key=f"{'f' * 30}{n:02x}"), spot="early", count=1))
    done(acts.find_needles(room.tap(), spot="late", count=1))
    assert queries.latest(room.site, ("2025-03-03",))[0].spot == "late"
