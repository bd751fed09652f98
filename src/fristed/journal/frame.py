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
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, ParamSpec

from fristed.ground.act import Done, Objection, Refusal, Role, Tap, Verdict, settle
from fristed.ground.ids import Id
from fristed.ground.site import Site, decode_site
from fristed.ground.store import Store
from fristed.journal.book import Book, DatabaseBook
from fristed.journal.entry import EntryText, entry_of
from fristed.journal.sealing import same_ask, sealed_change

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

    `alarm`: other screens are told at once. `founding`: the act that opens a site, before which there is none.
    `own_page`: done by its own page or command only (a sign-in, a credential), never asked for by name.
    `signed_in`: gives or takes power, or cannot be undone: a full sign-in is needed, and a PIN is not enough.
    `late`: its record may come after it, as with what happens on the floor; never what gives power.
    """

    name: str
    roles: frozenset[Role]
    body: Callable[Concatenate[Scene, P], Verdict]
    alarm: bool = False
    founding: bool = False
    own_page: bool = False
    signed_in: bool = False
    late: bool = True

    @property
    def may_be_late(self) -> bool:
        """Whether it may be recorded after it happened, out of a tablet's pocket too."""
        return self.late and not (self.signed_in or self.own_page or self.founding)

    @property
    def doc(self) -> str:
        """What it does, in a sentence."""
        return inspect.getdoc(self.body) or ""

    def __call__(self, tap: Tap, *args: P.args, **asked: P.kwargs) -> Done | Refusal:
        if tap.role not in self.roles:
            return _refuse("permission", "Your role may not do this. Ask someone whose role may.")
        if self.signed_in and not tap.signed_in:
            return _refuse("full_sign_in", "A PIN is not enough for this. Sign in with password or passkey first.")
        book = _book.get() or _database
        with book.turn(tap.site) as store:
            first = book.known(tap.key)
            if first is not None:
                return self._again(first, store, tap, asked)
            site = self._site(store, tap.site, asked)
            if isinstance(site, Refusal):
                return site
            verdict = self.body(Scene(tap, site, store), *args, **asked)
            flags = settle(verdict, tap)
            if isinstance(flags, Refusal):
                return flags
            sealed = sealed_change(store.keyring, tap, self.name, asked, verdict, flags)
            head = book.head(tap.site)
            entry = entry_of(head.seq + 1, self.name, tap, verdict.thing, sealed)
            book.write(entry, head.hash, sealed.puts, alarm=self.alarm)
            return Done(entry.thing, entry.key, entry.seq, entry.flags)

    def _site(self, store: Store, id: Id, asked: dict[str, Any]) -> Site | Refusal:
        row = store.get("ground_site", id)
        if self.founding:
            return _refuse("site_exists", "This site is already open.") if row else Site(id, asked["file"])
        return Site(id, decode_site(row["file"])) if row else _refuse("unknown_site", "There is no such site here.")

    def _again(self, first: EntryText, store: Store, tap: Tap, asked: dict[str, Any]) -> Done | Refusal:
        if first.site != tap.site or not same_ask(store.keyring, first, self.name, asked):
            return _refuse("key_reused", "This tap was already used for something else. Reload the page and try again.")
        return Done(first.thing, first.key, first.seq, first.flags, repeated=True)


def act(
    *,
    roles: frozenset[Role],
    alarm: bool = False,
    founding: bool = False,
    own_page: bool = False,
    signed_in: bool = False,
    late: bool = True,
) -> Callable[[Callable[Concatenate[Scene, P], Verdict]], Act[P]]:
    """Makes an act of a body and enters it in the list of acts by its room and name."""

    def make(body: Callable[Concatenate[Scene, P], Verdict]) -> Act[P]:
        name = f"{body.__module__.split('.')[1]}.{body.__name__}"
        made = Act(name, roles, body, alarm, founding, own_page, signed_in, late)
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


def _refuse(rule: str, sentence: str) -> Refusal:
    return Refusal((Objection(rule, sentence, recordable=False),))
