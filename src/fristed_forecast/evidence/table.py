"""The table of numbers: what was published or assumed, and how it is drawn."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

FOLDER = files(__package__)
ROLES = ("prior", "fixed", "target", "context", "missing")


@dataclass(frozen=True)
class Number:
    """One row. `a`, `b` parametrise `family` as written in `fit`; `used_by` names the code that reads it."""

    symbol: str
    name: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    population: str
    source: str
    standing: str  # found, known, derived, assumption, not found
    note: str
    file: str
    role: str
    family: str
    rule: str
    a: float
    b: float
    time: str
    price_year: str
    currency: str
    payer: str
    joint: str
    used_by: tuple[str, ...]


def read_rows(path: Traversable) -> list[dict[str, str]]:
    """Rows of a CSV file in the package."""
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _number(text: str) -> float | None:
    return float(text) if text else None


def _join(file: str, row: dict[str, str], typed: dict[str, str]) -> Number:
    return Number(
        symbol=row["symbol"],
        name=row["name"],
        value=_number(row["value"]),
        low=_number(row["low"]),
        high=_number(row["high"]),
        unit=row["unit"],
        population=row["population"],
        source=row["source"],
        standing=row["found_or_known"],
        note=row["note"],
        file=file,
        role=typed["role"],
        family=typed["family"],
        rule=typed["rule"],
        a=float(typed["a"] or "nan"),
        b=float(typed["b"] or "nan"),
        time=typed["time"],
        price_year=typed["price_year"],
        currency=typed["currency"],
        payer=typed["payer"],
        joint=typed["joint"],
        used_by=tuple(typed["used_by"].split()),
    )


@cache
def numbers() -> dict[str, Number]:
    """Every number by its case-sensitive symbol, in the order of the files."""
    typed = {row["symbol"]: row for row in read_rows(FOLDER / "typed.csv")}
    table: dict[str, Number] = {}
    for file in ("published.csv", "assumed.csv"):
        for row in read_rows(FOLDER / file):
            if row["symbol"] in table:
                raise ValueError(f"{file}: symbol {row['symbol']!r} appears twice")
            table[row["symbol"]] = _join(file, row, typed[row["symbol"]])
    return table
