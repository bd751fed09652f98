"""Destroying one key erases one person: everywhere, for good, while the chain still verifies."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.test import override_settings

from fristed.ground import seal
from fristed.ground.act import ADMINISTRATOR, MANAGER, NURSE
from fristed.ground.columns import SealedField
from fristed.ground.ids import Id
from fristed.ground.keyring import DatabaseKeyring
from fristed.ground.store import DatabaseStore, opened
from fristed.house.configuration import Service
from fristed.journal import erasure
from fristed.journal.entry import parse
from fristed.journal.frame import kept_in
from fristed.journal.memory import MemoryBook
from fristed.journal.sealing import ERASED
from fristed.journal.verify import verify
from fristed.people.acts import keep_identity, merge
from fristed.people.acts.erasure import erase, hold, release_hold
from fristed.room.acts import care, unplaced
from fristed.room.acts.emergency import identify, raise_emergency, step
from fristed.room.acts.emergency_end import debrief, end_emergency
from fristed.room.acts.erasure import NOTES, erase_visit, erase_words, hold_visit
from fristed.staff.acts import hire, write_handover
from tests.journal import life
from tests.journal.tampering import change
from tests.support import databases
from tests.support.cast import Room, a_monday_evening, done, refused


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path) -> object:
    with override_settings(SERVICE=Service(home=str(tmp_path))):
        yield


def someone(room: Room, alias: str = "Kestrel (invented)") -> Id:
    return done(life.register(room.tap(), alias=alias)).thing


def sealed_texts() -> list[tuple[Id, str]]:
    """Every sealed text of a client or visit in rows, with whose it is."""
    found: list[tuple[Id, str]] = []
    with connection.cursor() as cursor:
        for sql in (
            "SELECT id, sealed FROM people_client",
            "SELECT client_id, sealed FROM people_code",
            "SELECT id, sealed FROM people_identity",
            "SELECT coalesce(client_id, id), sealed FROM room_visit",
        ):
            cursor.execute(sql)
            found += [(owner, text) for owner, text in cursor.fetchall() if text]
    return found


def readable(owner: Id, text: str) -> bool:
    try:
        return bool(seal.unseal(DatabaseKeyring().key(owner), owner, text))
    except seal.Unreadable:
        return False


def test_an_erased_person_is_unreadable_everywhere_and_everything_still_verifies(database: str) -> None:
    room = Room(a_monday_evening())
    client, other = someone(room), someone(room, "Heron (invented)")
    done(keep_identity(room.tap(), client=client, kind="name", text="An Invented Name"))
    done(life.come(room.tap(), client=client, note="invented"))
    assert all(readable(owner, text) for owner, text in sealed_texts())
    before = verify().heads[room.site]
    done(erase(room.tap(MANAGER), client=client, why="asked"))
    assert [owner for owner, text in sealed_texts() if readable(owner, text)] == [other, other]
    report = verify()
    assert report.findings == []
    assert report.heads[room.site].seq == before.seq + 1


def test_the_journal_holds_nothing_by_which_an_alias_could_be_tried_out(database: str) -> None:
    import hashlib

    import msgspec

    room = Room(a_monday_evening())
    someone(room, "Kestrel")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM journal_entry ORDER BY seq DESC LIMIT 1")
        entry = msgspec.json.decode(cursor.fetchone()[0])
    plain = msgspec.json.encode(["test.register", {"alias": "Kestrel"}], order="sorted")
    assert entry["ask"]
    assert entry["ask"] not in hashlib.sha256(plain).hexdigest()
    assert "Kestrel" not in msgspec.json.encode(entry).decode()


def test_records_that_are_one_person_are_erased_together(database: str) -> None:
    room = Room(a_monday_evening())
    kept, put_under = someone(room), someone(room, "Heron (invented)")
    done(merge(room.tap(), client=kept, other=put_under))
    done(erase(room.tap(MANAGER), client=put_under, why="asked"))
    assert not any(readable(owner, text) for owner, text in sealed_texts())
    assert {row["erased"] for row in DatabaseStore().find("people_client")} == {room.now}


def nobody_known_yet(room: Room) -> Id:
    """An emergency on the pavement, with words about someone whom nobody knows yet."""
    id = done(raise_emergency(room.tap(), spot="pavement")).thing
    text = "red coat, calls herself Kestrel (invented)"
    done(step(room.tap(reason="invented"), emergency=id, kind="note", text=text))
    return id


def words(table: str, subject: Id) -> list[bool]:
    """Of every sealed text in a table: whether this subject's key opens it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT sealed FROM {table} WHERE sealed <> '' ORDER BY id")  # noqa: S608  # names of this file
        return [readable(subject, sealed) for (sealed,) in cursor.fetchall()]


def reasons(subject: Id) -> list[bool]:
    """Of every entry's reason sealed for this subject: whether it can be read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM journal_entry ORDER BY seq")
        entries = [parse(text) for (text,) in cursor.fetchall()]
    return [readable(subject, e.reason) for e in entries if e.subject == subject and e.reason]


def test_what_was_written_of_an_emergency_before_anyone_knew_whose_it_was_is_erased_with_the_person(
    database: str,
) -> None:
    room = Room(a_monday_evening())
    client = someone(room)
    emergency, another = nobody_known_yet(room), nobody_known_yet(room)
    visit = done(life.come(room.tap(), client=client, note="invented")).thing
    done(identify(room.tap(), emergency=emergency, visit=visit))
    done(step(room.tap(), emergency=emergency, kind="note", text="awake (invented)"))
    done(end_emergency(room.tap(), emergency=emergency, person_now="recovery"))
    done(debrief(room.tap(), emergency=emergency, outcome="recovered_here", attribution=(), text="said it was strong"))
    assert words("room_step", emergency) == [True, False, False]
    assert words("room_step", client) == [False, False, True]
    assert words("room_emergency", client) == [True]
    assert reasons(emergency) == [True]
    done(erase(room.tap(MANAGER), client=client, why="asked"))
    assert words("room_step", emergency) == words("room_step", client) == [False, False, False]
    assert words("room_emergency", client) == [False]
    assert reasons(emergency) == [False]
    assert words("room_step", another) == [False, True, False], "another's stays"
    assert verify().findings == []


def test_an_erased_visit_without_a_code_takes_the_words_of_its_emergency_along(database: str) -> None:
    room = Room(a_monday_evening())
    emergency, visit = nobody_known_yet(room), done(life.come(room.tap(), client=None, note="invented")).thing
    done(identify(room.tap(), emergency=emergency, visit=visit))
    done(erase_visit(room.tap(MANAGER), visit=visit, why="asked"))
    assert words("room_step", emergency) == [False]
    assert verify().findings == []


def test_a_note_of_a_visit_is_erased_with_its_person(database: str) -> None:
    room = Room(a_monday_evening())
    client = someone(room)
    visit = done(life.come(room.tap(), client=client)).thing
    done(care.report_incident(room.tap(), kind="threat", text="Kestrel shouted (invented)", visit=visit))
    assert words("room_incident", client) == [True]
    done(erase(room.tap(MANAGER), client=client, why="asked"))
    assert words("room_incident", client) == [False]


def test_a_tap_that_found_no_place_is_erased_with_the_person_it_tells_of_by_code_or_by_what_it_was_about(
    database: str,
) -> None:
    room = Room(a_monday_evening())
    client = someone(room, "Kestrel (invented)")
    visit = done(life.come(room.tap(), client=client)).thing
    emergency = done(raise_emergency(room.tap(), spot="door", visit=visit)).thing
    asked = [
        '{"code": "kestrel INVENTED"}',
        f'{{"emergency": "{emergency}", "text": "shaking"}}',
        '{"code": "Heron (invented)"}',
    ]
    kept = [done(unplaced.keep_unplaced(room.tap(), act="x.y", args=args, why="unknown")).thing for args in asked]
    assert [any(words("room_unplaced", id)) for id in kept] == [True, True, True]
    done(erase(room.tap(MANAGER), client=client, why="asked"))
    assert [any(words("room_unplaced", id)) for id in kept] == [False, False, True]
    assert verify().findings == []


def test_words_of_a_note_that_name_someone_are_erased_by_themselves(database: str) -> None:
    room = Room(a_monday_evening())
    worker = done(hire(room.tap(ADMINISTRATOR), name="Cem (invented)", role=NURSE)).thing
    told = done(write_handover(room.tap(worker=worker), text="Look out for Kestrel (invented)")).thing
    seen = done(care.report_incident(room.tap(), kind="theft", text="a tall man (invented)")).thing
    assert any(words("staff_handover", told))
    assert any(words("room_incident", seen))
    assert refused(erase_words(room.tap(NURSE), kind="handover", note=told, why="asked")).rule == "permission"
    done(erase_words(room.tap(MANAGER), kind="handover", note=told, why="asked"))
    done(erase_words(room.tap(MANAGER), kind="incident", note=seen, why="asked"))
    assert not any(words("staff_handover", told) + words("room_incident", seen))
    assert refused(erase_words(room.tap(MANAGER), kind="incident", note=seen, why="asked")).rule == "already_erased"
    assert verify().findings == []


def test_words_of_a_note_that_belongs_to_a_visit_are_erased_with_whose_visit_it_is(database: str) -> None:
    room = Room(a_monday_evening())
    visit = done(life.come(room.tap(), client=someone(room))).thing
    note = done(care.report_incident(room.tap(), kind="threat", text="shouted (invented)", visit=visit)).thing
    assert refused(erase_words(room.tap(MANAGER), kind="incident", note=note, why="asked")).rule == "words_of_visit"


def test_a_hold_on_a_visit_without_a_code_keeps_its_emergency_readable(database: str) -> None:
    room = Room(a_monday_evening())
    emergency, visit = nobody_known_yet(room), done(life.come(room.tap(), client=None)).thing
    done(identify(room.tap(), emergency=emergency, visit=visit))
    done(hold_visit(room.tap(MANAGER, reason="court order (invented)"), visit=visit))
    assert refused(erase_visit(room.tap(MANAGER), visit=visit, why="asked")).rule == "legal_hold"
    assert words("room_step", emergency) == [True]


def test_every_sealed_column_of_the_house_is_erased_with_a_person_or_by_itself(database: str) -> None:
    """A new sealed column must say here who erases it."""
    by_person = {
        "people_alert", "people_client", "people_code", "people_exclusion", "people_identity", "people_look",
        "room_correction", "room_emergency", "room_incident", "room_step", "room_unplaced", "room_visit",
    }  # fmt: skip
    about_nobody = {"room_openingcheck"}
    sealed = {
        model._meta.db_table
        for model in apps.get_models()
        if any(isinstance(field, SealedField) for field in model._meta.get_fields())
    }
    assert sealed == by_person | set(NOTES.values()) | about_nobody


def test_a_visit_without_a_code_has_a_key_of_its_own(database: str) -> None:
    room = Room(a_monday_evening())
    first, second = (done(life.come(room.tap(), client=None, note="invented")).thing for _ in range(2))
    done(erase_visit(room.tap(MANAGER), visit=first, why="asked"))
    assert [owner for owner, text in sealed_texts() if readable(owner, text)] == [second]


def test_a_legal_hold_forbids_erasure_until_it_is_released(database: str) -> None:
    room = Room(a_monday_evening())
    client = someone(room)
    assert refused(hold(room.tap(MANAGER), client=client)).rule == "reason_needed"
    held = done(hold(room.tap(MANAGER, reason="court order (invented)"), client=client))
    assert refused(erase(room.tap(MANAGER), client=client, why="asked")).rule == "legal_hold"
    assert refused(erase(room.tap(MANAGER, late=True), client=client, why="asked")).rule == "legal_hold"
    assert any(readable(owner, text) for owner, text in sealed_texts())
    done(release_hold(room.tap(MANAGER), hold=held.key))
    assert refused(release_hold(room.tap(MANAGER), hold=held.key)).rule == "hold_released"
    done(erase(room.tap(MANAGER), client=client, why="asked"))


@pytest.mark.parametrize("late", [False, True])
def test_what_is_erased_cannot_be_held_and_no_list_says_that_it_is(database: str, late: bool) -> None:
    room = Room(a_monday_evening())
    client = someone(room)
    visit = done(life.come(room.tap(), client=None, note="invented")).thing
    done(erase(room.tap(MANAGER), client=client, why="asked"))
    done(erase_visit(room.tap(MANAGER), visit=visit, why="asked"))
    order = {"reason": "court order (invented)", "late": late}
    for refusal in (
        refused(hold(room.tap(MANAGER, **order), client=client)),
        refused(hold_visit(room.tap(MANAGER, **order), visit=visit)),
    ):
        assert refusal.rule == "nothing_to_hold"
        assert "Tell whoever ordered the hold" in refusal.sentence
    assert DatabaseStore().find("ground_hold") == []


def test_erasing_twice_or_by_another_role_or_for_no_known_reason_is_refused(database: str) -> None:
    room = Room(a_monday_evening())
    client = someone(room)
    assert refused(erase(room.tap(NURSE), client=client, why="asked")).rule == "permission"
    assert refused(erase(room.tap(MANAGER), client=client, why="a whim")).rule == "unknown_why"
    tap = room.tap(MANAGER)
    done(erase(tap, client=client, why="asked"))
    assert done(erase(tap, client=client, why="asked")).repeated
    assert refused(erase(room.tap(MANAGER), client=client, why="asked")).rule == "already_erased"


def test_what_arrives_late_about_an_erased_person_is_kept_without_what_is_personal(database: str) -> None:
    room = Room(a_monday_evening())
    client = someone(room)
    done(erase(room.tap(MANAGER), client=client, why="asked"))
    late = done(life.come(room.tap(late=True), client=client, note="invented"))
    assert late.flags == (ERASED,)
    row = DatabaseStore().get("room_visit", late.thing)
    assert row is not None
    assert row["sealed"] == ""
    assert verify().findings == []


def test_a_key_that_came_back_is_found_by_verify(database: str) -> None:
    room = Room(a_monday_evening())
    client = someone(room)
    wrapped = DatabaseStore().get("ground_subjectkey", client)
    assert wrapped is not None
    done(erase(room.tap(MANAGER), client=client, why="asked"))
    change("INSERT INTO ground_subjectkey (id, wrapped) VALUES (%s, %s)", client, wrapped["wrapped"])
    (finding,) = verify().findings
    assert finding.check == "keys"
    assert finding.where == f"ground_subjectkey {client}"


def test_the_list_of_destroyed_keys_is_written_and_reapplied_before_a_restored_copy_may_serve(
    database: str, tmp_path: Path
) -> None:
    room = Room(a_monday_evening())
    client = someone(room)
    before = DatabaseStore().get("ground_subjectkey", client)
    assert before is not None
    done(erase(room.tap(MANAGER), client=client, why="asked"))
    assert list(erasure.read_list(tmp_path / erasure.FILE)) == [client]
    change("DELETE FROM ground_destroyedkey")
    change("INSERT INTO ground_subjectkey (id, wrapped) VALUES (%s, %s)", client, before["wrapped"])
    assert erasure.reapply(tmp_path / erasure.FILE) == 1
    assert not DatabaseKeyring().key_is_there(client)
    assert erasure.reapply(tmp_path / erasure.FILE) == 0


def test_a_line_that_a_crash_kept_from_the_list_is_added_at_the_next_start(database: str, tmp_path: Path) -> None:
    room = Room(a_monday_evening())
    client = someone(room)
    done(erase(room.tap(MANAGER), client=client, why="asked"))
    (tmp_path / erasure.FILE).unlink()
    erasure.reapply(tmp_path / erasure.FILE)
    assert list(erasure.read_list(tmp_path / erasure.FILE)) == [client]


def test_a_damaged_list_is_told_by_its_line(tmp_path: Path) -> None:
    (tmp_path / "list").write_text(f"{'a' * 32} 5\nKestrel\n")
    with pytest.raises(erasure.ListError, match="line 2"):
        erasure.read_list(tmp_path / "list")


def test_nothing_of_the_key_is_left_in_the_encrypted_files_pages(sqlite_template: Path, tmp_path: Path) -> None:
    databases.use_sqlite(Path(shutil.copy(sqlite_template, tmp_path / "fristed.db")))
    room = Room(a_monday_evening())
    client = someone(room)
    wrapped = DatabaseStore().get("ground_subjectkey", client)
    assert wrapped is not None
    done(erase(room.tap(MANAGER), client=client, why="asked"))
    path = Path(str(connection.settings_dict["NAME"]))
    assert (path.parent / f"{path.name}-wal").stat().st_size == 0
    with connection.cursor() as cursor:
        copy = path.parent / "plain.db"
        cursor.execute(f"ATTACH DATABASE '{copy}' AS plain KEY ''")
        cursor.execute("SELECT sqlcipher_export('plain')").fetchall()
        cursor.execute("DETACH DATABASE plain")
    assert client.encode() in copy.read_bytes()  # the journal still says that there was someone
    assert wrapped["wrapped"].encode() not in copy.read_bytes()


def test_batch_made_history_erases_as_the_database_does(database: str) -> None:
    book = MemoryBook()
    with kept_in(book):
        room = Room(a_monday_evening())
        client = someone(room)
        book.flush()
        done(erase(room.tap(MANAGER), client=client, why="asked"))
    assert opened(book.store, client, str(book.store.tables["people_client"][client]["sealed"])) == {}
    book.flush()
    assert not DatabaseKeyring().key_is_there(client)
    assert verify().findings == []
