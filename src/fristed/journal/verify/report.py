"""What `verify` answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from fristed.ground.ids import Id
from fristed.journal.entry import Head

Check = Literal["pages", "guards", "chain", "rows", "keys", "heads"]
Tick = Callable[[int], None]  # told how many entries were read since the last time

ENOUGH = 20  # findings of one check on one table or site; more would hide the first


class Finding(Struct, frozen=True):
    """One thing that is wrong: which check found it, where, and a sentence."""

    check: Check
    where: str
    sentence: str


class Report(Struct):
    """What was read, how fast, what is wrong, and what could not be looked at here."""

    heads: dict[Id, Head]
    entries: int
    rows: int
    findings: list[Finding]
    notes: list[str]
    seconds: dict[str, float]  # by check

    @property
    def sound(self) -> bool:
        """Nothing is wrong."""
        return not self.findings

    @property
    def entries_per_second(self) -> int:
        """How fast the chain was hashed and compared."""
        return round(self.entries / self.seconds["chain"]) if self.seconds.get("chain") else 0
