"""The directory of codes: every code of a site, opened once, kept in this process, searched as someone types.

Codes are sealed in the database, so the database cannot search them. The directory follows the journal: what acts
changed since the last question is read again before it answers, and whoever was erased is forgotten at once.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from threading import Lock
from typing import Any

from django.db import connection

from fristed.ground import seal
from fristed.ground.ids import Id
from fristed.ground.keyring import wrapping_key
from fristed.journal.entry import parse
from fristed.people.rules.codes import normal

MOST = 12  # matches that fit on a screen at a door

_FEW = 100  # records that are read again one by one; beyond, everything is read again in one query
_OWN_TABLES = ("people_client", "people_code", "ground_destroyedkey")


@dataclass(frozen=True, slots=True)
class Match:
    """A code that fits what was typed, and the record that it finds."""

    client: Id
    code: str
    kind: str
    exact: bool


Code = tuple[str, Id, str, str]  # as compared, whose, as given, kind


@dataclass(slots=True)
class _Listing:
    """The codes of one site as of one journal entry."""

    seq: int = -1
    by_client: dict[Id, list[tuple[str, str, str]]] = field(default_factory=dict)  # (normal, code, kind)
    into: dict[Id, Id] = field(default_factory=dict)  # merged record → the one it is under
    ordered: list[Code] | None = None  # made again when asked for after a change
    lock: Lock = field(default_factory=Lock)

    def in_order(self) -> list[Code]:
        """Every code in alphabetical order."""
        if self.ordered is None:
            self.ordered = sorted((p, client, c, k) for client, codes in self.by_client.items() for p, c, k in codes)
        return self.ordered


_sites: dict[tuple[str, Id], _Listing] = {}


def search(site: Id, typed: str) -> list[Match]:
    """Who may be meant: exact codes first, then codes that begin so, then codes that hold it."""
    wanted = normal(typed)
    if not wanted:
        return []
    listing = _up_to_date(site)
    found: dict[Id, Match] = {}
    for plain, client, code, kind in _fitting(listing.in_order(), wanted):
        person = _top(listing, client)
        found.setdefault(person, Match(person, code, kind, plain == wanted))
        if len(found) == MOST:
            break
    return list(found.values())


def codes_of(site: Id, records: Iterable[Id]) -> list[str]:
    """The codes by which these records are found, as they were given."""
    listing = _up_to_date(site)
    return [code for record in records for _, code, _ in listing.by_client.get(record, [])]


def records_of(site: Id, client: Id) -> tuple[Id, ...]:
    """Every record that is this person, the one that the others were put under first."""
    listing = _up_to_date(site)
    top = _top(listing, client)
    return (top, *(id for id in listing.into if id != top and _top(listing, id) == top))


def records_of_each(site: Id, clients: Iterable[Id]) -> dict[Id, tuple[Id, ...]]:
    """As `records_of`, for many people at once."""
    listing = _up_to_date(site)
    tops = {client: _top(listing, client) for client in clients}
    under: dict[Id, list[Id]] = {top: [top] for top in tops.values()}
    for id in listing.into:
        top = _top(listing, id)
        if top in under and id != top:
            under[top].append(id)
    return {client: tuple(under[top]) for client, top in tops.items()}


def _fitting(codes: list[Code], wanted: str) -> Iterator[Code]:
    """The codes that begin so, in order, so an exact one first; then those that hold it further in."""
    for code in islice(codes, bisect_left(codes, (wanted,)), None):
        if not code[0].startswith(wanted):
            break
        yield code
    yield from (code for code in codes if wanted in code[0] and not code[0].startswith(wanted))


def _top(listing: _Listing, client: Id) -> Id:
    while client in listing.into:
        client = listing.into[client]
    return client


def _up_to_date(site: Id) -> _Listing:
    listing = _sites.setdefault((str(connection.settings_dict["NAME"]), site), _Listing())
    with listing.lock:
        head = _head(site)
        if head < listing.seq:  # another database under the same name: a restored copy
            listing.seq = -1
        if listing.seq < 0:
            _read(listing, site, None)
        elif head > listing.seq:
            changed = _changed_since(site, listing.seq)
            if changed:
                _read(listing, site, changed if len(changed) <= _FEW else None)
        listing.seq = head
    return listing


def _head(site: Id) -> int:
    rows = _rows("SELECT seq FROM journal_entry WHERE site_id = %s ORDER BY seq DESC LIMIT 1", (site,))
    return int(rows[0][0]) if rows else 0


def _changed_since(site: Id, seq: int) -> set[Id]:
    """The records that acts have touched since an entry; those of the room alone touch none."""
    sql = "SELECT text FROM journal_entry WHERE site_id = %s AND seq > %s AND act NOT LIKE %s"
    changed: set[Id] = set()
    for (text,) in _rows(sql, (site, seq, "room.%")):
        for _, table, id, columns in parse(text).rows:
            if table in _OWN_TABLES:
                changed.add(columns.get("client_id") or id)
            if table == "people_code" and "client_id" not in columns:
                changed.update(owner for (owner,) in _rows("SELECT client_id FROM people_code WHERE id = %s", (id,)))
    return changed


def _read(listing: _Listing, site: Id, only: set[Id] | None) -> None:
    """Reads all codes of the site, or those of some records again."""
    listing.ordered = None
    if only is None:
        listing.by_client, listing.into = {}, {}
        _take(listing, _rows(_CODES, (site,)))
    for client in only or ():
        listing.by_client.pop(client, None)
        listing.into.pop(client, None)
        _take(listing, _rows(_CODES + " AND client.id = %s", (site, client)))


def _take(listing: _Listing, rows: list[tuple[Any, ...]]) -> None:
    for id, into, code, kind, retired, wrapped in rows:
        if into:
            listing.into[id] = into
        text = _opened(id, code, wrapped)
        if text and retired is None:
            listing.by_client.setdefault(id, []).append((normal(text), text, kind))


_CODES = (
    "SELECT client.id, client.merged_into_id, code.sealed, code.kind, code.retired, key.wrapped "
    "FROM people_code code JOIN people_client client ON client.id = code.client_id "
    "JOIN ground_subjectkey key ON key.id = client.id WHERE client.site_id = %s"
)


def _opened(client: Id, sealed: str, wrapped: str) -> str:
    try:
        return str(seal.unseal(seal.unwrap(wrapping_key(), client, wrapped), client, sealed).get("code", ""))
    except seal.Unreadable:
        return ""


def _rows(sql: str, values: tuple[str | int, ...]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
