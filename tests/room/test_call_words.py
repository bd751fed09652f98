"""Two people in the house are never called by one word: on the board, in the queue, on the call screen."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fristed.ground.act import MANAGER
from fristed.ground.store import DatabaseStore
from fristed.room.acts import correction, door, places
from fristed.room.queries.board import board
from fristed.room.queries.door import queue, visit
from fristed.room.rules.door import told_apart
from tests.room.scenes import Floor
from tests.support.cast import done


@pytest.mark.parametrize(
    ("word", "taken", "called"),
    [
        ("Robin", (), "Robin"),
        ("Robin", ("Wren",), "Robin"),
        ("Robin", ("Robin",), "Robin 2"),
        ("robin ", ("Robin", "Robin 2"), "robin 3"),
        ("Robin2", ("Robin 2",), "Robin2 2"),
        ("Robin", ("Robin 2",), "Robin"),
    ],
)
def test_a_word_is_told_apart_as_it_sounds(word: str, taken: tuple[str, ...], called: str) -> None:
    assert told_apart(word.strip(), taken) == called


def test_the_second_robin_is_robin_2_on_the_board_and_in_the_queue_and_reception_is_told(database: str) -> None:
    floor = Floor()
    floor.seated(1, "Robin")
    second = floor.waiting("Robin")
    assert {p.word for p in board(floor.site).people.values()} == {"Robin", "Robin 2"}
    (waits,) = queue(floor.site)
    assert (waits.call_word, waits.wanted) == ("Robin 2", "Robin")
    told = visit(floor.site, second)
    assert told is not None
    assert told.wanted == "Robin"


def test_a_person_keeps_the_usual_word_for_another_day(database: str) -> None:
    floor = Floor()
    first, second = floor.client("Robin"), floor.client("Robin B")
    done(door.check_in(floor.tap(MANAGER, override=True, reason="a test"), client=first))
    done(door.check_in(floor.tap(MANAGER, override=True, reason="a test"), client=second, call_word="Robin"))
    assert sorted(one.call_word for one in queue(floor.site)) == ["Robin", "Robin 2"]
    for one in queue(floor.site):
        done(door.give_up(floor.tap(), visit=one.visit))
    done(door.check_in(floor.tap(MANAGER, override=True, reason="a test"), client=second))
    assert [one.call_word for one in queue(floor.site)] == ["Robin"]


def test_a_changed_word_and_a_person_who_is_back_are_told_apart_too(database: str) -> None:
    floor = Floor()
    floor.waiting("Robin")
    wren = floor.waiting("Wren")
    done(door.change_call_word(floor.tap(), visit=wren, call_word="Robin"))
    assert [one.call_word for one in queue(floor.site)] == ["Robin", "Robin 2"]
    done(door.change_call_word(floor.tap(), visit=wren, call_word="Wren"))
    assert [(one.call_word, one.wanted) for one in queue(floor.site)] == [("Robin", ""), ("Wren", "")]
    done(places.leave_house(floor.tap(), visit=wren, how="well"))
    floor.waiting("Wren")
    done(correction.come_back(floor.tap(), visit=wren))
    assert sorted(p.word for p in board(floor.site).people.values()) == ["Robin", "Wren", "Wren 2"]


def test_what_is_asked_of_the_keys_does_not_grow_with_who_is_here(database: str) -> None:
    floor = Floor()
    counts = []
    for n in range(12):
        tap = floor.tap(MANAGER, override=True, reason="a test")
        with CaptureQueriesContext(connection) as asked:
            done(door.check_in(tap, client=None, call_word=f"Bird {n}"))
        counts.append(len(asked))
    assert len(set(counts[1:])) == 1
    assert len(DatabaseStore().find("room_visit", left=None)) == 12
