"""Accesses and different people: one pass over the visits of a period."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from fristed.evidence.queries.period import Period, rows
from fristed.evidence.unique import DifferentPeople
from fristed.ground.ids import Id
from fristed.people.models import Client

_ACCESSES = """SELECT client_id, substr(day, 1, 7), MIN(day), COUNT(*) FROM room_visit
WHERE {days} AND client_id IS NOT NULL AND outcome IN ('admitted', 'service')
GROUP BY client_id, substr(day, 1, 7)"""


@dataclass(frozen=True, slots=True)
class Accesses:
    """Visits of registered people by month, and who they were: person → month → first day there."""

    by_month: Counter[str]
    people: dict[Id, dict[str, str]]

    def in_month(self, month: str) -> DifferentPeople:
        """Different people in one month."""
        return DifferentPeople(sum(month in months for months in self.people.values()))

    def until(self, day: str) -> DifferentPeople:
        """Different people from the start of the period up to a day (ISO), which is included."""
        return DifferentPeople(sum(min(months.values()) <= day for months in self.people.values()))

    def all(self) -> DifferentPeople:
        """Different people in the whole period."""
        return DifferentPeople(len(self.people))


def accesses(period: Period) -> Accesses:
    """Who came for a place or a service."""
    by_month: Counter[str] = Counter()
    people: dict[Id, dict[str, str]] = {}
    one = one_person(period.site)
    for client, month, first, count in rows(_ACCESSES, period):
        by_month[month] += int(count)
        months = people.setdefault(one.get(client, client), {})
        months[month] = min(first, months.get(month, first))
    return Accesses(by_month, people)


def one_person(site: Id) -> dict[Id, Id]:
    """Records that were put under another → the record that is the person."""
    into = dict(Client.objects.filter(site=site, merged_into__isnull=False).values_list("id", "merged_into_id"))

    def top(record: Id) -> Id:
        while record in into:
            record = into[record]
        return record

    return {record: top(record) for record in into}
