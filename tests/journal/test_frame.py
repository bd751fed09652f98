"""An act is kept once, in a chain, with the rows it made."""

from __future__ import annotations

from django.db import connection

from fristed.ground.act import NURSE
from fristed.journal.entry import GENESIS, chain
from fristed.staff.acts import change_site_file
from tests.support.cast import Room, a_monday_evening, done, refused, site_file


def entries() -> list[tuple[int, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, text, hash FROM journal_entry ORDER BY seq")
        return [(seq, text, hash) for seq, text, hash in cursor.fetchall()]


def test_each_entry_is_chained_to_the_one_before(database: str) -> None:
    room = Room(a_monday_evening())
    done(change_site_file(room.tap("manager"), file=site_file(name="The Lantern, renamed (invented)")))
    previous = GENESIS
    for seq, text, hash in entries():
        assert hash == chain(previous, text), f"entry {seq}"
        previous = hash
    assert len(entries()) == 2


def test_a_second_tap_with_the_same_key_is_answered_with_the_first_result(database: str) -> None:
    room = Room(a_monday_evening())
    tap = room.tap("manager")
    first = done(change_site_file(tap, file=site_file(name="Once (invented)")))
    again = done(change_site_file(tap, file=site_file(name="Once (invented)")))
    assert again.repeated
    assert (again.seq, again.thing) == (first.seq, first.thing)
    assert len(entries()) == 2


def test_a_key_used_for_something_else_is_refused(database: str) -> None:
    room = Room(a_monday_evening())
    tap = room.tap("manager")
    done(change_site_file(tap, file=site_file(name="Once (invented)")))
    assert refused(change_site_file(tap, file=site_file(name="Twice (invented)"))).rule == "key_reused"


def test_a_role_without_the_permission_is_refused_and_nothing_is_kept(database: str) -> None:
    room = Room(a_monday_evening())
    assert refused(change_site_file(room.tap(NURSE), file=site_file())).rule == "permission"
    assert len(entries()) == 1
