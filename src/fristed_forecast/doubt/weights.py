"""The weight of every number on the claims: the widest share of a claim's effect that it alone moves."""

import csv
from dataclasses import dataclass
from pathlib import Path

from fristed_forecast.argument.areas import Area
from fristed_forecast.argument.positions import positions
from fristed_forecast.doubt.tornado import tornado

SHIPPED = Path(__file__).parents[1] / "evidence" / "weights.csv"
WEIGHED = {"hat-sign-up": ("deaths", "offences", "public sector", "societal"), "room": ("deaths", "public sector"),
           "arrest-possessors": ("offences", "entrants"), "abstinence-instead": ("deaths", "recovered")}  # fmt: skip


@dataclass(frozen=True)
class Weight:
    """How much of the widest swing of one claim's outcome a number makes by itself: 1 is the widest of all."""

    symbol: str
    share: float
    on: str


def weights(area: Area) -> list[Weight]:
    """The heaviest use of every number, heaviest first."""
    best: dict[str, Weight] = {}
    for name, outcomes in WEIGHED.items():
        swings = tornado(area, positions()[name], area.claimed_people)
        for outcome in outcomes:
            widest = swings[outcome][0].width()
            for swing in swings[outcome]:
                share = swing.width() / widest if widest > 0 else 0.0
                if swing.symbol not in best or share > best[swing.symbol].share:
                    best[swing.symbol] = Weight(swing.symbol, share, f"{name}: {outcome}")
    return sorted(best.values(), key=lambda weight: -weight.share)


def write(file: Path, found: list[Weight]) -> None:
    """One row a number."""
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(("symbol", "share", "on"))
        writer.writerows((w.symbol, f"{w.share:.4f}", w.on) for w in found)


def read(file: Path = SHIPPED) -> dict[str, Weight]:
    """Weights by symbol, as shipped."""
    with file.open(encoding="utf-8") as text:
        return {row["symbol"]: Weight(row["symbol"], float(row["share"]), row["on"]) for row in csv.DictReader(text)}
