"""Injecting episodes and what was declared."""

from __future__ import annotations

from collections import Counter, defaultdict

from fristed.evidence.queries.period import Period, rows

_EPISODES = """SELECT substr(day, 1, 7), substances, COUNT(*) FROM room_consumption
WHERE {days} AND route = 'inject' AND started IS NOT NULL GROUP BY substr(day, 1, 7), substances"""

SNOWBALL = frozenset({"heroin", "cocaine"})


def episodes(period: Period) -> dict[str, Counter[str]]:
    """Injecting episodes by month and by substance, each episode once."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for month, declared, count in rows(_EPISODES, period):
        found[month][one_name(declared.split())] += int(count)
    return found


def one_name(declared: list[str]) -> str:
    """The one column in which an episode is counted: heroin with cocaine is a snowball, other mixtures are mixed."""
    if len(declared) == 1:
        return declared[0]
    return "snowball" if SNOWBALL <= set(declared) <= SNOWBALL | {"snowball"} else "mixed"
