"""Setting right what was tapped wrong: always a new fact, the old one stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fristed.ground.act import FLOOR, Put, Secret, Verdict, amend
from fristed.ground.ids import Id
from fristed.ground.moments import Moment
from fristed.ground.site import service_day
from fristed.ground.store import Row, opened
from fristed.journal.frame import Scene, act
from fristed.room.acts.calling import named
from fristed.room.acts.load import open_stays, row_of, unknown, visit_of
from fristed.room.rules import correction
from fristed.room.rules.correction import COUNTED_ON, MOMENTS, Fix
from fristed.room.rules.places import place_id


@act(roles=FLOOR)
def correct_time(scene: Scene, *, moment: str, thing: Id, clock: str, why: str, entry: Id = "") -> Verdict:
    """A moment was recorded wrong. `clock` is what the room's clock showed; the nearest such moment is meant.

    `moment` names it (visit.came, stay.freed, ...); `entry` is the key of the journal entry that said it before.
    """
    table, column = MOMENTS.get(moment, ("", ""))
    row = row_of(scene, table, thing) if table else None
    if row is None or row[column] is None:
        return unknown("moment")
    becomes = correction.moment_at(clock, row[column], scene.site.zone)
    if becomes is None:
        return Verdict(thing).but(correction.no_time(clock))
    tap, subject = scene.tap, _subject(scene, row)
    fix = Fix(
        tap.key,
        scene.site.id,
        moment,
        thing,
        row[column],
        becomes,
        tap.happened,
        tap.worker,
        subject,
        why,
        entry or None,
    )
    follows = tuple(_follows(scene, fix, row))
    moved = {(put.id, column) for put in follows for column in put.values}
    known = _around(scene, table, row)
    around = [(name, when) for id, name, when in known if (id, MOMENTS[name][1]) not in moved]
    return correction.correct(fix, around, follows, scene.site.zone)


@act(roles=FLOOR)
def come_back(scene: Scene, *, visit: Id) -> Verdict:
    """The exit was a wrong tap: the visit goes on as before."""
    row = row_of(scene, "room_visit", visit)
    if row is None:
        return unknown("visit")
    client = row["client_id"]
    again = scene.store.latest("room_visit", client_id=client, left=None) if client and row["left"] else None
    today = row["left"] is None or _day(scene, row["left"]) == _day(scene, scene.tap.happened)
    ended = correction.Ended(
        tuple(_stays_ended(scene, row)),
        tuple(w["id"] for w in _watches_ended(scene, row)),
        tuple(u["id"] for u in _uses_ended(scene, row)),
    )
    back = correction.come_back(visit_of(row), ended, today=today, again=again["id"] if again else None)
    return replace(back, puts=back.puts + _called_anew(scene, row))


def _called_anew(scene: Scene, row: Row) -> tuple[Put, ...]:
    """A new word for the person if someone who came meanwhile is called by theirs."""
    subject = visit_of(row).subject
    old = opened(scene.store, subject, row["sealed"])
    word = old.get("call_word", "")
    fresh = named(scene, row["id"], word, old)
    return () if fresh["call_word"] == word else (amend("room_visit", row["id"], sealed=Secret(subject, fresh)),)


def _subject(scene: Scene, row: Row) -> Id:
    """Whose key seals why: the visit's subject, or the thing's own where there is no visit."""
    emergency = scene.store.get("room_emergency", row["emergency_id"]) if row.get("emergency_id") else None
    visit = row["id"] if "came" in row else row.get("visit_id") or (emergency or {}).get("visit_id")
    found = scene.store.get("room_visit", visit) if visit else None
    return visit_of(found).subject if found else (emergency or row)["id"]


def _around(scene: Scene, table: str, row: Row) -> Iterator[tuple[Id, str, Moment]]:
    """Every moment that this one may have to lie before or after: (thing, name, when)."""
    near = [(table, row)]
    visit = None if table == "room_visit" else row.get("visit_id")
    near += [("room_visit", found) for found in [scene.store.get("room_visit", visit)] if found] if visit else []
    if table == "room_visit":
        near += [(t, r) for t in ("room_consumption", "room_stay") for r in scene.store.find(t, visit_id=row["id"])]
    if row.get("emergency_id"):
        near += [("room_emergency", r) for r in scene.store.find("room_emergency", id=row["emergency_id"])]
    if table == "room_emergency":
        near += [("room_step", r) for r in scene.store.find("room_step", emergency_id=row["id"], undone=None)]
    for other, found in near:
        for name, (of, column) in MOMENTS.items():
            if of == other and found[column] is not None:
                yield found["id"], name, found[column]


def _follows(scene: Scene, fix: Fix, row: Row) -> Iterator[Put]:
    """What was recorded by the same tap, and what is counted from it, moves with it."""
    was, becomes = fix.was, fix.becomes
    table, _ = MOMENTS[fix.moment]
    if fix.moment in COUNTED_ON and _day(scene, becomes) != row["day"]:
        yield amend(table, fix.thing, day=_day(scene, becomes))
    if fix.moment == "visit.came" and row["waiting"] == was:
        yield amend(table, fix.thing, waiting=becomes)
    if fix.moment == "stay.seated":
        yield from _admission(scene, row["visit_id"], was, becomes)
    if fix.moment == "stay.freed":
        yield from _wiping(scene, row, was, becomes)
        yield from _uses_over(scene, row["visit_id"], was, becomes)
    if fix.moment == "consumption.started":
        yield from _watching(scene, row["visit_id"], was, becomes)
    if fix.moment == "visit.left":
        yield from _uses_over(scene, fix.thing, was, becomes)
        for stay in scene.store.find("room_stay", visit_id=fix.thing, freed=was):
            yield amend("room_stay", stay["id"], freed=becomes)
            yield from _wiping(scene, stay, was, becomes)
        for watch in scene.store.find("room_watch", visit_id=fix.thing, ended=was):
            yield amend("room_watch", watch["id"], ended=becomes)


def _admission(scene: Scene, visit: Id, was: Moment, becomes: Moment) -> Iterator[Put]:
    row = scene.store.get("room_visit", visit)
    same = {column: becomes for column in ("called", "admitted") if row and row[column] == was}
    if same:
        yield amend("room_visit", visit, **same)


def _wiping(scene: Scene, stay: Row, was: Moment, becomes: Moment) -> Iterator[Put]:
    place = place_id(scene.site.id, stay["place"])
    row = scene.store.get("room_place", place)
    if row is not None and row["cleaning"] == was:
        yield amend("room_place", place, cleaning=becomes)


def _uses_over(scene: Scene, visit: Id, was: Moment, becomes: Moment) -> Iterator[Put]:
    """A use that was over because the person left the place or the house."""
    for used in scene.store.find("room_consumption", visit_id=visit, ended=was):
        yield amend("room_consumption", used["id"], ended=becomes)


def _watching(scene: Scene, visit: Id, was: Moment, becomes: Moment) -> Iterator[Put]:
    """The watch after a use begins when the use was; its length stays."""
    for watch in scene.store.find("room_watch", visit_id=visit, why="after_use", since=was):
        due = None if watch["due"] is None else watch["due"] + becomes - was
        yield amend("room_watch", watch["id"], since=becomes, due=due)


def _stays_ended(scene: Scene, visit: Row) -> Iterator[tuple[Id, Id, bool]]:
    """Stays that ended with the visit: their place, and whether someone else has it now."""
    if visit["left"] is None:
        return
    for stay in scene.store.find("room_stay", visit_id=visit["id"], freed=visit["left"], contested=None):
        yield stay["id"], place_id(scene.site.id, stay["place"]), bool(open_stays(scene, place=stay["place"]))


def _watches_ended(scene: Scene, visit: Row) -> list[Row]:
    if visit["left"] is None:
        return []
    rows = scene.store.find("room_watch", visit_id=visit["id"], ended=visit["left"])
    return [row for row in rows if row["ended_how"] == visit["exit"]]


def _uses_ended(scene: Scene, visit: Row) -> list[Row]:
    return scene.store.find("room_consumption", visit_id=visit["id"], ended=visit["left"]) if visit["left"] else []


def _day(scene: Scene, moment: Moment) -> str:
    return service_day(scene.site.file, moment).isoformat()
