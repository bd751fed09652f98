"""The moments of one visit, or of an emergency nobody came with, each with the original beside what was corrected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fristed.ground.ids import Id
from fristed.ground.moments import Moment
from fristed.journal.entry import parse
from fristed.journal.models import Entry
from fristed.people.queries.sealed import opened_all
from fristed.room.models import Consumption, Correction, Emergency, Observation, Stay, Step, Visit
from fristed.room.rules.correction import MOMENTS
from fristed.room.substances import substances
from fristed.staff.models import Worker


@dataclass(frozen=True, slots=True)
class Change:
    """One correction: as it was, by whom, why."""

    was: Moment
    by: str
    why: str
    at: Moment


@dataclass(frozen=True, slots=True)
class Shown:
    """One moment: its name, its thing, when, about which place or step, the entry that says it, its corrections."""

    moment: str
    thing: Id
    when: Moment
    about: str
    entry: Id
    changes: tuple[Change, ...]

    @property
    def original(self) -> Moment | None:
        return self.changes[0].was if self.changes else None


@dataclass(frozen=True, slots=True)
class Story:
    """A visit and its moments in the order in which they happened. An emergency that nobody came with has no visit."""

    visit: Visit | None
    word: str
    moments: tuple[Shown, ...]


def story(site: Id, id: Id) -> Story | None:
    """The moments of a visit of this site; None where there is no such visit."""
    visit = Visit.objects.filter(site=site, id=id).first()
    if visit is None:
        return None
    subject = visit.client_id or visit.id
    word = opened_all([(subject, visit.sealed)])[0].get("call_word", "")
    return Story(visit, str(word), _moments(site, subject, list(_rows(visit))))


def emergency_story(site: Id, id: Id) -> Story | None:
    """The moments of an emergency of this site, with those of its visit where it has one."""
    raised = Emergency.objects.filter(site=site, id=id).first()
    if raised is None:
        return None
    if raised.visit_id:
        return story(site, raised.visit_id)
    return Story(None, "", _moments(site, raised.id, list(_emergency_rows(raised))))


def _moments(site: Id, subject: Id, rows: list[tuple[str, Any, str]]) -> tuple[Shown, ...]:
    said = _entries([row.id for _, row, _ in rows])
    changes = _changes(site, subject, [row.id for _, row, _ in rows])
    moments = [
        Shown(name, row.id, when, about, said.get((table, row.id, column), ""), changes.get((row.id, name), ()))
        for table, row, about in rows
        for name, (of, column) in MOMENTS.items()
        if of == table and (when := getattr(row, column)) is not None
    ]
    return tuple(sorted(moments, key=lambda m: (m.when, m.thing)))


def _rows(visit: Visit) -> Iterator[tuple[str, Any, str]]:
    """(table, row, what it is about) of everything in a visit that has moments."""
    yield "room_visit", visit, ""
    for said in Consumption.objects.filter(visit=visit):
        yield "room_consumption", said, ", ".join(_called(code) for code in said.substances.split())
    for stay in Stay.objects.filter(visit=visit):
        yield "room_stay", stay, str(stay.place)
    for raised in Emergency.objects.filter(visit=visit):
        yield from _emergency_rows(raised)
    for seen in Observation.objects.filter(visit=visit, emergency=None, undone=None):
        yield "room_observation", seen, ""


def _emergency_rows(raised: Emergency) -> Iterator[tuple[str, Any, str]]:
    yield "room_emergency", raised, raised.kind
    for step in Step.objects.filter(emergency=raised, undone=None):
        yield "room_step", step, step.kind
    for seen in Observation.objects.filter(emergency=raised, undone=None):
        yield "room_observation", seen, ""


def _called(substance: str) -> str:
    known = substances().get(substance)
    return known.name if known else substance


def _entries(things: list[Id]) -> dict[tuple[str, Id, str], Id]:
    """By (table, row, column): the key of the newest entry that wrote it."""
    texts = Entry.objects.filter(thing__in=things).order_by("seq").values_list("text", flat=True)
    return {
        (table, id, column): entry.key
        for entry in map(parse, texts)
        for _, table, id, values in entry.rows
        for column in values
    }


def _changes(site: Id, subject: Id, things: list[Id]) -> dict[tuple[Id, str], tuple[Change, ...]]:
    rows = list(Correction.objects.filter(site=site, thing__in=things).order_by("id"))
    names = dict(Worker.objects.filter(id__in=[row.worker for row in rows if row.worker]).values_list("id", "name"))
    found: dict[tuple[Id, str], tuple[Change, ...]] = {}
    for row, content in zip(rows, opened_all((subject, row.sealed) for row in rows), strict=True):
        change = Change(row.was, names.get(row.worker or "", ""), content.get("why", ""), row.corrected)
        found[row.thing, row.moment] = (*found.get((row.thing, row.moment), ()), change)
    return found
