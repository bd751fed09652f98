"""The monthly table that Glasgow City HSCP publishes for The Thistle, and what stands under it."""

from __future__ import annotations

from collections import Counter
from datetime import date

import msgspec

from fristed.evidence.definitions import Definition, chosen
from fristed.evidence.queries.emergencies import Emergencies, emergencies
from fristed.evidence.queries.episodes import episodes
from fristed.evidence.queries.gender import genders
from fristed.evidence.queries.given import CODES, given
from fristed.evidence.queries.period import Period
from fristed.evidence.queries.visits import Accesses, accesses
from fristed.evidence.unique import DifferentPeople
from fristed.room.words import GRADES

COLUMNS = ("cocaine", "heroin", "snowball")
_DEFINED = (
    "accesses",
    "episodes",
    "emergencies",
    "substances",
    "persons",
    "gender",
    "grade",
    "naloxone",
    "ambulance",
    "given",
)


class Month(msgspec.Struct, frozen=True):
    """One line. Substances are episodes, not shares; `people` and `people_so_far` are different people."""

    month: str
    accesses: int
    episodes: int
    emergencies: int
    substances: dict[str, int]
    people: DifferentPeople
    people_so_far: DifferentPeople
    given: dict[str, int]  # by the codes of queries/given.py

    def percent(self, substance: str) -> float | None:
        """Share of this month's episodes; None where there were none."""
        return round(100 * self.substances.get(substance, 0) / self.episodes, 1) if self.episodes else None


class Thistle(msgspec.Struct, frozen=True):
    """The table of a period."""

    first: date
    last: date
    months: tuple[Month, ...]
    accesses: int
    episodes: int
    emergencies: int
    people: DifferentPeople
    genders: dict[str, int]
    grades: dict[str, int]  # by the number of the grade
    naloxone: int
    ambulances: int
    hospital: int
    given: dict[str, int]
    definitions: tuple[Definition, ...]

    def plain(self) -> dict[str, object]:
        """As JSON sees it."""
        return dict(msgspec.to_builtins(self, enc_hook=int))


def thistle(period: Period) -> Thistle:
    """Counts a period as Glasgow City HSCP does."""
    came, used, bad = accesses(period), episodes(period), emergencies(period)
    notes = given(period)
    months = tuple(
        _month(month, period, came, used.get(month, Counter()), bad, notes.get(month, Counter()))
        for month in period.months()
    )
    return Thistle(
        first=period.first,
        last=period.last,
        months=months,
        accesses=sum(m.accesses for m in months),
        episodes=sum(m.episodes for m in months),
        emergencies=sum(m.emergencies for m in months),
        people=came.all(),
        genders=dict(sorted(genders(came.people).items())),
        grades={str(grade): bad.by_grade[grade] for grade in GRADES},
        naloxone=bad.naloxone,
        ambulances=bad.ambulances,
        hospital=bad.hospital,
        given={code: sum(m.given[code] for m in months) for code in CODES},
        definitions=chosen(*_DEFINED),
    )


def _month(
    month: str, period: Period, came: Accesses, used: Counter[str], bad: Emergencies, notes: Counter[str]
) -> Month:
    return Month(
        month=month,
        accesses=came.by_month[month],
        episodes=used.total(),
        emergencies=bad.by_month[month],
        substances=dict(sorted(used.items())),
        people=came.in_month(month),
        people_so_far=came.until(min(f"{month}-31", period.last.isoformat())),
        given={code: notes[code] for code in CODES},
    )
