"""What can be said about a claim: supported, refuted, or cannot tell."""

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from fristed_forecast.argument.positions import BadInput, load
from fristed_forecast.runs.outcomes import SHOWN, Totals, difference, interval, noise

OWN = Path(__file__).parent / "argument" / "claims.toml"
PEOPLE_OF_MARGIN = 1700
SUPPORTED, REFUTED, CANNOT_TELL = "supported", "refuted", "cannot tell"
UNANSWERED = "not answered: the structures were not all run"
VOID = "cannot tell: the answer rests on a number whose sign nobody knows"


@dataclass(frozen=True)
class Claim:
    """One claim, fixed before the run. `relative` is a share of the other arm, else `margin` in units."""

    name: str
    position: str
    against: str
    outcome: str
    direction: str
    margin: float
    relative: float
    words: str
    settles: str
    added: bool = False  # after a first run of the other claims


@dataclass(frozen=True)
class Rules:
    """Thresholds on the probability, in every structure."""

    supported: float
    refuted: float


@dataclass(frozen=True)
class Answer:
    """One claim in one structure at one number of people."""

    structure: str
    people: int
    probability: float
    error: float  # Monte Carlo: Wilson's half-width at one standard error
    mean: float
    low: float
    high: float
    noise: float


@dataclass(frozen=True)
class Card:
    """A verdict card: the claim, every structure's answer, the word, and the twin's probability of the claim as
    drawn and with every number of unknown sign turned over (None where the twin cannot follow the position)."""

    claim: Claim
    answers: tuple[Answer, ...]
    verdict: str
    turned: tuple[float, float] | None = None


def claims(path: Path = OWN) -> tuple[Rules, list[Claim]]:
    """The file of claims, checked."""
    table = load(path)
    rules = Rules(float(table.pop("supported")), float(table.pop("refuted")))
    found = []
    for name, row in table.items():
        if row["direction"] not in ("less", "more"):
            raise BadInput(f"{path}: [{name}] direction = {row['direction']!r}: accepted are less and more")
        if row["outcome"] not in SHOWN:
            raise BadInput(f"{path}: [{name}] outcome = {row['outcome']!r}: accepted are {', '.join(SHOWN)}")
        found.append(
            Claim(name, row["position"], row.get("against", "do-nothing"), row["outcome"], row["direction"],
                  float(row.get("margin", 0)), float(row.get("relative", 0)), row["words"], row["settles"],
                  bool(row.get("added", False)))
        )  # fmt: skip
    return rules, found


def wilson(share: float, of: int) -> float:
    """Half the width of a share's interval at one standard error, never zero: a share of 0 or 1 in `of` draws is
    not certain (Wilson, Journal of the American Statistical Association 22 (1927), 209-212)."""
    return math.sqrt(share * (1 - share) / of + 1 / (4 * of**2)) / (1 + 1 / of)


def answer(claim: Claim, arm: Totals, against: Totals, structure: str, people: int) -> Answer:
    """Share of draws in which the claim holds, the paired difference, and its noise."""
    paired = difference(arm, against)[claim.outcome]
    base = against[claim.outcome].mean(axis=1)
    margin = claim.margin * people / PEOPLE_OF_MARGIN + claim.relative * base
    means = paired.mean(axis=1)
    true = (means < -margin) if claim.direction == "less" else (means > margin)
    p = float(np.mean(true))
    mean, low, high = interval(paired)
    return Answer(structure, people, p, wilson(p, len(true)), mean, low, high, noise(paired))


def word(rules: Rules, answers: tuple[Answer, ...]) -> str:
    """One word over every structure and every number of people."""
    if answers and all(a.probability >= rules.supported for a in answers):
        return SUPPORTED
    if answers and all(a.probability <= rules.refuted for a in answers):
        return REFUTED
    return CANNOT_TELL


def turned(claim: Claim, drawn: dict[str, Totals], over: dict[str, Totals], people: int) -> tuple[float, float]:
    """The twin's probability of a claim as drawn, and with every number of unknown sign turned over."""
    sides = (answer(claim, arms[claim.position], arms[claim.against], "twin", people) for arms in (drawn, over))
    first, second = (side.probability for side in sides)
    return first, second


def holds(rules: Rules, verdict: str, turned: tuple[float, float] | None) -> bool:
    """Whether a verdict stands when every number of unknown sign is turned over: the twin must say the same
    either way. Where the twin cannot follow a position, the verdict stands on the structures alone."""
    if turned is None:
        return True
    if verdict == SUPPORTED:
        return turned[1] >= rules.supported
    return verdict != REFUTED or turned[1] <= rules.refuted


def card(
    rules: Rules, claim: Claim, answers: list[Answer], whole: bool, turned: tuple[float, float] | None = None
) -> Card:
    """The card of one claim; a verdict needs the `whole` set of structures, and must survive turning over."""
    if not whole:
        return Card(claim, tuple(answers), UNANSWERED, turned)
    said = word(rules, tuple(answers))
    return Card(claim, tuple(answers), said if holds(rules, said, turned) else VOID, turned)
