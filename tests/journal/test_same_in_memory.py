"""Random sequences of acts: the book in memory and the database give the same answers, rows, entries and hashes.

Run on both databases, each against the same memory: so they equal each other too.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from django.db import connection, connections
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from fristed.ground.act import MANAGER, NURSE, Done, Role, Tap
from fristed.ground.chance import chance_of
from fristed.ground.ids import Id
from fristed.ground.store import DatabaseStore
from fristed.journal.frame import Act, kept_in
from fristed.journal.memory import MemoryBook
from fristed.journal.verify import verify
from fristed.people.acts import register
from fristed.people.acts.erasure import erase, hold
from fristed.room.acts.door import check_in
from fristed.room.acts.erasure import erase_visit
from fristed.room.acts.places import lay_out, seat
from fristed.staff.acts import change_site_file, found_site, hire
from tests.journal import life
from tests.support import databases
from tests.support.cast import a_monday_evening, site_file

_examples = count(1)
_which = st.integers(min_value=0, max_value=5)
_words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs", "So")), max_size=12)


def owned_chance(seed: int) -> Callable[[int], bytes]:
    """Keys from one stream, everything else from another: memory wraps keys later than the database does."""
    keys, rest = random.Random(seed), random.Random(~seed)  # invented people's keys
    return lambda size: (keys if size == 32 else rest).randbytes(size)


class TwoBooks(RuleBasedStateMachine):
    """Every act is done twice: in memory and on the database."""

    def __init__(self) -> None:
        super().__init__()
        self.number = next(_examples)
        self.book = MemoryBook()
        self.chances = owned_chance(self.number), owned_chance(self.number)
        self.taps = count(1)
        self.site = f"{self.number:012x}{'0' * 20}"
        self.clients: list[Id] = []
        self.visits: list[Id] = []
        self.lived: list[tuple[Tap, Act[Any], dict[str, Any]]] = []
        self.both(found_site, "administrator", file=site_file(slug=f"s{self.number}"))
        self.both(lay_out, MANAGER)
        self.someone_registers("Kestrel", "Kestrel")
        self.someone_comes(1, "", late=False)
        self.someone_comes(0, "invented", late=False)

    def both(self, act: Act[Any], role: Role, /, late: bool = False, override: bool = False, **asked: Any) -> Id | None:
        at = a_monday_evening() + 1_000_000 * (step := next(self.taps))
        key = f"{self.number:012x}{step:020x}"
        reason = "invented" if override else ""
        return self.do(
            Tap(key, self.site, at, at, role, None, None, late, override, reason, signed_in=True), act, asked
        )

    def do(self, tap: Tap, act: Act[Any], asked: dict[str, Any]) -> Id | None:
        self.lived.append((tap, act, asked))
        with chance_of(self.chances[0]), kept_in(self.book):
            expected = act(tap, **asked)
        with chance_of(self.chances[1]):
            assert act(tap, **asked) == expected
        return expected.thing if isinstance(expected, Done) else None

    @rule(code=_words, word=_words)
    def someone_registers(self, code: str, word: str) -> None:
        client = self.both(register, NURSE, code=code, call_word=word)
        self.clients += [client] if client else []

    @rule(name=_words)
    def someone_is_hired(self, name: str) -> None:
        self.both(hire, MANAGER, name=name, role="nurse")

    @rule(name=_words)
    def the_site_file_changes(self, name: str) -> None:
        self.both(change_site_file, MANAGER, file=site_file(slug=f"s{self.number}", name=f"The {name} (invented)"))

    @rule(which=_which, note=_words, late=st.booleans())
    def someone_comes(self, which: int, note: str, late: bool) -> None:
        client = _one_of(self.clients, which) if which else None
        act = check_in if late else life.come  # the room's own rule keeps a visit before the opening only when late
        visit = self.both(act, NURSE, late=late, client=client, note=note)
        self.visits += [visit] if visit else []

    @rule(which=_which, place=st.integers(1, 4), late=st.booleans(), override=st.booleans(), ours=st.booleans())
    def someone_sits(self, which: int, place: int, late: bool, override: bool, ours: bool) -> None:
        self.both(life.sit if ours else seat, NURSE, late, override, visit=self._visit(which), place=place)

    @rule(which=_which)
    def someone_is_looked_at(self, which: int) -> None:
        self.both(life.look, NURSE, visit=self._visit(which))

    @rule(which=_which)
    def someone_leaves(self, which: int) -> None:
        self.both(life.leave, NURSE, visit=self._visit(which))

    @rule(which=_which, held=st.booleans())
    def someone_is_erased(self, which: int, held: bool) -> None:
        client = _one_of(self.clients, which)
        if held:
            self.both(hold, MANAGER, override=True, client=client)
        self.both(erase, MANAGER, client=client, why="asked")

    @rule(which=_which)
    def a_visit_is_erased(self, which: int) -> None:
        self.both(erase_visit, MANAGER, visit=self._visit(which), why="time_over")

    @rule()
    def the_last_tap_comes_again(self) -> None:
        self.do(*self.lived[-1])

    @rule(which=_which)
    def the_last_key_is_used_for_something_else(self, which: int) -> None:
        self.do(self.lived[-1][0], life.look, {"visit": self._visit(which)})

    @invariant()
    def entries_and_hashes_are_the_same(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT text, hash FROM journal_entry WHERE site_id = %s ORDER BY seq", (self.site,))
            assert [tuple(row) for row in cursor.fetchall()] == [entry[-2:] for entry in self.book._unwritten]

    def teardown(self) -> None:
        for table, rows in self.book.store.tables.items():
            for id, row in rows.items():
                assert DatabaseStore().get(table, id) == row

    def _visit(self, which: int) -> Id:
        return _one_of(self.visits, which)


def _one_of(things: list[Id], which: int) -> Id:
    """One of those there are; now and then one that nobody knows."""
    return things[which % len(things)] if things and which < 5 else "f" * 32


def test_any_sequence_of_acts_gives_the_same_in_memory_and_on_the_database(database: str) -> None:
    few = settings(
        max_examples=12,
        stateful_step_count=20,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(TwoBooks, settings=few)
    assert verify().findings == []


def test_what_memory_flushes_in_batches_is_what_the_database_keeps_act_by_act(
    sqlite_template: Path, tmp_path: Path, postgres_template: str
) -> None:
    """One life: act by act on the encrypted file; in memory, flushed after every third step, on PostgreSQL."""
    databases.use_sqlite(Path(shutil.copy(sqlite_template, tmp_path / "fristed.db")))
    machine = TwoBooks()
    for which in range(4):
        machine.someone_registers(f"code {which}", "word")
        machine.someone_comes(which, "note", late=which > 1)
        machine.someone_sits(which, which + 1, late=True, override=False, ours=True)
        machine.someone_is_looked_at(which)
    machine.someone_is_erased(1, held=False)
    machine.someone_leaves(2)
    act_by_act = verify()
    connections["default"].close()
    databases.use_postgres(databases.create_postgres("test_flushed", postgres_template))
    book, chance = MemoryBook(), owned_chance(machine.number)
    for number, (tap, act, asked) in enumerate(machine.lived):
        with chance_of(chance), kept_in(book):
            act(tap, **asked)
        if number % 3 == 0:
            book.flush()
    book.flush()
    flushed = verify()
    connections["default"].close()
    databases.drop_postgres("test_flushed")
    assert (flushed.findings, act_by_act.findings) == ([], [])
    assert flushed.heads == act_by_act.heads
    assert flushed.rows == act_by_act.rows > 16
