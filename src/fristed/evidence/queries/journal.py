"""The journal of one visit or one emergency, entry by entry; found by what belongs to it, however long the history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Model

from fristed.ground import seal
from fristed.ground.columns import MomentField
from fristed.ground.ids import Id, is_id
from fristed.ground.keyring import DatabaseKeyring
from fristed.ground.moments import DAY, Moment
from fristed.journal.entry import EntryText, parse
from fristed.journal.frame import ACTS
from fristed.journal.models import Entry
from fristed.room.models import Emergency, Visit
from fristed.staff.models import Device, Worker

MOST = 500  # entries on one page


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as it is read. `reason` and `changes` are empty where the reader may not see content."""

    seq: int
    act: str
    doc: str
    happened: Moment
    since: Moment  # after the first entry shown
    recorded_later: Moment
    another_day: bool
    late: bool
    name: str
    role: str
    device: str
    flags: tuple[str, ...]
    reason: str
    has_reason: bool
    changes: tuple[tuple[str, str, str | int], ...]  # table, column, value: a moment, else text


@dataclass(frozen=True, slots=True)
class Record:
    """A visit or an emergency and its entries in the order in which they happened."""

    kind: str
    thing: Id
    day: str
    lines: tuple[Line, ...]
    cut: bool  # there are more


def record(site: Id, kind: str, thing: Id, *, content: bool) -> Record | None:
    """The journal of a visit or an emergency of this site; None where there is no such thing."""
    models: dict[str, type[Visit] | type[Emergency]] = {"visit": Visit, "emergency": Emergency}
    found = models[kind].objects.filter(id=thing, site=site).first() if kind in models else None
    if found is None:
        return None
    things = {thing, *_belonging(kind, thing)}
    # Not ordered or narrowed further by the database: it would walk the site's whole chain instead of these things.
    entries = [parse(text) for text in Entry.objects.filter(thing__in=things).values_list("text", flat=True)]
    here = sorted((e for e in entries if e.site == site), key=lambda e: e.seq)
    lines = tuple(_lines(sorted(here[:MOST], key=lambda e: (e.happened, e.seq)), content))
    return Record(kind, thing, str(found.day), lines, len(here) > MOST)


def _belonging(kind: str, thing: Id) -> Iterator[Id]:
    for model in _with(kind):
        for id in model._default_manager.filter(**{kind: thing}).values_list("id", flat=True):
            yield id
            if model is Emergency:
                yield from _belonging("emergency", id)


def _with(field: str) -> list[type[Model]]:
    """The room's tables whose rows belong to a visit, or to an emergency."""
    models = apps.get_app_config("room").get_models()
    return [m for m in models if any(f.name == field and f.is_relation for f in m._meta.get_fields() if f.concrete)]


def _lines(entries: list[EntryText], content: bool) -> Iterator[Line]:
    workers = {w.id: w.name for w in Worker.objects.filter(id__in={e.worker for e in entries if e.worker})}
    devices = {d.id: d.name for d in Device.objects.filter(id__in={e.device for e in entries if e.device})}
    keys = DatabaseKeyring().keys({e.subject for e in entries if e.subject}) if content else {}
    for entry in entries:
        yield Line(
            seq=entry.seq,
            act=entry.act,
            doc=ACTS[entry.act].doc.split(". ")[0] if entry.act in ACTS else "",
            happened=entry.happened,
            since=entry.happened - entries[0].happened,
            recorded_later=entry.recorded - entry.happened,
            another_day=entry.happened - entries[0].happened > DAY // 2,
            late=entry.late,
            name=workers.get(entry.worker or "", ""),
            role=entry.role,
            device=devices.get(entry.device or "", ""),
            flags=entry.flags,
            reason=_reason(entry, keys) if content else "",
            has_reason=bool(entry.reason),
            changes=tuple(_changes(entry, keys)) if content else (),
        )


def _opened(entry: EntryText, keys: dict[Id, bytes], sealed: str) -> dict[str, Any]:
    """Content sealed under the entry's subject; empty where that key is gone or the content is another's."""
    if entry.subject is None:
        return {}
    try:
        return seal.unseal(keys.get(entry.subject), entry.subject, sealed)
    except seal.Unreadable:
        return {}


def _reason(entry: EntryText, keys: dict[Id, bytes]) -> str:
    sealed_under = entry.subject is not None and bool(entry.reason)
    return str(_opened(entry, keys, entry.reason).get("reason", "")) if sealed_under else entry.reason


def _changes(entry: EntryText, keys: dict[Id, bytes]) -> Iterator[tuple[str, str, str | int]]:
    for _, table, _, columns in entry.rows:
        for column, value in columns.items():
            if column == "sealed":
                yield from ((_short(table), name, str(text)) for name, text in _opened(entry, keys, value).items())
            elif not _said_already(entry, column, value):
                yield _short(table), column, value if (table, column) in _moments() else str(value)


def _said_already(entry: EntryText, column: str, value: Any) -> bool:
    """Ids, empty columns, and what the line says in its first columns."""
    named = column.endswith("_id") or column == "day" or (isinstance(value, str) and is_id(value))
    return named or value in (None, "", entry.happened, entry.recorded)


@cache
def _moments() -> frozenset[tuple[str, str]]:
    """Every table's columns that hold a moment: no other number is read as one, however large."""
    models = apps.get_models()
    fields = ((m._meta.db_table, field) for m in models for field in m._meta.concrete_fields)
    return frozenset((table, str(field.column)) for table, field in fields if isinstance(field, MomentField))


def _short(table: str) -> str:
    return table.split("_", 1)[1]


@dataclass(frozen=True, slots=True)
class DayList:
    """What a day holds, without a word about who."""

    emergencies: list[Emergency]
    visits: list[Visit]
    more_after: Moment | None


def day_list(site: Id, day: str, after: Moment = 0, at_once: int = 100) -> DayList:
    """The emergencies of a service day, and its visits in the order in which people came, so many at once."""
    visits = Visit.objects.filter(site=site, day=day, came__gt=after).order_by("came")
    some = list(visits.only("id", "came", "left", "outcome", "exit", "route", "purpose")[: at_once + 1])
    more = some[at_once - 1].came if len(some) > at_once else None
    return DayList(list(Emergency.objects.filter(site=site, day=day).order_by("raised")), some[:at_once], more)


def as_moment(value: Any) -> Moment | None:
    """The moment that a column holds; None for text, which other numbers are read as."""
    return value if isinstance(value, int) else None
