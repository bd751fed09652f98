"""What whoever meets a person must know first: alerts and exclusions that hold now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from fristed.ground.ids import Id
from fristed.ground.moments import Moment
from fristed.people.models import Alert, Client, Exclusion
from fristed.people.queries.sealed import opened_all


@dataclass(frozen=True, slots=True)
class Standing:
    """An alert or exclusion of one record. `until` is an exclusion's end."""

    id: Id
    client: Id
    kind: str
    note: str = ""
    since: Moment = 0
    until: Moment | None = None
    appealed: Moment | None = None


def alerts_of(records: Iterable[Id]) -> list[Standing]:
    """The alerts that hold now, allergies first."""
    rows = list(Alert.objects.filter(client__in=list(records), ended=None).order_by("kind", "id"))
    notes = opened_all((row.client_id, row.sealed) for row in rows)
    return [
        Standing(row.id, row.client_id, row.kind, note.get("note", ""), row.since)
        for row, note in zip(rows, notes, strict=True)
    ]


def exclusions_of(records: Iterable[Id], at: Moment) -> list[Standing]:
    """The exclusions that hold now, the longest first."""
    rows = list(
        Exclusion.objects.filter(client__in=list(records), ended=None, since__lte=at, until__gt=at).order_by("-until")
    )
    notes = opened_all((row.client_id, row.sealed) for row in rows)
    return [
        Standing(row.id, row.client_id, row.reason, note.get("note", ""), row.since, row.until, row.appealed)
        for row, note in zip(rows, notes, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Known:
    """What tells two people with one code apart, as far as they said it."""

    client: Id
    registered: Moment
    call_word: str = ""
    born: str = ""
    gender: str = ""


def known(site: Id, clients: Iterable[Id]) -> dict[Id, Known]:
    """These people, by record."""
    rows = list(Client.objects.filter(site=site, id__in=list(clients)))
    cards = opened_all((row.id, row.sealed) for row in rows)
    return {
        row.id: Known(row.id, row.registered, card.get("call_word", ""), card.get("born", ""), card.get("gender", ""))
        for row, card in zip(rows, cards, strict=True)
    }


def by_client(standing: Iterable[Standing]) -> dict[Id, list[Standing]]:
    """Grouped by record."""
    groups: dict[Id, list[Standing]] = defaultdict(list)
    for one in standing:
        groups[one.client].append(one)
    return groups
