"""How acts read the room: rows into the plain values that rules see."""

from __future__ import annotations

from typing import Any

from fristed.ground.act import Objection, Verdict
from fristed.ground.ids import Id
from fristed.ground.site import is_open, service_day
from fristed.ground.store import Row, opened
from fristed.journal.frame import Scene
from fristed.people.acts.load import records_of
from fristed.room.rules.door import Door, Exclusion, Visit
from fristed.room.rules.places import PlaceNow, StayNow, place_id
from fristed.room.rules.watch import ConsumptionNow, WatchNow


def unknown(what: str) -> Verdict:
    """The verdict about something that does not exist here."""
    objection = Objection(f"unknown_{what}", "This is not known here. Reload the page and try again.", recordable=False)
    return Verdict("", (), (objection,))


def row_of(scene: Scene, table: str, id: Id) -> Row | None:
    """A row of this site; None if there is none or it belongs to another site."""
    row = scene.store.get(table, id)
    return row if row is not None and row["site_id"] == scene.site.id else None


def day_of(scene: Scene) -> str:
    """The service day of the tap, as ISO date."""
    return service_day(scene.site.file, scene.tap.happened).isoformat()


def visit_of(row: Row) -> Visit:
    return Visit(row["id"], row["client_id"], row["came"], row["outcome"], row["waiting"], row["left"])


def stay_of(row: Row) -> StayNow:
    return StayNow(row["id"], row["place"], row["seated"], row["freed"], row["consumption_id"], row["contested"])


def consumption_of(row: Row) -> ConsumptionNow:
    return ConsumptionNow(row["id"], row["declared"], row["started"], row["ended"])


def watch_of(row: Row) -> WatchNow:
    return WatchNow(row["id"], row["why"], row["since"], row["due"], row["ended"])


def door(scene: Scene, client: Id | None) -> Door:
    """What admission reads, and nothing else."""
    file, at = scene.site.file, scene.tap.happened
    day = day_of(scene)
    records = () if client is None else records_of(scene.store, client)
    record = scene.store.latest("room_dayrecord", site_id=scene.site.id, day=day)
    return Door(
        site=scene.site.id,
        day=day,
        opened=record is not None and record["opened"] is not None and record["closed"] is None,
        within_hours=is_open(file, at),
        exclusion=_exclusion(scene, records),
        ineligible=_ineligible(scene, records),
        already_here=_open_visit(scene, records),
        code_needed=not file.visits_without_code,
    )


def open_stays(scene: Scene, **equals: Any) -> list[Row]:
    """Stays that have not ended and are not contested."""
    return scene.store.find("room_stay", site_id=scene.site.id, freed=None, contested=None, **equals)


def using(scene: Scene, consumption: Id | None) -> Id | None:
    """A stay's consumption while it goes on: begun, not over."""
    row = None if consumption is None else scene.store.get("room_consumption", consumption)
    return consumption if row and row["started"] is not None and row["ended"] is None else None


def uses_open(scene: Scene, visit: Id) -> tuple[Id, ...]:
    """The uses of a visit that have begun and are not over."""
    rows = scene.store.find("room_consumption", visit_id=visit, ended=None)
    return tuple(row["id"] for row in rows if row["started"] is not None)


def place_now(scene: Scene, number: int) -> PlaceNow:
    """A place, who sits there, and whether it may be used."""
    id = place_id(scene.site.id, number)
    described = scene.site.file.place(number)
    row = scene.store.get("room_place", id)
    sitting = open_stays(scene, place=number)
    return PlaceNow(
        id,
        number,
        row is not None,
        None if described is None else described.routes,
        _who(scene, sitting[0]) if sitting else "",
        row["cleaning"] if row else None,
        row["closed"] if row else None,
    )


def _who(scene: Scene, stay: Row) -> str:
    visit = scene.store.get("room_visit", stay["visit_id"])
    if visit is None:
        return "someone"
    return str(opened(scene.store, visit_of(visit).subject, visit["sealed"]).get("call_word") or "someone")


def _exclusion(scene: Scene, records: tuple[Id, ...]) -> Exclusion | None:
    at = scene.tap.happened
    rows = [row for record in records for row in scene.store.find("people_exclusion", client_id=record, ended=None)]
    running = [row for row in rows if row["since"] <= at < row["until"]]
    longest = max(running, key=lambda row: row["until"], default=None)
    return Exclusion(longest["reason"], longest["until"]) if longest else None


def _ineligible(scene: Scene, records: tuple[Id, ...]) -> str | None:
    rows = [row for record in records for row in scene.store.find("people_eligibility", client_id=record)]
    answers = {row["question"]: row["answer"] for row in sorted(rows, key=lambda row: (row["asked"], row["id"]))}
    opposite = {"yes": "no", "no": "yes"}
    needed = scene.site.file.eligibility.items()
    return next((question for question, admits in needed if answers.get(question) == opposite[admits]), None)


def _open_visit(scene: Scene, records: tuple[Id, ...]) -> Id | None:
    found = (scene.store.latest("room_visit", client_id=id, left=None) for id in records)
    return next((row["id"] for row in found if row), None)
