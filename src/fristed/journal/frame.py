"""The one way in: permission, one transaction, the rule's verdict, rows and entry, the first answer again for a repeat.

@act(roles=CARE)
def seat(scene: Scene, *, visit: Id, place: int) -> Verdict:
    '''A person takes a place.'''
    return rules.seat(...)

seat(tap, visit=..., place=...)  →  Done | Refusal
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any, Concatenate, Generic, ParamSpec

from fristed.ground import seal
from fristed.ground.act import Done, Objection, Put, Refusal, Role, Secret, Tap, Value, Verdict, settle
from fristed.ground.ids import Id
from fristed.ground.site import Site, decode_site
from fristed.ground.store import Store
from fristed.journal.book import Book, DatabaseBook
from fristed.journal.entry import EntryText, Sealed, entry_of

P = ParamSpec("P")

ACTS: dict[str, Act[Any]] = {}

_book: ContextVar[Book | None] = ContextVar("book", default=None)
_database = DatabaseBook()


@dataclass(frozen=True, slots=True)
class Scene:
    """What every act's body is given: the tap, its site, and where to read."""

    tap: Tap
    site: Site
    store: Store


@dataclass(frozen=True)
class Act(Generic[P]):
    """An act: its name (`room.seat`), who may do it, and its body.

    `locked`: a device may do it with nobody signed in (emergencies). `alarm`: other screens are told at once.
    `founding`: the act that opens a site, before which there is none.
    """

    name: str
    roles: frozenset[Role]
    body: Callable[Concatenate[Scene, P], Verdict]
    alarm: bool = False
    founding: bool = False

    @property
    def doc(self) -> str:
        """What it does, in a sentence."""
        return inspect.getdoc(self.body) or ""

    def __call__(self, tap: Tap, *args: P.args, **asked: P.kwargs) -> Done | Refusal:
        if tap.role not in self.roles:
            return _refuse("permission", "Your role may not do this. Ask someone whose role may.")
        ask = seal.fingerprint([self.name, asked])
        book = _book.get() or _database
        with book.turn(tap.site) as store:
            first = book.known(tap.key)
            if first is not None:
                return _again(first, self.name, ask)
            site = self._site(store, tap.site, asked)
            if site is None:
                return _refuse("unknown_site", "There is no such site here.")
            verdict = self.body(Scene(tap, site, store), *args, **asked)
            outcome = settle(verdict, tap)
            if isinstance(outcome, Refusal):
                return outcome
            return self._keep(book, store, tap, verdict, outcome, ask)

    def _site(self, store: Store, id: Id, asked: dict[str, Any]) -> Site | None:
        row = store.get("ground_site", id)
        if row is None:
            return Site(id, asked["file"]) if self.founding else None
        return Site(id, decode_site(row["file"]))

    def _keep(self, book: Book, store: Store, tap: Tap, verdict: Verdict, flags: tuple[str, ...], ask: str) -> Done:
        sealed = _seal(store, tap, verdict.subject, verdict.puts)
        entry = entry_of(book.next_seq(tap.site), self.name, ask, tap, verdict, sealed, flags)
        book.write(entry, sealed.puts, alarm=self.alarm)
        return Done(verdict.thing, tap.key, entry.seq, flags)


def act(
    *, roles: frozenset[Role], alarm: bool = False, founding: bool = False
) -> Callable[[Callable[Concatenate[Scene, P], Verdict]], Act[P]]:
    """Makes an act of a body and enters it in the list of acts by its room and name."""

    def make(body: Callable[Concatenate[Scene, P], Verdict]) -> Act[P]:
        made = Act(f"{body.__module__.split('.')[1]}.{body.__name__}", roles, body, alarm, founding)
        if made.name in ACTS:
            raise ValueError(f"two acts are called {made.name}")
        ACTS[made.name] = made
        return made

    return make


@contextmanager
def kept_in(book: Book) -> Iterator[None]:
    """Inside, acts are kept in this book instead of the database."""
    token = _book.set(book)
    try:
        yield
    finally:
        _book.reset(token)


def _again(first: EntryText, act: str, ask: str) -> Done | Refusal:
    if (first.act, first.ask) != (act, ask):
        return _refuse("key_reused", "This tap was already used for something else. Reload the page and try again.")
    return Done(first.thing, first.key, first.seq, first.flags, repeated=True)


def _refuse(rule: str, sentence: str) -> Refusal:
    return Refusal((Objection(rule, sentence, recordable=False),))


def _seal(store: Store, tap: Tap, subject: Id | None, puts: tuple[Put, ...]) -> Sealed:
    keys: dict[Id, bytes] = {}

    def close(owner: Id, where: str, content: seal.Content) -> str:
        if owner not in keys:
            keys[owner] = store.keyring.make(owner)
        return seal.seal(keys[owner], owner, tap.key, where, content) if content else ""

    def value(put: Put, column: str, given: Value) -> Value:
        if isinstance(given, Secret):
            return close(given.subject, f"{put.table}.{put.id}.{column}", given.content)
        return given

    closed = tuple(replace(put, values={c: value(put, c, v) for c, v in put.values.items()}) for put in puts)
    reason = close(subject, "reason", {"reason": tap.reason}) if subject and tap.reason else tap.reason
    return Sealed(closed, reason)
