"""One emergency as a record: for the ambulance, the incident form and the debrief. Nobody writes it twice."""

from __future__ import annotations

from dataclasses import dataclass

from fristed.ground.ids import Id
from fristed.ground.moments import Moment
from fristed.people.queries import directory
from fristed.people.queries.first import Standing, alerts_of
from fristed.people.queries.sealed import opened_all
from fristed.room.models import Consumption, Correction, Emergency, Visit
from fristed.room.queries.emergencies import Line, Shown, shown
from fristed.room.queries.floor import Row, rows
from fristed.staff.queries import site_file


@dataclass(frozen=True, slots=True)
class Record:
    """An emergency, what is known of the person, and what was written at the debrief.

    `corrected`: of the emergency and its lines, those whose time was set right afterwards.
    """

    shown: Shown
    client: Id | None
    used: tuple[Row, ...]  # the uses that began before the alarm, newest first; where none had, what was declared
    alerts: tuple[Standing, ...]
    zone: str
    site_name: str
    text: str
    attribution: tuple[str, ...]
    outcome: str
    corrected: frozenset[Id]

    @property
    def oxygen(self) -> tuple[Line, ...]:
        return tuple(line for line in self.shown.steps if line.kind in ("oxygen", "bag_mask", "airway"))

    @property
    def naloxone(self) -> tuple[Line, ...]:
        return tuple(line for line in self.shown.steps if line.kind == "naloxone")

    @property
    def micrograms(self) -> int | None:
        """All naloxone together; None while a dose is missing."""
        doses = [line.row["micrograms"] for line in self.naloxone]
        return None if None in doses else sum(doses)

    @property
    def doses_missing(self) -> tuple[Line, ...]:
        return tuple(line for line in self.shown.lines if line.dose_missing)

    @property
    def lasted(self) -> Moment | None:
        return None if self.shown.ended is None else self.shown.ended - self.shown.raised


def record(site: Id, emergency: Id) -> Record | None:
    """The record of an emergency of this site; None where there is none."""
    found = rows(Emergency.objects.filter(site=site, id=emergency))
    if not found:
        return None
    row, file = found[0], site_file(site)
    visit = Visit.objects.filter(site=site, id=row["visit_id"]).first() if row["visit_id"] else None
    client = visit.client_id if visit else None
    subject = client or (visit.id if visit else emergency)
    word = opened_all([(subject, visit.sealed)])[0].get("call_word", "") if visit else ""
    said = rows(Consumption.objects.filter(visit=visit, declared__lte=row["raised"]).order_by("id")) if visit else []
    emergencies = shown(site, found, {visit.id: word} if visit else {}, {visit.id: client} if visit else {})
    texts = opened_all([(subject, row["sealed"]), (emergency, row["sealed"])])
    alerts = alerts_of(directory.records_of(site, client)) if client else []
    return Record(
        emergencies[0],
        client,
        _used(said),
        tuple(alert for alert in alerts if alert.since < row["raised"]),
        file.zone,
        file.name,
        next((str(t["debrief"]) for t in texts if "debrief" in t), ""),
        tuple(row["attribution"].split()),
        row["outcome"],
        _corrected(emergencies[0]),
    )


def _used(said: list[Row]) -> tuple[Row, ...]:
    begun = sorted((use for use in said if use["started"] is not None), key=lambda use: use["started"], reverse=True)
    return tuple(begun or said[-1:])


def _corrected(emergency: Shown) -> frozenset[Id]:
    things = [emergency.id, *(line.id for line in emergency.lines)]
    return frozenset(Correction.objects.filter(thing__in=things).values_list("thing", flat=True))
