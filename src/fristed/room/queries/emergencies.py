"""Emergencies that run, and those whose debrief waits: what each screen shows of them, at a cost that never grows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from fristed.ground.ids import Id
from fristed.ground.moments import Moment
from fristed.people.queries.sealed import opened_all
from fristed.room.models import Emergency, Observation, Protocol, Step
from fristed.room.queries.floor import Floor, Row, rows
from fristed.room.rules.emergency import ACKNOWLEDGED, NALOXONE, RAISED_AGAIN, STAFF_SAFETY
from fristed.room.rules.protocol import Deadline, next_check, parse_protocol
from fristed.room.rules.severity import Measured, intervention_grade, worst
from fristed.staff.models import Device, Worker


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a timeline: a tap or an observation. `by`: who, or which screen while nobody has signed."""

    id: Id
    observation: bool
    kind: str
    at: Moment
    recorded: Moment
    undone: Moment | None
    by: str
    signed: bool
    row: Row
    text: str = ""

    @property
    def dose_missing(self) -> bool:
        return self.kind == NALOXONE and self.undone is None and self.row["micrograms"] is None


@dataclass(frozen=True, slots=True)
class Shown:
    """An emergency as screens show it. Times are moments; `lines` the newest first."""

    id: Id
    visit: Id | None
    word: str
    spot: str
    place: int | None
    kind: str
    raised: Moment
    ended: Moment | None
    person_now: str
    false_alarm: Moment | None
    lines: tuple[Line, ...]
    check: Deadline | None
    protocol: str
    debriefed: Moment | None = None

    @property
    def safety(self) -> bool:
        return self.kind == STAFF_SAFETY

    @property
    def steps(self) -> tuple[Line, ...]:
        """What was done and not taken back, oldest first."""
        return tuple(x for x in reversed(self.lines) if not x.observation and x.undone is None)

    @property
    def last(self) -> dict[str, Moment]:
        """When each kind of step was done last."""
        return {line.kind: line.at for line in self.steps}

    @property
    def measured(self) -> tuple[Line, ...]:
        """The observations, oldest first."""
        return tuple(x for x in reversed(self.lines) if x.observation and x.undone is None)

    @property
    def worst(self) -> Measured:
        return worst(Measured(o.row["breaths"], o.row["oxygen"], o.row["avpu"], o.row["gcs"]) for o in self.measured)

    @property
    def grade(self) -> int:
        return intervention_grade((s.kind for s in self.steps), self.person_now)

    @property
    def coming(self) -> tuple[str, ...]:
        """Who has acknowledged, by name."""
        return tuple(dict.fromkeys(line.by for line in self.steps if line.kind == ACKNOWLEDGED))

    @property
    def there(self) -> tuple[str, ...]:
        """Who has acknowledged or has done something here, by name."""
        hands = (line for line in self.lines if line.undone is None and line.row["worker"])
        return tuple(dict.fromkeys(line.by for line in reversed(tuple(hands))))

    @property
    def doses(self) -> int:
        """How many times naloxone was given."""
        return sum(1 for step in self.steps if step.kind == NALOXONE)

    @property
    def parts(self) -> dict[str, str]:
        """Which part is whose: the last who took it."""
        return {line.row["role"]: line.by for line in self.steps if line.kind == "part"}

    @property
    def ambulance(self) -> Moment | None:
        """When an ambulance was called last."""
        return self.last.get("ambulance_called")

    @property
    def unsigned(self) -> int:
        return sum(1 for line in self.lines if not line.signed)


def open_emergencies(site: Id, here: Floor) -> tuple[Shown, ...]:
    """Those that run and those whose debrief waits, the oldest first."""
    waiting = rows(Emergency.objects.filter(site=site, debriefed=None).order_by("raised", "id"))
    return shown(site, waiting, here.words, {id: v["client_id"] for id, v in here.visits.items()})


def shown(site: Id, found: list[Row], words: dict[Id, str], clients: dict[Id, Id | None]) -> tuple[Shown, ...]:
    """These emergencies with their timelines. `words`, `clients`: by visit."""
    ids = [row["id"] for row in found]
    if not ids:
        return ()
    steps = rows(Step.objects.filter(emergency__in=ids).order_by("at", "recorded", "id"))
    seen = rows(Observation.objects.filter(emergency__in=ids).order_by("at", "recorded", "id"))
    names = _names(site)
    texts = _texts(found, steps, clients)
    lines: dict[Id, list[Line]] = defaultdict(list)
    for row in steps:
        lines[row["emergency_id"]].append(_line(row, row["kind"], False, names, texts.get(row["id"], "")))
    for row in seen:
        lines[row["emergency_id"]].append(_line(row, "observation", True, names, ""))
    signed = {p.kind: p.text for p in Protocol.objects.filter(site=site, retired=None)}
    return tuple(_shown(row, lines[row["id"]], words, signed.get(row["kind"])) for row in found)


def _shown(row: Row, lines: list[Line], words: dict[Id, str], signed: str | None) -> Shown:
    lines.sort(key=lambda line: (line.at, line.recorded, line.id), reverse=True)
    protocol = parse_protocol(signed) if signed else None
    taps = [(line.kind, line.at) for line in lines if line.undone is None and line.kind != RAISED_AGAIN]
    running = row["ended"] is None
    return Shown(
        row["id"],
        row["visit_id"],
        words.get(row["visit_id"] or "", ""),
        row["spot"],
        row["place"],
        row["kind"],
        row["raised"],
        row["ended"],
        row["person_now"],
        row["false_alarm"],
        tuple(lines),
        next_check(protocol, row["raised"], taps) if protocol and running else None,
        protocol.name if protocol else "",
        row["debriefed"],
    )


def _line(row: Row, kind: str, observation: bool, names: dict[Id, str], text: str) -> Line:
    by = names.get(row["worker"] or "") or names.get(row["device"] or "", "")
    return Line(
        row["id"],
        observation,
        kind,
        row["at"],
        row["recorded"],
        row["undone"],
        by,
        row["signed_by"] is not None,
        row,
        text,
    )


def _names(site: Id) -> dict[Id, str]:
    workers = Worker.objects.filter(site=site).values_list("id", "name")
    return dict(workers) | dict(Device.objects.filter(site=site).values_list("id", "name"))


def _texts(emergencies: list[Row], steps: Iterable[Row], clients: dict[Id, Id | None]) -> dict[Id, str]:
    """What was written in words. Sealed for the person if they were known then, else for the emergency itself."""
    person = {e["id"]: clients.get(e["visit_id"]) or e["visit_id"] or e["id"] for e in emergencies}
    sealed = [row for row in steps if row["sealed"]]
    either = [(person[row["emergency_id"]], row["sealed"]) for row in sealed]
    either += [(row["emergency_id"], row["sealed"]) for row in sealed]
    opened = opened_all(either)
    return {row["id"]: str(o["text"]) for row, o in zip(sealed + sealed, opened, strict=True) if "text" in o}
