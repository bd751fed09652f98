"""Which code reads which number, found by letting the code read it. Writes the `used_by` column.

`python -m fristed_forecast.evidence.trace` rewrites typed.csv; a test holds the column to what is found here.
"""

import csv
import io
import sys
from pathlib import Path
from typing import Any

import numpy as np

from fristed_forecast import ledger
from fristed_forecast.argument.areas import implied
from fristed_forecast.argument.levers import policy
from fristed_forecast.calibration.predict import YEARS, counted
from fristed_forecast.evidence.draws import centre
from fristed_forecast.evidence.table import read_rows
from fristed_forecast.rates.build import build
from fristed_forecast.rates.structure import variants
from fristed_forecast.runs.outcomes import economics
from fristed_forecast.week.counts import COLUMNS

TYPED = Path(__file__).parent / "typed.csv"
EVERYTHING = {"hat_places": 10, "hat_payer": "nhs", "room_booths": 1, "room_hours": 10, "room_payer": "nhs",
              "hat_conditional": True, "prison_testing": True}  # fmt: skip


class Traced(dict[str, float]):
    """Numbers that remember who read them."""

    def __init__(self, values: dict[str, float]) -> None:
        super().__init__(values)
        self.readers: dict[str, set[str]] = {}

    def __getitem__(self, symbol: str) -> float:
        frame: Any = sys._getframe(1)
        while frame.f_code.co_name.startswith("<"):
            frame = frame.f_back
        module = frame.f_globals["__name__"].removeprefix("fristed_forecast.")
        self.readers.setdefault(symbol, set()).add(f"{module}.{frame.f_code.co_name}")
        return super().__getitem__(symbol)


def readers() -> dict[str, tuple[str, ...]]:
    """Every symbol that anything reads, with the functions that read it."""
    theta = Traced(centre())
    for structure in variants():
        build(theta, structure)
    policy(EVERYTHING, theta, 0)
    ledger.lines(theta, EVERYTHING)
    ledger.utilities(theta)
    economics(theta)
    implied(theta, 1)
    counted(np.ones((52 * YEARS, COLUMNS)), theta)
    return {symbol: tuple(sorted(names)) for symbol, names in theta.readers.items()}


def table(found: dict[str, tuple[str, ...]]) -> str:
    """typed.csv with the column filled in; a prior that nothing reads is context."""
    rows = read_rows(TYPED)
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        row["used_by"] = " ".join(found.get(row["symbol"], ()))
        if row["role"] == "prior" and not row["used_by"]:
            row["role"] = "context"
        writer.writerow(row)
    return text.getvalue()


if __name__ == "__main__":
    TYPED.write_text(table(readers()), encoding="utf-8")
