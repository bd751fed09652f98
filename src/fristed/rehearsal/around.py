"""What else a room file may say: who is turned away, what is checked, what is counted outside. Each may be left out."""

from __future__ import annotations

from fristed.rehearsal.figures import Figure, Mix, Part


class Door(Part, frozen=True):
    """Who is not given a place, and who may not come for a while."""

    turned_away: Figure  # further people per registered visit, without a code
    rules: Mix  # by which rule
    offered: Mix  # instead
    excluded: Figure  # share of registered visits that end in an exclusion
    reasons: Mix
    days: Figure  # how long


class Checking(Part, frozen=True):
    """Samples for drug checking. A room that has this part allows it."""

    samples: Figure  # share of visits for a place
    methods: Mix
    results: Mix
    minutes: Figure  # to the result
    told: Figure  # share of results that the person waits for


class Street(Part, frozen=True):
    """What staff find and see on their walks, and what neighbours say."""

    walks: Figure  # a day
    minutes: Figure  # of a walk
    needles: Figure  # found on a walk
    public_use: Figure  # people seen on a walk
    complaints: Figure  # a day
    channels: Mix
    categories: Mix
    spots: tuple[str, ...]  # invented names
