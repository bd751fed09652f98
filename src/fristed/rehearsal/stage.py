"""The stage: stories wait for a moment or for a place, and go on in order. No clock of its own, no chance."""

from __future__ import annotations

import heapq
from collections.abc import Generator
from dataclasses import dataclass, field

from fristed.ground.moments import Moment


@dataclass(eq=False, slots=True)
class Wanted:
    """A story waits for a free place of this route, at most until a moment (None: as long as it takes)."""

    route: str
    until: Moment | None = None
    story: Story | None = None
    over: bool = False


Story = Generator[Moment | Wanted, int | None, None]
"""Yields the moment at which it goes on, or what it waits for; is sent the number of the place it was given."""


@dataclass(order=True, slots=True)
class _Turn:
    at: Moment
    number: int
    story: Story = field(compare=False)
    place: int | None = field(compare=False, default=None)
    wanted: Wanted | None = field(compare=False, default=None)


class Stage:
    """Runs stories in the order of their moments; gives free places to whoever waited longest for their route."""

    def __init__(self, places: dict[int, tuple[str, ...]]) -> None:
        self.now: Moment = 0
        self.free = dict(places)
        self.waiting: list[Wanted] = []
        self._routes = dict(places)
        self._turns: list[_Turn] = []
        self._count = 0

    def begin(self, at: Moment, story: Story) -> None:
        """A story begins at this moment."""
        self._later(at, story)

    def next(self) -> Moment | None:
        """When something happens next."""
        return self._turns[0].at if self._turns else None

    def run(self, until: Moment) -> None:
        """Lives everything that happens before this moment."""
        while self._turns and self._turns[0].at < until:
            self.step()

    def step(self) -> None:
        """Lives the next thing."""
        turn = heapq.heappop(self._turns)
        if turn.wanted is not None:  # a patience that ran out, or was not needed
            if turn.wanted.over:
                return
            turn.wanted.over = True
            self.waiting.remove(turn.wanted)
        self.now = turn.at
        try:
            asked = turn.story.send(turn.place)
        except StopIteration:
            return
        if isinstance(asked, Wanted):
            self._want(asked, turn.story)
        else:
            self._later(asked, turn.story)

    def give_back(self, place: int) -> None:
        """A place is free: the first who waits for it goes on now."""
        self.free[place] = self._routes[place]
        for wanted in self.waiting:
            if wanted.route in self._routes[place]:
                self.waiting.remove(wanted)
                self._grant(wanted, place)
                return

    def _want(self, wanted: Wanted, story: Story) -> None:
        wanted.story = story
        place = next((n for n, routes in sorted(self.free.items()) if wanted.route in routes), None)
        if place is not None:
            self._grant(wanted, place)
            return
        self.waiting.append(wanted)
        if wanted.until is not None:
            self._later(wanted.until, story, wanted=wanted)

    def _grant(self, wanted: Wanted, place: int) -> None:
        assert wanted.story is not None
        wanted.over = True
        del self.free[place]
        self._later(self.now, wanted.story, place=place)

    def _later(self, at: Moment, story: Story, *, place: int | None = None, wanted: Wanted | None = None) -> None:
        self._count += 1
        heapq.heappush(self._turns, _Turn(max(at, self.now), self._count, story, place, wanted))
