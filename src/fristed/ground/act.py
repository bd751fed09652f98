"""The words of an act: who tapped, what the rule answered, what is kept.

    tap → act: load → decide → Verdict → settle → Done (rows and a journal entry, one transaction) | Refusal

A rule never refuses by itself. It answers with the change that the tap means and with its *objections*.
Whether these refuse is settled here, in one place: a live tap is about to happen and is refused; a late tap
(offline, on paper) has happened, is kept, and carries the objections as flags.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from fristed.ground.ids import Id
from fristed.ground.moments import Moment

Role = Literal[
    "reception", "room_worker", "nurse", "manager", "analyst", "auditor", "administrator", "device", "call_screen"
]

RECEPTION: Role = "reception"
ROOM_WORKER: Role = "room_worker"
NURSE: Role = "nurse"
MANAGER: Role = "manager"
ANALYST: Role = "analyst"
AUDITOR: Role = "auditor"
ADMINISTRATOR: Role = "administrator"
DEVICE: Role = "device"  # an enrolled tablet with nobody signed in: emergencies only
CALL_SCREEN: Role = "call_screen"  # hangs in the waiting room: shows call words, and may do nothing

FLOOR: frozenset[Role] = frozenset({RECEPTION, ROOM_WORKER, NURSE, MANAGER})
CARE: frozenset[Role] = frozenset({ROOM_WORKER, NURSE, MANAGER})
LEAD: frozenset[Role] = frozenset({NURSE, MANAGER})
ANYONE_ON_THE_FLOOR: frozenset[Role] = FLOOR | {DEVICE}


@dataclass(frozen=True, slots=True)
class Tap:
    """One press of a button: who, where, when. `key` is made at pointer-down and makes the tap count once.

    `doubts` are kept as flags whatever the rule says: a clock that was ahead, or was set. `signed_in`: whoever tapped
    had signed in fully, with a second factor; a PIN on a shared tablet, and a tap that comes later, are less.
    """

    key: Id
    site: Id
    happened: Moment
    recorded: Moment
    role: Role
    worker: Id | None = None
    device: Id | None = None
    late: bool = False
    override: bool = False
    reason: str = ""
    doubts: tuple[str, ...] = ()
    signed_in: bool = False


@dataclass(frozen=True, slots=True)
class Secret:
    """Personal content, readable only while its subject's key exists. Sealed when the change is persisted."""

    subject: Id
    content: Mapping[str, str | int | None | list[str]]


Value = str | int | None | Secret


@dataclass(frozen=True, slots=True)
class Put:
    """A fact about one row. `new` makes the row; otherwise the named columns take new values."""

    table: str
    id: Id
    values: Mapping[str, Value]
    new: bool = False


def add(table: str, id: Id, **values: Value) -> Put:
    """A new row."""
    return Put(table, id, values, new=True)


def amend(table: str, id: Id, **values: Value) -> Put:
    """New values for columns of a row; the old ones stay in the journal."""
    return Put(table, id, values)


class Phrase(str):
    """Words in the gap of a sentence: screens translate them as a whole."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a rule would refuse: its name, a sentence for the worker, until when, who may override.

    The sentence is English with {gaps}; screens translate it and then fill in `values`.
    """

    rule: str
    sentence: str
    until: Moment | None = None
    source: str = ""
    override_by: frozenset[Role] = frozenset()
    recordable: bool = True  # False: makes no sense even as a record (an unknown place)
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule answers. `thing` is what the tap was about; `subject` whose key seals free text."""

    thing: Id
    puts: tuple[Put, ...] = ()
    objections: tuple[Objection, ...] = ()
    subject: Id | None = None

    def after(self, *first: Put) -> Verdict:
        """The same verdict, with rows that come before its own."""
        return replace(self, puts=first + self.puts)

    def but(self, *objections: Objection | None) -> Verdict:
        """The same verdict with further objections; None is no objection."""
        return replace(self, objections=self.objections + tuple(o for o in objections if o is not None))


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer, not a crash. The first objection is the one shown; `may_override` says what is possible."""

    objections: tuple[Objection, ...]
    may_override: bool = False

    @property
    def sentence(self) -> str:
        """The first objection in English."""
        first = self.objections[0]
        return first.sentence.format(**first.values)

    @property
    def rule(self) -> str:
        return self.objections[0].rule


@dataclass(frozen=True, slots=True)
class Done:
    """The act is kept. `flags` are the rules it was kept against; `repeated` when the tap came a second time."""

    thing: Id
    key: Id
    seq: int
    flags: tuple[str, ...] = field(default=())
    repeated: bool = False


def settle(verdict: Verdict, tap: Tap) -> Refusal | tuple[str, ...]:
    """Refuse what is about to happen, never the record of what has happened.

    Answers the refusal, or the flags to keep with the record.
    """
    if not verdict.objections:
        return tap.doubts
    impossible = tuple(o for o in verdict.objections if not o.recordable)
    if impossible:
        return Refusal(impossible)
    overridable = all(tap.role in o.override_by for o in verdict.objections)
    if tap.late or (tap.override and tap.reason and overridable):
        return tap.doubts + tuple(o.rule for o in verdict.objections)
    return Refusal(verdict.objections, may_override=overridable)
