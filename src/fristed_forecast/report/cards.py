"""Verdict cards as plain data, for a page: what a finished run says, and the run that comes with the package."""

import json
from pathlib import Path
from typing import Any

from fristed_forecast.argument.positions import positions
from fristed_forecast.doubt import weights
from fristed_forecast.report.page import each_payer, number
from fristed_forecast.runs.outcomes import SHOWN
from fristed_forecast.runs.plan import Plan, manifest
from fristed_forecast.verdict import Answer, Card

SHIPPED = Path(__file__).parent / "shipped"
FILE = "cards.json"


def answer(card: Card, said: Answer, payers: int) -> dict[str, Any]:
    """One structure's answer, rounded as the report rounds."""
    return {
        "structure": said.structure, "people": said.people,
        "probability": f"{said.probability:.2f}", "error": f"{said.error:.2f}",
        "mean": number(said.mean), "low": number(said.low), "high": number(said.high), "noise": number(said.noise),
        "each": each_payer(card.claim.outcome, said.mean, payers).removeprefix("; "),
    }  # fmt: skip


def plain(plan: Plan, card: Card) -> dict[str, Any]:
    """One card."""
    claim = card.claim
    known = positions()[claim.position]
    return {
        "name": claim.name, "words": claim.words, "verdict": card.verdict, "settles": claim.settles,
        "position": claim.position, "said": known.said, "trap": known.trap, "against": claim.against,
        "levers": {name: str(value) for name, value in known.levers.items()},
        "outcome": claim.outcome, "unit": SHOWN[claim.outcome], "direction": claim.direction,
        "margin": f"{claim.relative:.0%} of the other arm" if claim.relative else f"{claim.margin:g} per 1,700 people",
        "answers": [answer(card, said, plan.area.payers()) for said in card.answers],
        "turned": [f"{p:.2f}" for p in card.turned] if card.turned else [],
    }  # fmt: skip


def write(plan: Plan, folder: Path, made: list[Card]) -> None:
    """Every card, and what another person needs to make them again."""
    keys = ("area", "people", "draws", "replicates", "weeks", "seed", "code", "data")
    told = {key: value for key, value in manifest(plan).items() if key in keys}
    text = json.dumps({"run": told, "cards": [plain(plan, card) for card in made]}, indent=1, ensure_ascii=False)
    (folder / FILE).write_text(text + "\n", encoding="utf-8")


def shipped(area: str) -> dict[str, Any]:
    """The run that comes with the package for an area; empty when there is none."""
    path = SHIPPED / f"{area}.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def heaviest(outcome: str, many: int = 8) -> list[str]:
    """Symbols whose heaviest use is on this outcome, heaviest first."""
    found = [w for w in weights.read().values() if w.on.endswith(f": {outcome}")]
    return [w.symbol for w in sorted(found, key=lambda w: -w.share)[:many]]
