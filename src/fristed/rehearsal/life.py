"""An invented service lives: days open and close, people come and go, all through the acts of staff.

`Life` holds what a story needs to know. Whether its taps are kept in memory, act by act on a database, or sent to
a running service is the hands' matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random
from typing import Any

from fristed.ground.act import NURSE, RECEPTION, ROOM_WORKER, Role
from fristed.ground.chance import chance_of
from fristed.ground.ids import Id
from fristed.ground.moments import HOUR, MINUTE, Moment, clock_of
from fristed.ground.site import SiteFile, opening
from fristed.rehearsal import crew as staff
from fristed.rehearsal.arrivals import arrivals, expected
from fristed.rehearsal.chance import Chance
from fristed.rehearsal.crowd import Crowd
from fristed.rehearsal.hands import Hands
from fristed.rehearsal.persons import invented
from fristed.rehearsal.plan import Coming, coming
from fristed.rehearsal.roomfile import RoomFile
from fristed.rehearsal.sitefile import site_file
from fristed.rehearsal.stage import Stage, Story
from fristed.rehearsal.street import outside
from fristed.rehearsal.turning import turned_away
from fristed.rehearsal.visit import visit

BEFORE_OPENING = 30 * MINUTE
LAST_ROUND = 5 * MINUTE
OPENING_ITEMS = ("oxygen", "aed", "bag_mask", "naloxone")


class Life:
    """One invented service, from its first day on."""

    def __init__(self, room: RoomFile, site: Id, hands: Hands, crew: Mapping[Role, Id], *, seed: int) -> None:
        self.room = room
        self.site = site
        self.hands = hands
        self.crew = crew
        self.chance = Chance(seed)
        self.file: SiteFile = site_file(room)
        self.stage = Stage({place.number: place.routes for place in self.file.places})
        self.crowd = Crowd(room.persons, self.chance)
        self.clients: list[Id] = []
        self.here: set[int] = set()
        self.barred: dict[int, Moment] = {}  # who may not come until when
        self.inside = 0
        self.watched: dict[Id, dict[str, Id]] = {}
        self.shuts: Moment = 0

    def live_day(self, day: date) -> None:
        """Lives one service day, up to half an hour before the next opening."""
        with self.repeatable(day):
            self.begin_day(day)
            self.stage.run(self.file_opening(day + timedelta(days=1))[0] - BEFORE_OPENING)

    @contextmanager
    def repeatable(self, day: date) -> Iterator[None]:
        """Inside, ids, keys and clocks are those of this day of this seed."""
        ids = Random(f"{self.chance.seed}/ids/{day}")
        with chance_of(ids.randbytes), clock_of(lambda: self.stage.now):
            yield

    def begin_day(self, day: date, since: Moment = 0) -> None:
        """Puts the day's stories on the stage: opening, arrivals, closing. `since`: it is open, and then goes on."""
        opens, closes = self.file_opening(day)
        self.shuts = closes
        if not since:
            self.stage.begin(opens - BEFORE_OPENING, _open(self, day))
        registered = expected(self.room, day)
        visitors = registered * self.room.arrivals.without_code.value
        self._expect(day, since, registered=True, purpose="arrivals", rate=registered)
        self._expect(day, since, registered=False, purpose="arrivals without a code", rate=visitors)
        self._expect_others(day, since, registered)
        self.stage.begin(closes, _close(self, day))

    def _expect(self, day: date, since: Moment, *, registered: bool, purpose: str, rate: float) -> None:
        opens, closes = self.file_opening(day)
        for n, hour in enumerate(arrivals(self.room, self.chance, day, purpose=purpose, rate=rate)):
            at = opens + round(hour * HOUR)
            if not since <= at < closes:  # a night on which clocks go forward is shorter than its hours
                continue
            number = n if registered else -1 - n
            plan = coming(self.room, self.chance, day, number, registered=registered)
            self.stage.begin(at, visit(self, plan, registered=registered))

    def _expect_others(self, day: date, since: Moment, registered: float) -> None:
        """Those who are turned away, and what happens outside."""
        opens, door = self.file_opening(day)[0], self.room.door
        if door is not None:
            rate = registered * door.turned_away.value
            for n, hour in enumerate(arrivals(self.room, self.chance, day, purpose="turned away", rate=rate)):
                if opens + round(hour * HOUR) >= since:
                    self.stage.begin(opens + round(hour * HOUR), turned_away(self, door, day, n))
        if self.room.street is not None:
            outside(self, self.room.street, day, since)

    def away(self) -> Set[int]:
        """Who does not come now: those who are here, and those who may not."""
        self.barred = {person: until for person, until in self.barred.items() if until > self.stage.now}
        return self.here | self.barred.keys()

    @property
    def route(self) -> str:
        """The way of using that most places serve."""
        return max(self.room.stay, key=lambda route: sum(route in place.routes for place in self.file.places))

    def file_opening(self, day: date) -> tuple[Moment, Moment]:
        """When the door opens and shuts on this day."""
        span = opening(self.file, day)
        assert span is not None, "a rehearsed room is open every day"
        return span

    def tap(self, role: Role, act: str, /, **asked: Any) -> Id:
        """Someone does this now; with a reason, as an override."""
        return self.hands.do(role, act, self.stage.now, **asked)

    def minutes(self, length: float) -> Moment:
        return round(length * MINUTE)

    def after(self, length: float) -> Moment:
        """The moment so many minutes from now."""
        return self.stage.now + self.minutes(length)

    def patience(self, plan: Coming) -> Moment | None:
        """Until when this person waits for a place."""
        ends = [] if plan.patience is None else [self.after(plan.patience)]
        if self.room.closing == "send_home":
            ends.append(max(self.shuts, self.stage.now))
        return min(ends, default=None)

    def client_of(self, person: int) -> Id:
        """The record of this person, made at their first visit."""
        while person >= len(self.clients):
            who = invented(self.room, self.chance, len(self.clients))
            asked = {
                "code": who.alias,
                "call_word": who.call_word,
                "born": str(who.born),
                "card": {"gender": who.gender},
                "eligibility": {"adult": "yes"},
                "consents": {"service": "given"},
                "consent_version": "rehearsal",
            }
            self.clients.append(self.tap(RECEPTION, "people.register", **asked))
        return self.clients[person]

    def watching(self, visit: Id, why: str, watch: Id) -> None:
        """This person is watched; a second dose of naloxone joins the watch of the first."""
        self.watched.setdefault(visit, {}).setdefault(why, watch)

    def wipe(self, place: int) -> None:
        """A place is wiped, and free for the next."""
        self.tap(ROOM_WORKER, "room.clean", place=place)
        self.stage.give_back(place)


def _open(life: Life, day: date) -> Story:
    staff.begin_duty(life.hands, life.crew, life.stage.now)
    for item in OPENING_ITEMS:
        expires = f"{day.year + 1}-12-31" if item == "naloxone" else ""
        life.tap(NURSE, "room.check_item", item=item, found="present", expires=expires)
    without_minimum = life.room.minimum_staff is None  # MUST SET in the site file: a lead opens with a reason
    life.tap(NURSE, "room.open_day", because="rehearsal: nobody set the minimum staff" if without_minimum else "")
    yield from ()


def _close(life: Life, day: date) -> Story:
    while life.inside:
        yield life.stage.now + LAST_ROUND
    life.tap(NURSE, "room.close_day", day=day.isoformat())
    staff.end_duty(life.hands, life.crew, life.stage.now)
