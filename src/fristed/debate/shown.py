"""An answer as it is shown: differences in people's units, payers, fans on the same axes whatever is moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WIDTH, HEIGHT, LEFT = 320.0, 150.0, 60.0
OUTCOMES: dict[str, str | Promise] = {
    "deaths": _("Deaths from any cause"),
    "poisoning deaths": _("Deaths by poisoning"),
    "offences": _("Thefts, burglaries and robberies"),
    "burglaries": _("Burglaries of homes"),
    "officers": _("Officers' full-time posts"),
    "entrants": _("People who start"),
    "recovered": _("Person-years of abstinence or recovery"),
    "custody": _("Prison sentences"),
    "heroin revenue": _("Pounds spent on street heroin"),
    "qalys": _("Quality-adjusted life years"),
    "NHS and social care": _("Pounds: NHS and social care"),
    "public sector": _("Pounds: public sector"),
    "societal": _("Pounds: society"),
}
PAYERS: dict[str, str | Promise] = {
    "public_health": _("Public health"),
    "nhs": _("NHS"),
    "police": _("Police and crime commissioner"),
    "justice": _("Courts and prisons"),
    "cleansing": _("Street cleansing"),
}
FANS: dict[str, str | Promise] = {
    "deaths": _("Deaths a year"),
    "offences": _("Thefts a year"),
    "entrants": _("People who start, a year"),
}


NOTHING = 0.05  # below this a figure is shown as 0


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: the middle, half and nine tenths of draws, whether the sign is known or there is no
    difference, and the outcome whose sources stand behind it."""

    words: str | Promise
    middle: str
    half: str
    most: str
    unclear: bool
    same: bool
    of: str


@dataclass(frozen=True, slots=True)
class Fan:
    """A series of years as points of an SVG: bands of nine tenths and of a half, the middle, and doing nothing."""

    words: str | Promise
    wide: str
    narrow: str
    middle: str
    nothing: str
    top: str
    last: int


def rows(ends: dict[str, list[float]], words: dict[str, str | Promise]) -> list[Row]:
    """Table rows of quantiles. What is shown as 0 is judged as 0: no sign is clear where none can be read."""
    return [
        Row(
            said,
            figure(e[2]),
            _between(e[1], e[3]),
            _between(e[0], e[4]),
            e[0] <= 0 <= e[4] and e[0] < e[4],
            e[0] == 0 == e[4],
            name if name in OUTCOMES else "public sector",
        )  # fmt: skip
        for name, said in words.items()
        for e in [[0.0 if abs(end) < NOTHING else end for end in ends[name]]]
    ]


def figure(value: float) -> str:
    """Three figures, thousands apart, and a sign."""
    if abs(value) < NOTHING:
        return "0"
    digits = max(0, 2 - len(str(int(abs(value)))) + 1) if abs(value) < 100 else 0
    rounded = round(value, digits if abs(value) < 1000 else 3 - len(str(int(abs(value)))))
    return f"{rounded:+,.{digits}f}".replace("-", "−")


def _between(low: float, high: float) -> str:
    return f"{figure(low)} … {figure(high)}"


def fans(found: dict[str, Any]) -> list[Fan]:
    """Every fan; its axis begins at nothing and ends above what doing nothing and the scenario reach together."""
    return [_fan(words, found[name]["arm"], found[name]["nothing"]) for name, words in FANS.items()]


def _fan(words: str | Promise, arm: list[list[float]], nothing: list[list[float]]) -> Fan:
    top = max(row[4] for row in nothing) * 1.15 or 1.0  # of the baseline alone: the axis stays when levers move

    def point(year: int, value: float) -> str:
        x = LEFT + (WIDTH - LEFT) * year / max(1, len(arm) - 1)
        return f"{x:.1f},{10 + (HEIGHT - 10) * (1 - min(value / top, 1.0)):.1f}"

    def line(series: list[list[float]], k: int) -> list[str]:
        return [point(year, row[k]) for year, row in enumerate(series)]

    return Fan(words, " ".join(line(arm, 0) + line(arm, 4)[::-1]), " ".join(line(arm, 1) + line(arm, 3)[::-1]),
               " ".join(line(arm, 2)), " ".join(line(nothing, 2)), f"{top:,.0f}", len(arm))  # fmt: skip


def apart(twin: dict[str, Any], people: dict[str, Any]) -> tuple[str | Promise, str, str]:
    """The outcome in which twin and people differ most, as a share of how wide the people's doubt is; both middles."""

    def distance(name: str) -> float:
        first, second = twin["shown"][name]["ends"], people["shown"][name]["ends"]
        return float(abs(first[2] - second[2]) / max(second[4] - second[0], 1e-9))

    worst = max(OUTCOMES, key=distance)
    return OUTCOMES[worst], figure(twin["shown"][worst]["ends"][2]), figure(people["shown"][worst]["ends"][2])
