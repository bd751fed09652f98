"""Clinical and safety numbers are data: value, unit, source, approver, dates. Unset is never zero and never a guess."""

from __future__ import annotations

from typing import Literal

import msgspec

from fristed.ground.moments import HOUR, MINUTE, SECOND, Moment

MustSet = Literal["MUST SET"]
MUST_SET: MustSet = "MUST SET"

UNITS: dict[str, Moment] = {"s": SECOND, "min": MINUTE, "h": HOUR}


class Limit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One number of a site: what, in which unit, who says so, who approved it here, from when to when (ISO dates)."""

    value: int | MustSet = MUST_SET
    unit: str = ""  # of a length of time: "s", "min" or "h"
    source: str = ""
    approver: str = ""
    since: str = ""
    until: str = ""

    @property
    def is_set(self) -> bool:
        return self.value != MUST_SET

    def span(self) -> Moment | None:
        """A limit of time as microseconds; None while nobody has set it."""
        if isinstance(self.value, str):
            return None
        return self.value * UNITS[self.unit]

    def count(self) -> int | None:
        """A limit that is a plain number; None while nobody has set it."""
        return None if isinstance(self.value, str) else self.value


UNSET = Limit()
