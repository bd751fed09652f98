"""Figures: percentiles of one run, medians of several with their spread, a table in Markdown. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share lies (nearest rank). Raises IndexError on no values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def spread(runs: Iterable[float], unit: str, digits: int = 1) -> str:
    """`median (lowest–highest) unit` of several runs."""
    values = list(runs)
    return f"{median(values):.{digits}f} ({min(values):.{digits}f}–{max(values):.{digits}f}) {unit}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])
