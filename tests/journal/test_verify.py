"""`verify` finds what a hand with the key has changed, and says where."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test import override_settings

from fristed.ground.ids import Id
from fristed.journal import triggers
from fristed.journal.entry import Head
from fristed.journal.verify import Report, verify
from fristed.journal.verify.heads import HeadsFileError, read_heads, write_heads
from tests.journal import life
from tests.journal.tampering import change, rewrite_from
from tests.support.cast import Room, a_monday_evening, done


class Evening:
    """A room in which a few people came, sat and left: 10 entries, 7 rows."""

    def __init__(self) -> None:
        self.room = Room(a_monday_evening())
        self.client = done(life.register(self.room.tap(), alias="Kestrel (invented)")).thing
        self.visits = [self.visit(self.client), self.visit(None)]

    def visit(self, client: Id | None) -> Id:
        tap = self.room.tap
        visit = done(life.come(tap(), client=client, note="invented")).thing
        done(life.sit(tap(), visit=visit, place=1))
        done(life.look(tap(), visit=visit))
        done(life.leave(tap(), visit=visit))
        return visit


def wheres(report: Report, check: str) -> list[str]:
    assert {finding.check for finding in report.findings} == {check}, report.findings
    return [finding.where for finding in report.findings]


def test_an_untouched_journal_is_sound(database: str) -> None:
    evening = Evening()
    report = verify()
    assert report.findings == []
    assert (report.entries, report.rows) == (10, 7)
    assert report.heads[evening.room.site].seq == 10


def test_an_entry_whose_text_was_changed_is_the_first_broken_one(database: str) -> None:
    evening = Evening()
    change("UPDATE journal_entry SET text = replace(text, 'test.sit', 'test.sat') WHERE seq = 8")
    change("UPDATE journal_entry SET text = replace(text, 'test.sit', 'test.sat') WHERE seq = 4")
    assert wheres(verify(), "chain") == [f"site {evening.room.site}, entry 4"]


def test_an_entry_whose_hash_was_made_to_fit_breaks_the_next_link(database: str) -> None:
    from fristed.journal.entry import chain

    evening = Evening()
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, hash FROM journal_entry WHERE seq IN (4, 5) ORDER BY seq")
        (_, before), (text, _) = cursor.fetchall()
    changed = text.replace("test.look", "test.loot")
    change(
        "UPDATE journal_entry SET text = %s, hash = %s, act = 'test.loot' WHERE seq = 5",
        changed,
        chain(before, changed),
    )
    assert wheres(verify(), "chain") == [f"site {evening.room.site}, entry 6"]


@pytest.mark.parametrize(
    ("column", "value"),
    [("key", "0" * 32), ("act", "room.free"), ("thing", "f" * 32), ("happened", 5), ("recorded", 6)],
)
def test_a_column_that_differs_from_its_text_is_named(database: str, column: str, value: str | int | None) -> None:
    Evening()
    change(f"UPDATE journal_entry SET {column} = %s WHERE seq = 6", value)  # noqa: S608  # names from this file
    (finding,) = verify().findings
    assert finding.check == "chain"
    assert finding.sentence.startswith(f"The column {column} of entry 6 ")


def test_an_entry_taken_out_of_the_middle_leaves_a_gap(database: str) -> None:
    Evening()
    change("DELETE FROM journal_entry WHERE seq = 5")
    chain_finding = next(f for f in verify().findings if f.check == "chain")
    assert chain_finding.sentence == "Entry 5 is missing: the next one here is 6."


def test_the_first_entry_taken_away_leaves_a_gap(database: str) -> None:
    Evening()
    change("DELETE FROM journal_entry WHERE seq = 1")
    chain_finding = next(f for f in verify().findings if f.check == "chain")
    assert chain_finding.sentence == "Entry 1 is missing: the next one here is 2."


def test_each_site_has_a_chain_of_its_own(database: str) -> None:
    from tests.support.cast import site_file

    evening = Evening()
    other = Room(a_monday_evening(), site_file(slug="harbour"))
    change("UPDATE journal_entry SET text = text || ' ' WHERE site_id = %s AND seq = 1", other.site)
    report = verify()
    assert wheres(report, "chain") == [f"site {other.site}, entry 1"]
    assert report.heads[evening.room.site].seq == 10


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("room_visit", "came", 77),
        ("room_visit", "left", None),
        ("room_visit", "refused_by", "someone"),
        ("room_visit", "seen", None),
        ("room_visit", "sealed", ""),
    ],
)
def test_a_row_that_differs_from_its_entries_is_named_with_its_column(
    database: str, table: str, column: str, value: str | int | None
) -> None:
    visit = Evening().visits[1]
    change(f'UPDATE {table} SET "{column}" = %s WHERE id = %s', value, visit)  # noqa: S608  # names from this file
    assert wheres(verify(), "rows") == [f"{table} {visit} {column}"]


def test_a_row_taken_away_is_named(database: str) -> None:
    visit = Evening().visits[1]
    change("DELETE FROM room_stay WHERE visit_id = %s", visit)
    (finding,) = verify().findings
    assert finding.where.startswith("room_stay ")
    assert finding.sentence == "An entry made this row, but it is not there."


def test_a_row_that_no_entry_made_is_named_even_when_another_is_missing(database: str) -> None:
    evening = Evening()
    made, stranger = evening.visits[1], "e" * 32
    change("UPDATE room_visit SET id = %s WHERE id = %s", stranger, made)
    found = {(f.where, f.sentence) for f in verify().findings}
    assert (f"room_visit {made}", "An entry made this row, but it is not there.") in found
    assert (f"room_visit {stranger}", "This row is there, but no entry made it.") in found


def test_an_entry_and_its_row_taken_from_the_end_together_show_only_against_a_signed_head(
    database: str, tmp_path: Path
) -> None:
    evening = Evening()
    paper = tmp_path / "heads"
    done(life.register(evening.room.tap(), alias="Heron (invented)"))
    write_heads(paper, verify().heads)
    change("DELETE FROM people_code WHERE client_id <> %s", evening.client)
    change("DELETE FROM people_client WHERE id <> %s", evening.client)
    change("DELETE FROM journal_entry WHERE seq = 11")
    assert verify().sound
    (finding,) = verify(read_heads(paper)).findings
    assert finding.check == "heads"
    assert finding.sentence == "A signed head names entry 11; the journal ends at 10: its tail is cut."


def test_a_history_written_anew_with_fitting_hashes_shows_only_against_a_signed_head(
    database: str, tmp_path: Path
) -> None:
    evening = Evening()
    paper = tmp_path / "heads"
    write_heads(paper, verify().heads)
    rewrite_from(evening.room.site, 4, role="manager")
    assert verify().sound
    (finding,) = verify(read_heads(paper)).findings
    assert finding.sentence == "The journal was written anew: this entry's hash is not the one that was signed."


def test_later_entries_do_not_trouble_an_older_head(database: str, tmp_path: Path) -> None:
    evening = Evening()
    paper = tmp_path / "heads"
    write_heads(paper, verify().heads)
    evening.visit(None)
    write_heads(paper, verify().heads)
    heads = read_heads(paper)
    assert [head.seq for head in heads] == [10, 14]
    assert verify(heads).sound


def test_a_head_that_somebody_made_himself_is_named(database: str, tmp_path: Path) -> None:
    evening = Evening()
    paper = tmp_path / "heads"
    with override_settings(SERVICE_KEY=b"another service's key, 32 bytes!"):
        write_heads(paper, {evening.room.site: Head(10, "0" * 64)})
    assert wheres(verify(read_heads(paper)), "heads") == [f"site {evening.room.site}, entry 10"]


def test_a_file_that_holds_no_heads_is_told(tmp_path: Path) -> None:
    paper = tmp_path / "heads"
    paper.write_text("a shopping list\n")
    with pytest.raises(HeadsFileError, match="not a file of heads"):
        read_heads(paper)
    with pytest.raises(HeadsFileError, match="cannot be read"):
        read_heads(tmp_path / "nothing here")


def test_a_missing_trigger_is_named(database: str) -> None:
    Evening()
    name = triggers.wanted()[0].name
    with connection.cursor() as cursor:
        on = "" if database == "sqlite" else " ON journal_entry"
        cursor.execute(f'DROP TRIGGER "{name}"{on}')
    assert wheres(verify(), "guards") == [name]


def test_a_key_that_does_not_open_is_named(database: str) -> None:
    client = Evening().client
    change("UPDATE ground_subjectkey SET wrapped = %s WHERE id = %s", "A" * 80, client)
    assert wheres(verify(), "keys") == [f"ground_subjectkey {client}"]


def test_progress_is_told_for_every_entry_twice(database: str) -> None:
    from fristed.journal.verify.run import total_entries

    Evening()
    read: list[int] = []
    verify(tick=read.append)
    assert sum(read) == total_entries() == 20
