"""How much was done, and how ill the person was: two questions, kept apart.

An intervention grade says what staff did, so that every published definition of an overdose can be derived from it.
Clinical severity is the worst that was measured; it is told as measured and has no grade of its own.

Grades: 0 nothing of the graded list, 1 stimulation only, 2 oxygen or airway, 3 ventilation, 4 naloxone,
5 ambulance or transport, 6 arrest, 7 death. Published sets force this split: what one calls an overdose, another
counts only with naloxone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_GRADE_OF: dict[str, int] = {
    "stimulate": 1,
    "airway": 2,
    "oxygen": 2,
    "bag_mask": 3,
    "naloxone": 4,
    "ambulance_called": 5,
    "ambulance_arrived": 5,
    "ambulance_left": 5,
    "cpr": 6,
    "aed": 6,
}
TREATMENT = frozenset(_GRADE_OF) | {"glucose", "cooling", "benzodiazepine", "de_escalation"}
AVPU = ("alert", "voice", "pain", "unresponsive")  # best to worst


def intervention_grade(steps: Iterable[str], person_now: str = "", outcome: str = "") -> int:
    """The highest of what was done and not taken back."""
    if "died" in (person_now, outcome):
        return 7
    transported = [5] if "ambulance" in (person_now, outcome) else []
    return max([0, *transported, *(_GRADE_OF.get(kind, 0) for kind in steps)])


@dataclass(frozen=True, slots=True)
class Measured:
    """One observation; None or empty is not measured."""

    breaths: int | None = None  # per minute
    oxygen: int | None = None  # SpO2, percent
    avpu: str = ""
    gcs: int | None = None


def worst(observations: Iterable[Measured]) -> Measured:
    """The lowest breathing rate, oxygen saturation and consciousness that were measured; each on its own."""
    seen = tuple(observations)
    conscious = [o.avpu for o in seen if o.avpu in AVPU]
    return Measured(
        min((o.breaths for o in seen if o.breaths is not None), default=None),
        min((o.oxygen for o in seen if o.oxygen is not None), default=None),
        max(conscious, key=AVPU.index, default=""),
        min((o.gcs for o in seen if o.gcs is not None), default=None),
    )
