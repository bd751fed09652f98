"""The board: who is where, since when, with what, and what comes next. Facts only: minutes are the screen's."""

from __future__ import annotations

from dataclasses import dataclass

from fristed.ground.ids import Id
from fristed.ground.moments import Moment, now
from fristed.ground.site import SiteFile
from fristed.room.queries.emergencies import Shown, open_emergencies
from fristed.room.queries.floor import Floor, Row, floor
from fristed.room.queries.unplaced import Waiting as Unplaced
from fristed.room.queries.unplaced import unplaced
from fristed.room.rules import plan, tiles
from fristed.room.rules.tiles import State
from fristed.staff.queries import OnDuty, on_duty, silent_screens

LOOK = "look_"  # limits of the site: how often to look, by the reason of the watch (look_after_use, look_sedated, ...)


@dataclass(frozen=True, slots=True)
class Watched:
    """Why someone is watched, since when, until when (None: a nurse releases), and how often to look (None: unset)."""

    id: Id
    why: str
    since: Moment
    due: Moment | None
    look: Moment | None


@dataclass(frozen=True, slots=True)
class Used:
    """A use that began in a visit. `danger`: how long after `at` to look closely, earlier uses counted;
    None while nobody has set it. `seen`: seen, not_seen."""

    at: Moment
    seen: str
    substances: tuple[str, ...]
    route: str
    danger: Moment | None


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who is here. What is declared last may not have begun; `used` is what did, so its clock never stops
    because another use is declared; `before` are the uses before that, newest first."""

    visit: Id
    word: str
    came: Moment
    seen: Moment | None
    flags: tuple[str, ...]
    overdoses: int
    overdose_last: Moment | None
    consumption: Id | None
    substances: tuple[str, ...]
    route: str
    started: Moment | None
    ended: Moment | None
    used: Used | None
    before: tuple[Used, ...]
    watches: tuple[Watched, ...]
    measured: Row | None
    emergency: Id | None = None

    @property
    def told(self) -> tuple[Watched, ...]:
        """The watches, each sentence once: two uses that a nurse releases say so in one line."""
        unset = [w for w in self.watches if w.why == "after_use" and w.due is None]
        return tuple(w for w in self.watches if w not in unset[:-1])


@dataclass(frozen=True, slots=True)
class Waiting:
    """Someone in a queue. `next`: to be called to the next place of this route."""

    person: Person
    since: Moment
    called: Moment | None
    priority: int
    declared: bool
    next: bool


@dataclass(frozen=True, slots=True)
class Tile:
    """A place. `limit`: how long it may be kept; None while nobody has set it. `offer`: who would be seated next."""

    number: int
    name: str
    column: int
    line: int
    routes: tuple[str, ...]
    helper_chair: bool
    state: State
    since: Moment | None
    stay: Id | None
    person: Person | None
    limit: Moment | None
    emergency: Id | None
    offer: Waiting | None
    closed_reason: str


@dataclass(frozen=True, slots=True)
class Contested:
    """A stay that another tablet's stay contradicts."""

    stay: Id
    place: int
    seated: Moment
    person: Person
    holder: str


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the board shows."""

    name: str
    zone: str
    people: dict[Id, Person]
    tiles: tuple[Tile, ...]
    recovery: tuple[Person, ...]
    queues: tuple[tuple[str, tuple[Waiting, ...]], ...]
    gave_up: int
    contested: tuple[Contested, ...]
    unplaced: tuple[Unplaced, ...]
    emergencies: tuple[Shown, ...]
    debriefs: tuple[Shown, ...]
    on: tuple[OnDuty, ...]
    silent: tuple[str, ...]
    headcount: int
    opened: bool
    paused: bool

    @property
    def in_use(self) -> int:
        return sum(1 for tile in self.tiles if tile.stay is not None)

    @property
    def to_settle(self) -> int:
        """How many things two tablets, or a tablet and the service, do not agree on."""
        return len(self.contested) + len(self.unplaced)

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        return tuple(one for _, queue in self.queues for one in queue)

    @property
    def longest(self) -> Moment | None:
        """Since when the one waits who has waited longest."""
        return min((one.since for one in self.waiting), default=None)


def board(site: Id) -> Board:
    """The board of a site as it is now."""
    here = floor(site, now())
    emergencies = open_emergencies(site, here)
    running = tuple(e for e in emergencies if e.ended is None)
    people = {id: _person(here, row, running) for id, row in here.visits.items()}
    queues = _queues(here, people)
    return Board(
        here.file.name,
        here.file.zone,
        people,
        _tiles(here, people, queues, running),
        _recovery(here, people),
        queues,
        here.gave_up,
        _contested(here, people),
        unplaced(site),
        running,
        tuple(e for e in emergencies if e.ended is not None),
        tuple(on_duty(site)),
        silent_screens(site),
        len(people),
        here.opened,
        here.file.emergency_pauses_admission and bool(running),
    )


def _person(here: Floor, visit: Row, running: tuple[Shown, ...]) -> Person:
    said = here.declared.get(visit["id"], {})
    alerts = here.alerts.get(visit["id"], [])
    overdoses = [alert.since for alert in alerts if alert.kind == "overdose_here"]
    first = bool(visit["client_id"]) and visit["id"] not in here.known_before
    begun = here.begun.get(visit["id"], [])
    used = [_used(here.file, begun[: n + 1]) for n in range(len(begun))]
    return Person(
        visit["id"],
        here.words.get(visit["id"], ""),
        visit["came"],
        visit["seen"],
        tiles.flags([*begun, said], [alert.kind for alert in alerts], first_visit=first),
        len(overdoses),
        max(overdoses, default=None),
        said.get("id"),
        tuple(said.get("substances", "").split()),
        str(said.get("route") or visit["route"]),
        said.get("started"),
        said.get("ended"),
        used[-1] if used else None,
        tuple(reversed(used[:-1])),
        tuple(_watched(here, row) for row in here.watches.get(visit["id"], [])),
        here.measured.get(visit["id"]),
        next((e.id for e in running if e.visit == visit["id"]), None),
    )


def _used(file: SiteFile, begun: list[Row]) -> Used:
    last, spans = begun[-1], [file.danger_for(row["substances"].split(), row["route"]) for row in begun]
    ends = [row["started"] + span for row, span in zip(begun, spans, strict=True) if span is not None]
    danger = None if spans[-1] is None else max(ends) - last["started"]
    return Used(last["started"], last["use_seen"], tuple(last["substances"].split()), last["route"], danger)


def _watched(here: Floor, row: Row) -> Watched:
    return Watched(row["id"], row["why"], row["since"], row["due"], here.file.limit(LOOK + row["why"]).span())


def _tiles(
    here: Floor,
    people: dict[Id, Person],
    queues: tuple[tuple[str, tuple[Waiting, ...]], ...],
    running: tuple[Shown, ...],
) -> tuple[Tile, ...]:
    sitting = {row["place"]: row for row in here.stays if row["contested"] is None}
    disputed = {row["place"] for row in here.stays if row["contested"] is not None}
    places, made = {place.number: place for place in here.file.places}, []
    for number, (column, line) in plan.spots(here.file.places).items():
        place = places[number]
        stay, row = sitting.get(place.number), here.places.get(place.number, {})
        person = people.get(stay["visit_id"]) if stay else None
        emergency = next((e.id for e in running if e.place == place.number and not e.safety), None)
        state = tiles.state(
            seated=stay is not None,
            started=bool(person and person.started),
            ended=bool(person and person.ended),
            watches=[w.why for w in person.watches] if person else (),
            emergency=emergency is not None or bool(person and person.emergency),
            contested=place.number in disputed,
            cleaning=row.get("cleaning") is not None,
            closed=row.get("closed") is not None,
        )
        made.append(
            Tile(
                place.number,
                place.name,
                column,
                line,
                place.routes,
                place.helper_chair,
                state,
                stay["seated"] if stay else row.get("closed") or row.get("cleaning"),
                stay["id"] if stay else None,
                person,
                here.file.stay_limit(person.route).span() if person else None,
                emergency or (person.emergency if person else None),
                _offer(queues, place.routes) if state == "free" else None,
                row.get("closed_reason", ""),
            )
        )
    return tuple(made)


def _offer(queues: tuple[tuple[str, tuple[Waiting, ...]], ...], routes: tuple[str, ...]) -> Waiting | None:
    heads = [one for route, queue in queues if route in routes for one in queue if one.next]
    return min(heads, key=lambda one: (-one.priority, one.since), default=None)


def _queues(here: Floor, people: dict[Id, Person]) -> tuple[tuple[str, tuple[Waiting, ...]], ...]:
    rows = [row for row in here.visits.values() if row["waiting"] is not None]
    rows.sort(key=lambda row: (-row["priority"], row["waiting"], row["id"]))
    routes = {route for place in here.file.places for route in place.routes} | {row["route"] for row in rows}
    queues = []
    for route in sorted(routes):
        line = [row for row in rows if row["route"] == route]
        ready = next((row["id"] for row in line if _declared(here, row["id"])), None)
        queues.append((route, tuple(_waiting(here, row, people[row["id"]], row["id"] == ready) for row in line)))
    return tuple(queues)


def _waiting(here: Floor, row: Row, person: Person, next: bool) -> Waiting:
    return Waiting(person, row["waiting"], row["called"], row["priority"], _declared(here, row["id"]), next)


def _declared(here: Floor, visit: Id) -> bool:
    said = here.declared.get(visit)
    return said is not None and said["started"] is None and said["ended"] is None


def _recovery(here: Floor, people: dict[Id, Person]) -> tuple[Person, ...]:
    """Who is here, has no place and waits for none, and was in one or is watched."""
    placed = {row["visit_id"] for row in here.stays}
    found = [
        people[row["id"]]
        for row in here.visits.values()
        if row["id"] not in placed and row["waiting"] is None and (row["admitted"] or row["id"] in here.watches)
    ]
    return tuple(sorted(found, key=lambda p: (not p.watches, p.watches[0].since if p.watches else p.came)))


def _contested(here: Floor, people: dict[Id, Person]) -> tuple[Contested, ...]:
    holders = {row["place"]: row["visit_id"] for row in here.stays if row["contested"] is None}
    return tuple(
        Contested(
            row["id"],
            row["place"],
            row["seated"],
            people[row["visit_id"]],
            people[holders[row["place"]]].word if row["place"] in holders and holders[row["place"]] in people else "",
        )
        for row in here.stays
        if row["contested"] is not None and row["visit_id"] in people
    )
