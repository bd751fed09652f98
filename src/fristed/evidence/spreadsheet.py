"""A report as CSV: one line a month, then the whole period; names of columns as in JSON. Empty: not a number."""

from __future__ import annotations

import csv
from io import StringIO

from fristed.evidence.queries.given import CODES
from fristed.evidence.thistle import COLUMNS, Month, Thistle


def as_csv(table: Thistle) -> str:
    """The text of the file, for any spreadsheet; a comma between columns, a point in fractions."""
    text = StringIO()
    heads = ("month", "accesses", "episodes", "emergencies", *(f"{c}_percent" for c in COLUMNS))
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow((*heads, "people", "people_so_far", *CODES))
    lines.writerows(_line(month) for month in table.months)
    sums = (table.accesses, table.episodes, table.emergencies, *("" for _ in COLUMNS))
    lines.writerow(("all", *sums, "", int(table.people), *table.given.values()))
    return text.getvalue()


def file_name(table: Thistle) -> str:
    """What the file is called."""
    return f"thistle_{table.first}_{table.last}.csv"


def _line(month: Month) -> tuple[str | int | float, ...]:
    shares = ("" if month.percent(c) is None else f"{month.percent(c):.1f}" for c in COLUMNS)
    counts = (month.accesses, month.episodes, month.emergencies)
    return month.month, *counts, *shares, int(month.people), int(month.people_so_far), *month.given.values()
