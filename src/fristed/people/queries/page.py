"""A person's page: everything that is kept of them in the people room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fristed.ground.ids import Id
from fristed.ground.moments import Moment, now
from fristed.people.models import Alert, Client, Code, Consent, Eligibility, Exclusion, Identity, Merge
from fristed.people.queries import directory
from fristed.people.queries.sealed import opened_all
from fristed.staff.models import Worker

_MOST = 100  # rows of each kind on the page, the newest first


@dataclass(frozen=True, slots=True)
class Sealed:
    """A row and what is sealed in it."""

    row: Any
    text: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """What is kept of a person, over all their records. `identities` says which are kept, never what they say."""

    records: tuple[Id, ...]
    registered: Moment
    erased: Moment | None
    card: dict[str, Any]
    codes: list[Sealed]
    consents: list[Consent]
    answers: list[Eligibility]
    alerts: list[Sealed]
    exclusions: list[Sealed]
    decided_by: dict[Id, str]
    merges: list[Merge]
    identities: list[Identity]

    @property
    def client(self) -> Id:
        return self.records[0]


def page_of(site: Id, client: Id) -> Page | None:
    """A person's page; None where there is no such person at this site."""
    records = directory.records_of(site, client)
    row = Client.objects.filter(site=site, id=records[0]).first()
    if row is None:
        return None
    exclusions = _sealed(Exclusion.objects.filter(client__in=records).order_by("-since")[:_MOST])
    return Page(
        records,
        row.registered,
        row.erased,
        opened_all([(row.id, row.sealed)])[0],
        _sealed(Code.objects.filter(client__in=records).order_by("id")[:_MOST]),
        list(Consent.objects.filter(client__in=records).order_by("-asked", "purpose")[:_MOST]),
        list(Eligibility.objects.filter(client__in=records).order_by("-asked", "question")[:_MOST]),
        _sealed(Alert.objects.filter(client__in=records).order_by("-since")[:_MOST]),
        exclusions,
        _names(e.row.decided_by for e in exclusions),
        list(Merge.objects.filter(into__in=records).order_by("-since")[:_MOST]),
        list(Identity.objects.filter(client__in=records).order_by("id")[:_MOST]),
    )


def identities(records: tuple[Id, ...]) -> list[Sealed]:
    """The sealed names and numbers, opened. Only for whoever has just opened them by act."""
    rows = list(Identity.objects.filter(client__in=records).order_by("id"))
    return [Sealed(row, text) for row, text in zip(rows, opened_all((r.id, r.sealed) for r in rows), strict=True)]


def running(exclusion: Sealed) -> bool:
    """Whether an exclusion holds now."""
    return exclusion.row.ended is None and exclusion.row.until > now()


def _sealed(rows: Iterable[Any]) -> list[Sealed]:
    found = list(rows)
    texts = opened_all((row.client_id, row.sealed) for row in found)
    return [Sealed(row, text) for row, text in zip(found, texts, strict=True)]


def _names(workers: Iterable[Id]) -> dict[Id, str]:
    return dict(Worker.objects.filter(id__in=set(workers)).values_list("id", "name"))
