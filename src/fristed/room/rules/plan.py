"""Where each place stands on the board: by the site's small plan of the room; without one, in rows by number."""

from __future__ import annotations

from collections.abc import Sequence

from fristed.ground.site import Place

ROW = 4  # tiles side by side on a tablet

Spot = tuple[int, int]


def spots(places: Sequence[Place]) -> dict[int, Spot]:
    """Column and line of each place by its number, from 1, in reading order. No two are one: a tile hides none."""
    drawn = {place.number: (place.x, place.y) for place in places}
    if len(set(drawn.values())) < len(drawn):
        drawn = {number: (at % ROW, at // ROW) for at, number in enumerate(sorted(drawn))}
    columns = {x: n for n, x in enumerate(sorted({x for x, _ in drawn.values()}), 1)}
    lines = {y: n for n, y in enumerate(sorted({y for _, y in drawn.values()}), 1)}
    found = {number: (columns[x], lines[y]) for number, (x, y) in drawn.items()}
    return dict(sorted(found.items(), key=lambda item: (item[1][1], item[1][0])))
