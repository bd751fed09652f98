"""What is on the floor now, loaded in a number of queries that never grows, however long the history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from fristed.ground.ids import Id
from fristed.ground.site import SiteFile, service_day
from fristed.people.models import Client
from fristed.people.queries import directory
from fristed.people.queries.first import Standing, alerts_of, by_client
from fristed.people.queries.sealed import opened_all
from fristed.room.models import Consumption, DayRecord, Observation, Place, Stay, Visit, Watch
from fristed.staff.queries import site_file

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Floor:
    """Everyone who is here and every place, as rows; each mapping is by the id named."""

    site: Id
    file: SiteFile
    visits: dict[Id, Row]
    words: dict[Id, str]  # visit → what the person is called
    stays: list[Row]
    places: dict[int, Row]
    declared: dict[Id, Row]  # visit → the newest declared consumption
    begun: dict[Id, list[Row]]  # visit → the uses that began, by their time
    watches: dict[Id, list[Row]]  # visit → open watches
    measured: dict[Id, Row]  # visit → the newest observation, for whoever is watched
    alerts: dict[Id, list[Standing]]  # visit → alerts of the person
    known_before: frozenset[Id]  # visits of people who were admitted before
    gave_up: int
    opened: bool


def floor(site: Id, at: int) -> Floor:
    """The floor of a site now."""
    file = site_file(site)
    visits = {row["id"]: row for row in rows(Visit.objects.filter(site=site, left=None).order_by("id"))}
    each = directory.records_of_each(site, [v["client_id"] for v in visits.values() if v["client_id"]])
    records = {v["id"]: each[v["client_id"]] for v in visits.values() if v["client_id"]}
    watches = _grouped(rows(Watch.objects.filter(site=site, ended=None).order_by("since")))
    uses = rows(Consumption.objects.filter(visit__in=list(visits)).order_by("id"))
    begun = sorted((row for row in uses if row["started"] is not None), key=lambda row: row["started"])
    day = service_day(file, at).isoformat()
    return Floor(
        site,
        file,
        visits,
        _words(visits),
        rows(Stay.objects.filter(site=site, freed=None).order_by("id")),
        {row["number"]: row for row in rows(Place.objects.filter(site=site))},
        {row["visit_id"]: row for row in uses},
        _grouped(begun),
        watches,
        _measured(watches),
        _alerts(records),
        _known_before(records),
        Visit.objects.filter(site=site, day=day, outcome="left_waiting").count(),
        DayRecord.objects.filter(site=site, day=day, opened__isnull=False, closed=None).exists(),
    )


def rows(found: QuerySet[Any]) -> list[Row]:
    """Rows as plain mappings."""
    return list(found.values())


def _grouped(found: Iterable[Row]) -> dict[Id, list[Row]]:
    groups: dict[Id, list[Row]] = defaultdict(list)
    for row in found:
        groups[row["visit_id"]].append(row)
    return dict(groups)


def _words(visits: dict[Id, Row]) -> dict[Id, str]:
    """What each person is called out by today."""
    here = list(visits.values())
    opened = opened_all((row["client_id"] or row["id"], row["sealed"]) for row in here)
    return {row["id"]: str(content.get("call_word", "")) for row, content in zip(here, opened, strict=True)}


def _measured(watches: dict[Id, list[Row]]) -> dict[Id, Row]:
    found = rows(Observation.objects.filter(visit__in=list(watches), undone=None).order_by("at", "id"))
    return {row["visit_id"]: row for row in found}


def _alerts(records: dict[Id, tuple[Id, ...]]) -> dict[Id, list[Standing]]:
    groups = by_client(alerts_of(record for group in records.values() for record in group))
    return {visit: [alert for r in group for alert in groups.get(r, [])] for visit, group in records.items()}


def _known_before(records: dict[Id, tuple[Id, ...]]) -> frozenset[Id]:
    """Visits of people who were given a place at an earlier visit. Stops at the first one found for each."""
    before = Visit.objects.filter(client=OuterRef("id"), admitted__isnull=False, left__isnull=False)
    every = [record for group in records.values() for record in group]
    again = set(Client.objects.filter(Exists(before), id__in=every).values_list("id", flat=True))
    return frozenset(visit for visit, group in records.items() if again.intersection(group))
