"""Verdict cards as they are shown: one word as large as the other, and how far a full run is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {"supported": _("Yes"), "refuted": _("No")}
CANNOT_TELL = _("Cannot tell")


@dataclass(frozen=True, slots=True)
class Shown:
    """One card: its word, and the lowest and highest probability over structures and numbers of people."""

    card: dict[str, Any]
    word: str | Promise
    first: dict[str, Any]
    lowest: dict[str, Any]
    highest: dict[str, Any]


def shown(card: dict[str, Any]) -> Shown:
    """A card with its word. What is neither supported nor refuted cannot be told, whatever the reason."""
    ordered = sorted(card["answers"], key=lambda answer: float(answer["probability"]))
    return Shown(card, WORDS.get(card["verdict"], CANNOT_TELL), card["answers"][0], ordered[0], ordered[-1])


def told(found: dict[str, Any]) -> dict[str, Any]:
    """Every card of an area, the run it is from, and the full run behind it."""
    return {
        "cards": [shown(card) for card in found.get("cards", [])],
        "run": found.get("run"),
        "full": found.get("full", "none"),
        "done_parts": found.get("done", 0),
        "all_parts": found.get("total", 0),
        "asked_draws": found.get("draws"),
        "asked_replicates": found.get("replicates"),
        "sentence": found.get("sentence", ""),
    }
