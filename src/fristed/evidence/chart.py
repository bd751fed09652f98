"""A plain bar chart as lines of an SVG. The table beside it says the same in numbers."""

from __future__ import annotations

from dataclasses import dataclass

_STEP, _HEIGHT, _WIDTH = 60, 120, 40


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, in the units of the drawing."""

    label: str
    value: int
    x: int
    y: int
    width: int
    height: int
    middle: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars side by side, and how large the drawing is."""

    bars: tuple[Bar, ...]
    width: int
    height: int = _HEIGHT + 50


def bars(values: list[tuple[str, int]]) -> Chart:
    """A bar for each value, the largest as high as the drawing."""
    most = max((value for _, value in values), default=0) or 1
    drawn = []
    for n, (label, value) in enumerate(values):
        height = round(_HEIGHT * value / most)
        x = n * _STEP + 10
        drawn.append(Bar(label, value, x, 20 + _HEIGHT - height, _WIDTH, height, x + _WIDTH // 2))
    return Chart(tuple(drawn), max(1, len(values)) * _STEP)
