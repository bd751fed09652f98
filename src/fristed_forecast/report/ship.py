"""Putting a finished run into the package: its cards and what its brief is made of.

`python -m fristed_forecast.report.ship FOLDER AREA`. Hashes are those of the code and data that ran. The error beside
a probability is computed anew from the probability and the draws, so that a run made before the error was Wilson's
says the same as one made after; likewise, only public money is told by council-tax payer.
"""

import json
import sys
from pathlib import Path
from typing import Any

from fristed_forecast.report.brief import SUMMARY
from fristed_forecast.report.cards import FILE, SHIPPED
from fristed_forecast.report.page import PUBLIC
from fristed_forecast.verdict import wilson

ERRORS = "Wilson's half-width at one standard error, from P and draws, by python -m fristed_forecast.report.ship"


def with_errors(found: dict[str, Any]) -> dict[str, Any]:
    """The cards with every error from its probability. P is printed to two places, so hits are exact to 99 draws."""
    draws = int(found["run"]["draws"])
    for card in found["cards"]:
        for answer in card["answers"]:
            hits = round(float(answer["probability"]) * draws)
            answer["error"] = f"{wilson(hits / draws, draws):.2f}"
            answer["each"] = answer["each"] if card["outcome"] in PUBLIC else ""
    return {"run": found["run"] | {"errors": ERRORS}, "cards": found["cards"]}


def ship(folder: Path, area: str, into: Path = SHIPPED) -> None:
    """Write AREA.json and AREA.summary.json."""
    found, ran = read(folder / FILE), read(folder / "manifest.json")
    found["run"] |= {"code": ran["code"], "data": ran["data"]}
    made = {"": with_errors(found), ".summary": read(folder / SUMMARY)}
    for kind, found in made.items():
        text = json.dumps(found, indent=1, ensure_ascii=False)
        (into / f"{area}{kind}.json").write_text(text + "\n", encoding="utf-8")


def read(path: Path) -> dict[str, Any]:
    """A file of a run."""
    return dict(json.loads(path.read_text(encoding="utf-8")))


if __name__ == "__main__":
    ship(Path(sys.argv[1]), sys.argv[2])
