"""The report of a year out of ten, on either database: how long, and how many queries.

python -m bench.report [--years 10] [--days 365] [--database sqlite] [--slow]

One year is lived through the acts; the other years are its rows again with earlier days, put in by SQL for this
measurement only (a report reads rows, not the journal). Different people come back every year.
"""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import Annotated

import typer
from tests import conftest  # noqa: F401  # names the settings and sets Django up, before models are read
from tests.support import databases

# isort: split
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.bare import without_references
from bench.figures import spread
from bench.place import lived
from fristed.evidence.queries.period import Period
from fristed.evidence.thistle import thistle
from fristed.journal.tables import act_written

YEAR = 365
TIMES = 5


def main(
    years: Annotated[int, typer.Option()] = 10,
    days: Annotated[int, typer.Option()] = YEAR,
    database: Annotated[list[str] | None, typer.Option()] = None,
    slow: Annotated[bool, typer.Option(help="Names the slowest queries.")] = False,
) -> None:
    """Prints one line for each database."""
    for kind in database or ["sqlite", "postgres"]:
        with lived(kind, days) as place:
            without_references()
            for back in range(1, years):
                _again(back)
            _gather()
            last = date.today() - timedelta(days=1)  # noqa: DTZ011  # the lived history has no zone of its own
            year = Period(place.cast.site, last - timedelta(days=YEAR - 1), last)
            with CaptureQueriesContext(connection) as queries:
                counted = thistle(year)
            seconds = [_seconds(year) for _ in range(TIMES)]
            slowest = sorted(queries.captured_queries, key=lambda query: -float(query["time"]))[:6]
            for query in slowest if slow else ():
                print(f"  {query['time']} s: {' '.join(query['sql'].split())[:150]}")
            visits = _count("room_visit")
            print(f"{kind}: {visits:,} visits in {years} years; {counted.accesses:,} accesses counted in one of them:")
            print(f"  {spread(seconds, 's', 2)}, {len(queries)} queries", flush=True)
    databases.stop()


def _again(back: int) -> None:
    """Every row that has a day, and those that belong to them, again `back` years earlier with ids of its own."""
    mark = f"{back:04x}"
    for model in (m for m in apps.get_models() if m._meta.db_table in act_written()):
        table, columns = model._meta.db_table, [str(field.column) for field in model._meta.concrete_fields]
        if not {"day", "emergency_id"} & set(columns):
            continue
        values = ", ".join(_shifted(column, back, mark) for column in columns)
        names = ", ".join(f'"{column}"' for column in columns)
        with connection.cursor() as cursor:
            cursor.execute(f'INSERT INTO "{table}" ({names}) SELECT {values} FROM "{table}" WHERE id LIKE \'0%%\'', [])  # noqa: S608  # names from models


def _shifted(column: str, back: int, mark: str) -> str:
    if column in ("id", "visit_id", "emergency_id"):
        return f"'f{mark}' || substr(\"{column}\", 6)"
    if column == "day":
        days = back * (YEAR + 1)  # a day more: a service day is there once
        return (
            f"date(day, '-{days} days')"
            if connection.vendor == "sqlite"
            else f"to_char(day::date - {days}, 'YYYY-MM-DD')"
        )
    return f'"{column}"'


def _gather() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # noqa: S608  # our own name
        return int(cursor.fetchone()[0])


def _seconds(year: Period) -> float:
    start = time.perf_counter()
    thistle(year)
    return time.perf_counter() - start


if __name__ == "__main__":
    typer.run(main)
