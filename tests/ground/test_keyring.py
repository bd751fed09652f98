"""A subject's key is made once, kept wrapped, and never comes back once destroyed."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import override_settings

from fristed.ground import seal
from fristed.ground.ids import new_id
from fristed.ground.keyring import DatabaseKeyring
from tests.support.cast import Room, a_monday_evening


def destroy(room: Room, subject: str) -> None:
    DatabaseKeyring().destroy(subject)
    with connection.cursor() as cursor:
        sql = "INSERT INTO ground_destroyedkey (id, site_id, destroyed, why) VALUES (%s, %s, 1, 'asked')"
        cursor.execute(sql, (subject, room.site))


def test_a_key_is_made_once(database: str) -> None:
    ring, subject = DatabaseKeyring(), new_id()
    assert ring.key(subject) is None
    assert ring.make(subject) == ring.make(subject) == ring.key(subject)
    assert len({ring.make(subject), ring.make(new_id()), ring.make(new_id())}) == 3


def test_the_database_holds_no_key_as_it_is(database: str) -> None:
    ring, subject = DatabaseKeyring(), new_id()
    key = ring.make(subject)
    with connection.cursor() as cursor:
        cursor.execute("SELECT wrapped FROM ground_subjectkey")
        assert key.hex() not in cursor.fetchone()[0]
    with override_settings(SERVICE_KEY=b"another service's key, 32 bytes."), pytest.raises(seal.Unreadable):
        ring.key(subject)


def test_many_keys_are_read_in_one_question(database: str) -> None:
    ring = DatabaseKeyring()
    subjects = [new_id() for _ in range(30)]
    keys = {subject: ring.make(subject) for subject in subjects}
    asked: list[str] = []

    def note(execute: object, sql: str, *rest: object) -> object:
        asked.append(sql)
        return execute(sql, *rest)  # type: ignore[operator]  # Django's own hook

    with connection.execute_wrapper(note):
        assert ring.keys([*subjects, new_id()]) == keys
    assert len(asked) == 1
    assert ring.keys([]) == {}


def test_a_destroyed_key_is_not_made_again(database: str) -> None:
    ring, subject = DatabaseKeyring(), new_id()
    ring.make(subject)
    destroy(Room(a_monday_evening()), subject)
    assert (ring.key(subject), ring.is_destroyed(subject), ring.key_is_there(subject)) == (None, True, False)
    with pytest.raises(seal.Unreadable):
        ring.make(subject)
