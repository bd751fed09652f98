"""What is read at the front door. Cost does not grow with how often someone has come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from fristed.ground.act import Objection
from fristed.ground.ids import Id, new_id
from fristed.ground.moments import Moment, now
from fristed.ground.site import Site
from fristed.ground.store import DatabaseStore
from fristed.journal.frame import Scene
from fristed.people.queries import directory
from fristed.people.queries.first import Known, Standing, alerts_of, by_client, exclusions_of, known
from fristed.people.queries.sealed import opened_all
from fristed.room.acts import load
from fristed.room.models import Consumption, Emergency, Visit
from fristed.room.rules import door as rules
from fristed.staff.queries import site_file
from fristed.staff.who import Who

_USUAL_VISITS = 5  # of how many last visits the declarations are offered again
_USUAL_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Found:
    """Someone who may be meant: the code that fits, what tells them apart, the last visit, what must be known first."""

    person: Known
    code: str
    exact: bool
    alerts: tuple[Standing, ...]
    exclusions: tuple[Standing, ...]
    last: Moment | None
    here: Id | None  # the open visit


def matches(site: Id, typed: str) -> list[Found]:
    """Who may be meant by what was typed or scanned."""
    at = now()
    fitting = directory.search(site, typed)
    records = {m.client: directory.records_of(site, m.client) for m in fitting}
    every = [record for group in records.values() for record in group]
    people = known(site, records)
    alerts, exclusions = by_client(alerts_of(every)), by_client(exclusions_of(every, at))
    return [
        Found(
            people[m.client],
            m.code,
            m.exact,
            tuple(a for r in records[m.client] for a in alerts.get(r, [])),
            tuple(e for r in records[m.client] for e in exclusions.get(r, [])),
            *_seen(_newest(records[m.client])),
        )
        for m in fitting
        if m.client in people
    ]


@dataclass(frozen=True, slots=True)
class Usual:
    """What someone declared lately, to be offered again with one tap."""

    substances: tuple[str, ...]
    route: str


@dataclass(frozen=True, slots=True)
class AtTheDoor:
    """A person who stands at the door."""

    person: Known
    codes: tuple[str, ...]
    alerts: tuple[Standing, ...]
    exclusions: tuple[Standing, ...]
    overdoses_here: int
    last: Moment | None
    here: Id | None
    usual: tuple[Usual, ...]
    route: str  # of the last visit, to be offered
    objections: tuple[Objection, ...]


def at_the_door(who: Who, client: Id) -> AtTheDoor | None:
    """What must be known of a person before they come in; None where there is no such person here."""
    records = directory.records_of(who.site, client)
    person = known(who.site, records[:1]).get(records[0])
    if person is None:
        return None
    newest = _newest(records)
    last, here = _seen(newest)
    return AtTheDoor(
        person,
        tuple(directory.codes_of(who.site, records)),
        tuple(alerts_of(records)),
        tuple(exclusions_of(records, now())),
        Emergency.objects.filter(visit__client__in=records, false_alarm=None, kind__in=("opioid", "mixed")).count(),
        last,
        here,
        usual(records),
        newest.route if newest else "",
        objections(who, records[0]),
    )


def objections(who: Who, client: Id | None) -> tuple[Objection, ...]:
    """Why this person would not be given a place now, by the rules that check-in itself asks."""
    scene = Scene(who.tap(new_id()), Site(who.site, site_file(who.site)), DatabaseStore())
    found = rules.admission(load.door(scene, client), client)
    return tuple(objection for objection in found if objection is not None)


def usual(records: Iterable[Id]) -> tuple[Usual, ...]:
    """What was declared at the last visits, the latest first, each once."""
    visits = [id for record in records for id in _latest(record).values_list("id", flat=True)[:_USUAL_VISITS]]
    said = Consumption.objects.filter(visit__in=visits).order_by("-declared").values_list("substances", "route")
    return tuple(Usual(tuple(s.split()), route) for s, route in dict.fromkeys(said))[:_USUAL_SHOWN]


@dataclass(frozen=True, slots=True)
class InQueue:
    """Someone who waits: what to call (`wanted` where someone else has that word), which queue, since when."""

    visit: Id
    call_word: str
    wanted: str
    route: str
    since: Moment
    called: Moment | None
    priority: int
    declared: bool


def queue(site: Id) -> list[InQueue]:
    """Who waits, in the order in which they are called: priority, then who came first."""
    rows = list(Visit.objects.filter(site=site, left=None, waiting__isnull=False).order_by("-priority", "waiting"))
    words = opened_all((row.client_id or row.id, row.sealed) for row in rows)
    declared = set(
        Consumption.objects.filter(visit__in=[r.id for r in rows], started=None).values_list("visit_id", flat=True)
    )
    return [
        InQueue(
            row.id,
            word.get("call_word", ""),
            word.get("wanted", ""),
            row.route,
            row.waiting or row.came,
            row.called,
            row.priority,
            row.id in declared,
        )
        for row, word in zip(rows, words, strict=True)
    ]


def headcount(site: Id) -> int:
    """How many people who came are in the house now."""
    return Visit.objects.filter(site=site, left=None).count()


@dataclass(frozen=True, slots=True)
class OneVisit:
    """A visit as the declaration page shows it."""

    row: Visit
    call_word: str
    wanted: str
    note: str
    said: list[Consumption]


def visit(site: Id, id: Id) -> OneVisit | None:
    """A visit of this site."""
    row = Visit.objects.filter(site=site, id=id).first()
    if row is None:
        return None
    sealed = opened_all([(row.client_id or row.id, row.sealed)])[0]
    said = list(Consumption.objects.filter(visit=row).order_by("declared"))
    return OneVisit(row, sealed.get("call_word", ""), sealed.get("wanted", ""), sealed.get("note", ""), said)


def _latest(record: Id) -> QuerySet[Visit]:
    return Visit.objects.filter(client=record).order_by("-came")


def _newest(records: Iterable[Id]) -> Visit | None:
    """The visit for which this person last came."""
    found = [row for record in records if (row := _latest(record).only("id", "came", "left", "route").first())]
    return max(found, key=lambda row: row.came, default=None)


def _seen(newest: Visit | None) -> tuple[Moment | None, Id | None]:
    """When that was, and the visit itself while it is open."""
    if newest is None:
        return None, None
    return newest.came, newest.id if newest.left is None else None
