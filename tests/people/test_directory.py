"""The directory of codes follows the journal, forgets at once, and searches many codes in one look."""

from __future__ import annotations

import logging
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fristed.ground.act import MANAGER, RECEPTION
from fristed.journal.frame import kept_in
from fristed.journal.memory import MemoryBook
from fristed.people import acts
from fristed.people.acts.erasure import erase
from fristed.people.queries import directory
from tests.support.cast import Room, a_monday_evening, done

BIRDS = ("Robin", "Wren", "Heron", "Merle", "Kestrel", "Lark", "Swift", "Dipper", "Ouzel", "Siskin")


def everyone_known(count: int) -> tuple[Room, list[str]]:
    """A site with many invented people, made in a batch as history is."""
    chance = Random(7)
    book = MemoryBook()
    with kept_in(book):
        room = Room(a_monday_evening())
        codes = (f"{chance.choice(BIRDS)} {number}" for number in range(count))
        clients = [done(acts.register(room.tap(RECEPTION), code=code)).thing for code in codes]
    book.flush()
    return room, clients


def test_exact_codes_come_first_then_beginnings_then_fragments(database: str) -> None:
    room = Room(a_monday_evening())
    for code in ("Blackbird", "Bird", "Birdie", "Thunderbird"):
        done(acts.register(room.tap(RECEPTION), code=code))
    found = directory.search(room.site, "bird")
    assert [m.code for m in found] == ["Bird", "Birdie", "Blackbird", "Thunderbird"]
    assert [m.exact for m in found] == [True, False, False, False]


def test_accents_and_capitals_do_not_hide_anybody(database: str) -> None:
    room = Room(a_monday_evening())
    done(acts.register(room.tap(RECEPTION), code="Señora Müller"))
    assert [m.code for m in directory.search(room.site, "senora MULL")] == ["Señora Müller"]


def test_twenty_thousand_codes_are_searched_with_one_query_and_no_row_is_read(database: str) -> None:
    room, clients = everyone_known(20_000)
    assert directory.search(room.site, "Robin")
    with CaptureQueriesContext(connection) as queries:
        found = directory.search(room.site, "19999")
    assert [m.client for m in found] == [clients[-1]]
    assert len(queries) == 1, "only the journal's head is asked"
    assert len(directory.search(room.site, "r")) == directory.MOST


def test_what_acts_changed_is_read_again_and_nothing_else(database: str) -> None:
    room = Room(a_monday_evening())
    known = [done(acts.register(room.tap(RECEPTION), code=code)).thing for code in BIRDS]
    directory.search(room.site, "Robin")
    done(acts.add_code(room.tap(RECEPTION), client=known[1], code="Jenny"))
    with CaptureQueriesContext(connection) as queries:
        assert [m.client for m in directory.search(room.site, "Jenny")] == [known[1]]
    assert len(queries) == 3, "the head, the entries since, the one person"


def test_an_erased_person_is_forgotten_at_once(database: str) -> None:
    room = Room(a_monday_evening())
    client = done(acts.register(room.tap(RECEPTION), code="Robin")).thing
    done(acts.register(room.tap(RECEPTION), code="Wren"))
    assert directory.search(room.site, "Robin")
    done(erase(room.tap(MANAGER), client=client, why="asked"))
    assert directory.search(room.site, "Robin") == []
    assert directory.search(room.site, "Wren")
    held = directory._sites[(str(connection.settings_dict["NAME"]), room.site)]
    assert "Robin" not in repr(held), "not even in memory"


def test_no_log_holds_a_code(database: str, caplog: pytest.LogCaptureFixture) -> None:
    room = Room(a_monday_evening())
    with caplog.at_level(logging.DEBUG):
        done(acts.register(room.tap(RECEPTION), code="Nightjar"))
        directory.search(room.site, "Nightjar")
        directory.search(room.site, "Nightj")
    assert "ightj" not in caplog.text.lower()
