"""A book in memory: the reference that the databases are compared with, and the writer of batch-made history.

The same acts, the same rules, the same entries and hashes; `flush` writes what has gathered in large batches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from fristed.ground import seal
from fristed.ground.act import Put
from fristed.ground.chance import fresh_bytes
from fristed.ground.ids import Id
from fristed.ground.keyring import DatabaseKeyring, wrapping_key
from fristed.ground.store import Row, Store
from fristed.journal.book import entry_columns
from fristed.journal.entry import NO_HEAD, EntryText, Head, canonical, chain
from fristed.journal.tables import DESTROYED, blank_row

Columns = tuple[str, ...]


class MemoryKeyring:
    """Subjects' keys in a mapping."""

    def __init__(self) -> None:
        self._keys: dict[Id, bytes] = {}
        self.destroyed: set[Id] = set()

    def key(self, subject: Id) -> bytes | None:
        return self._keys.get(subject)

    def keys(self, subjects: Iterable[Id]) -> dict[Id, bytes]:
        return {subject: self._keys[subject] for subject in subjects if subject in self._keys}

    def items(self) -> Iterable[tuple[Id, bytes]]:
        """Every subject with its key."""
        return self._keys.items()

    def make(self, subject: Id) -> bytes:
        if self.is_destroyed(subject):
            raise seal.Unreadable(subject)
        if subject not in self._keys:
            self._keys[subject] = fresh_bytes(32)
        return self._keys[subject]

    def destroy(self, subject: Id) -> None:
        self._keys.pop(subject, None)
        self.destroyed.add(subject)

    def is_destroyed(self, subject: Id) -> bool:
        return subject in self.destroyed


class MemoryStore:
    """Rows in mappings, with an index for every set of columns that has been asked for."""

    def __init__(self) -> None:
        self.keyring = MemoryKeyring()
        self.tables: dict[str, dict[Id, Row]] = defaultdict(dict)
        self._indexes: dict[str, dict[Columns, dict[tuple[object, ...], dict[Id, None]]]] = defaultdict(dict)

    def get(self, table: str, id: Id) -> Row | None:
        return self.tables[table].get(id)

    def find(self, table: str, **equals: str | int | None) -> list[Row]:
        ids = self._index(table, tuple(equals)).get(tuple(equals.values()), {})
        return [self.tables[table][id] for id in sorted(ids)]

    def latest(self, table: str, **equals: str | int | None) -> Row | None:
        ids = self._index(table, tuple(equals)).get(tuple(equals.values()), {})
        return self.tables[table][max(ids)] if ids else None

    def put(self, put: Put) -> None:
        """Applies one fact."""
        old = self.tables[put.table].get(put.id)
        if (old is None) != put.new:
            raise LookupError(f"{put.table} {put.id}: an act {'makes a row twice' if old else 'changes no row'}")
        new = (old or blank_row(put.table) | {"id": put.id}) | dict(put.values)
        self.tables[put.table][put.id] = new
        for columns, index in self._indexes[put.table].items():
            if old is not None:
                index[_values(old, columns)].pop(put.id, None)
            index.setdefault(_values(new, columns), {})[put.id] = None

    def forget(self, table: str, id: Id) -> None:
        """Drops a row that is written and that no act will read again, so that memory need not grow with history."""
        row = self.tables[table].pop(id)
        for columns, index in self._indexes[table].items():
            same = index[_values(row, columns)]
            del same[id]
            if not same:
                del index[_values(row, columns)]

    def _index(self, table: str, columns: Columns) -> dict[tuple[object, ...], dict[Id, None]]:
        indexes = self._indexes[table]
        if columns not in indexes:
            index: dict[tuple[object, ...], dict[Id, None]] = {}
            for id, row in self.tables[table].items():
                index.setdefault(_values(row, columns), {})[id] = None
            indexes[columns] = index
        return indexes[columns]


class MemoryBook:
    """Keeps acts in memory. `flush` writes all of it to the database, entries in order, rows as they now are."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.entries: dict[Id, EntryText] = {}
        self._heads: dict[Id, Head] = {}
        self._unwritten: list[tuple[str | int, ...]] = []
        self._touched: dict[str, dict[Id, bool]] = defaultdict(dict)
        self._keys_written: set[Id] = set()

    @contextmanager
    def turn(self, site: Id) -> Iterator[Store]:
        yield self.store

    def known(self, key: Id) -> EntryText | None:
        return self.entries.get(key)

    def head(self, site: Id) -> Head:
        return self._heads.get(site, NO_HEAD)

    def write(self, entry: EntryText, previous: str, puts: Iterable[Put], *, alarm: bool) -> None:
        text = canonical(entry)
        hash = chain(previous, text)
        self._heads[entry.site] = Head(entry.seq, hash)
        self.entries[entry.key] = entry
        self._unwritten.append((*entry_columns(entry), text, hash))
        for put in puts:
            self.store.put(put)
            self._touched[put.table].setdefault(put.id, put.new)
            if put.table == DESTROYED:
                self.store.keyring.destroy(put.id)

    def flush(self) -> int:
        """Writes what has gathered since the last flush; answers how many entries. All or nothing."""
        with transaction.atomic():
            self._write_keys()
            for table, ids in self._touched.items():
                _write_rows(table, [self.store.tables[table][id] for id, new in ids.items() if new], new=True)
                _write_rows(table, [self.store.tables[table][id] for id, new in ids.items() if not new], new=False)
            names = ("key", "site_id", "seq", "act", "thing", "happened", "recorded", "text", "hash")
            _insert("journal_entry", names, self._unwritten)
        written = len(self._unwritten)
        self._unwritten.clear()
        self._touched.clear()
        self.entries.clear()
        return written

    def _write_keys(self) -> None:
        fresh = {id: key for id, key in self.store.keyring.items() if id not in self._keys_written}
        rows = [(id, seal.wrap(wrapping_key(), id, key)) for id, key in fresh.items()]
        _insert("ground_subjectkey", ("id", "wrapped"), rows)
        gone = self._keys_written & self.store.keyring.destroyed
        for id in gone:
            DatabaseKeyring().destroy(id)
        self._keys_written.update(fresh)
        self._keys_written -= gone


def _write_rows(table: str, rows: list[Row], *, new: bool) -> None:
    if not rows:
        return
    names = tuple(rows[0])
    values = [tuple(row[name] for name in names) for row in rows]
    if new:
        _insert(table, names, values)
        return
    changes = ", ".join(f'"{name}" = %s' for name in names)
    with connection.cursor() as cursor:
        sql = f'UPDATE "{table}" SET {changes} WHERE "id" = %s'  # noqa: S608  # names from code only
        cursor.executemany(sql, [(*row, row[names.index("id")]) for row in values])


def _insert(table: str, names: Columns, rows: Iterable[tuple[Any, ...]]) -> None:
    quoted = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{table}" ({quoted}) VALUES ({marks})', list(rows))  # noqa: S608  # names from code only


def _values(row: Row, columns: Columns) -> tuple[object, ...]:
    return tuple(row[column] for column in columns)
