"""Current rows computed again from the journal, and the first places where the database says otherwise.

Entries are read from the last to the first: the first value met of a column is its present one, and the entry that
made a row completes it. So memory holds only rows that were changed later than where the reading stands.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import connection

from fristed.ground.ids import Id
from fristed.ground.store import Row
from fristed.journal.entry import parse
from fristed.journal.tables import act_written, blank_row
from fristed.journal.verify.reading import ask, backwards
from fristed.journal.verify.report import ENOUGH, Finding, Tick

COMPARED_AT_ONCE = 500
IDS_AT_ONCE = 500_000


def differing_rows(sites: list[Id], tick: Tick) -> tuple[int, list[Finding]]:
    """How many rows the journal makes, and where the tables differ from them."""
    made: Counter[str] = Counter()
    findings: list[Finding] = []
    for site in sites:
        for table, rows in _folded(site, tick, findings):
            made[table] += len(rows)
            findings += _compared(table, rows) if len(findings) < ENOUGH else []
    for table in act_written():
        there = ask(f'SELECT count(*) FROM "{table}"')[0][0]  # noqa: S608  # names from models only
        if there > made[table] - sum(
            f.where.startswith(f"{table} ") and "is not there" in f.sentence for f in findings
        ):
            findings += _without_entry(table, sites)
    return made.total(), findings


def _folded(site: Id, tick: Tick, findings: list[Finding]) -> Iterator[tuple[str, dict[Id, Row]]]:
    """Complete rows of one site, a few hundred of one table at a time."""
    later: dict[tuple[str, Id], dict[str, Any]] = {}
    ready: dict[str, dict[Id, Row]] = defaultdict(dict)
    for batch in backwards(site):
        for text in batch:
            for sign, table, id, values in reversed(parse(text).rows):
                known = values | later.pop((table, id), {})
                if sign != "+":
                    later[table, id] = known
                    continue
                ready[table][id] = blank_row(table) | known | {"id": id}
                if len(ready[table]) == COMPARED_AT_ONCE:
                    yield table, ready.pop(table)
        tick(len(batch))
    yield from ready.items()
    findings += (
        Finding("rows", f"{table} {id}", "Entries change this row, but none made it.")
        for table, id in [*later][:ENOUGH]
    )


def _compared(table: str, expected: Mapping[Id, Row]) -> Iterator[Finding]:
    marks = ", ".join(["%s"] * len(expected))
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" WHERE "id" IN ({marks})', tuple(expected))  # noqa: S608  # names from models only
        names = [column[0] for column in cursor.description]
        there = {row["id"]: row for row in (dict(zip(names, values, strict=True)) for values in cursor.fetchall())}
    for id, row in expected.items():
        if id not in there:
            yield Finding("rows", f"{table} {id}", "An entry made this row, but it is not there.")
            continue
        for column, value in row.items():
            if there[id].get(column) != value:
                yield Finding("rows", f"{table} {id} {column}", _says(there[id].get(column), value))


def _without_entry(table: str, sites: list[Id]) -> Iterator[Finding]:
    """Rows that no entry made: one pass over the journal for each half a million ids of the table."""
    told = 0
    for ids in _ids(table):
        unmade = set(ids)
        for site in sites:
            for batch in backwards(site):
                unmade.difference_update(_made_in(batch, table))
        for id in sorted(unmade)[: ENOUGH - told]:
            told += 1
            yield Finding("rows", f"{table} {id}", "This row is there, but no entry made it.")


def _made_in(texts: Iterable[str], table: str) -> Iterator[Id]:
    for text in texts:
        for sign, where, id, _ in parse(text).rows:
            if sign == "+" and where == table:
                yield id


def _ids(table: str) -> Iterator[list[Id]]:
    sql = f'SELECT "id" FROM "{table}" WHERE "id" > %s ORDER BY "id" LIMIT {IDS_AT_ONCE}'  # noqa: S608  # names from models only
    after = ""
    while rows := ask(sql, after):
        yield [row[0] for row in rows]
        after = rows[-1][0]


def _says(there: object, value: object) -> str:
    return f"The row says {_short(there)}, its entries say {_short(value)}."


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
