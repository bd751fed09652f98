"""The board: who is where, since when, with what, and what comes next. Facts only: minutes are the screen's."""

from __future__ import annotations

from dataclasses import dataclass

from fristed.ground.ids import Id
from fristed.ground.moments import Moment, now
from fristed.room.queries.emergencies import Shown, open_emergencies
from fristed.room.queries.floor import Floor, Row, floor
from fristed.room.queries.unplaced import Waiting as Unplaced
from fristed.room.queries.unplaced import unplaced
from fristed.room.rules import plan, tiles
from fristed.room.rules.tiles import State
from fristed.staff.models import Device
from fristed.staff.queries import OnDuty, on_duty

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
class Person:
    """Someone who is here. `danger`: how long after use to look closely; None while nobody has set it."""

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
    use_seen: str
    ended: Moment | None
    danger: Moment | None
    watches: tuple[Watched, ...]
    measured: Row | None
    emergency: Id | None = None


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
    silent = Device.objects.filter(site=site, retired=None, armed=None).exclude(kind="call_screen")
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
        tuple(silent.order_by("name").values_list("name", flat=True)),
        len(people),
        here.opened,
        here.file.emergency_pauses_admission and bool(running),
    )


def _person(here: Floor, visit: Row, running: tuple[Shown, ...]) -> Person:
    used = here.used.get(visit["id"], {})
    substances = tuple(used.get("substances", "").split())
    alerts = here.alerts.get(visit["id"], [])
    overdoses = [alert.since for alert in alerts if alert.kind == "overdose_here"]
    first = bool(visit["client_id"]) and visit["id"] not in here.known_before
    return Person(
        visit["id"],
        here.words.get(visit["id"], ""),
        visit["came"],
        visit["seen"],
        tiles.flags(used, [alert.kind for alert in alerts], first_visit=first),
        len(overdoses),
        max(overdoses, default=None),
        used.get("id"),
        substances,
        str(used.get("route") or visit["route"]),
        used.get("started"),
        used.get("use_seen", ""),
        used.get("ended"),
        here.file.danger_for(substances, used["route"]) if used.get("started") else None,
        tuple(_watched(here, row) for row in here.watches.get(visit["id"], [])),
        here.measured.get(visit["id"]),
        next((e.id for e in running if e.visit == visit["id"]), None),
    )


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
    used = here.used.get(visit)
    return used is not None and used["started"] is None and used["ended"] is None


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
