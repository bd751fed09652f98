"""Who comes: new people ever more rarely, and those who came often most often again.

The chance that the next visit is a new person's falls as a power of the visits so far; a returning visit belongs to
whoever made a visit drawn from all earlier ones (a Yule process). People are numbers here; nothing about them is kept.
"""

from __future__ import annotations

from array import array
from collections.abc import Container
from datetime import date

from fristed.rehearsal.chance import Chance
from fristed.rehearsal.roomfile import Persons

_TRIES = 50


class Crowd:
    """The people of one service, by number; every visit so far by who made it."""

    def __init__(self, persons: Persons, chance: Chance) -> None:
        self.persons = persons
        self.chance = chance
        self.visits = array("L")
        self.known = 0
        self._today: list[int] = []
        self._day: date | None = None

    def comes(self, day: date, n: int, here: Container[int]) -> int:
        """Who makes the n-th visit of this day: nobody who is here already."""
        if day != self._day:
            self._day, self._today = day, []
        person = self._returning(day, n, here)
        if person is None:
            person, self.known = self.known, self.known + 1
        self.visits.append(person)
        self._today.append(person)
        return person

    def _returning(self, day: date, n: int, here: Container[int]) -> int | None:
        again = bool(self._today) and self.chance.happens(self.persons.same_day.value, "same day", day, n)
        if not again and self.chance.happens(self._newness(), "new person", day, n):
            return None
        among = self._today if again else self.visits
        for attempt in range(_TRIES):
            person = among[int(self.chance.uniform("who", day, n, attempt) * len(among))]
            if person not in here:
                return person
        return None

    def _newness(self) -> float:
        return new_chance(self.persons, len(self.visits))


def new_chance(persons: Persons, visits: int) -> float:
    """The chance that the visit after so many is a new person's, unless it is someone's second today."""
    return float(((visits + persons.scale.value) / persons.scale.value) ** -persons.decline.value)
