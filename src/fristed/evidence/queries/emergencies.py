"""Emergencies and what was done in them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from fristed.evidence.queries.period import Period, rows
from fristed.room.rules.severity import intervention_grade

_RAISED = """SELECT id, substr(day, 1, 7), person_now, outcome FROM room_emergency
WHERE {days} AND false_alarm IS NULL AND kind <> 'staff_safety'"""

_DONE = """SELECT emergency_id, kind FROM room_step WHERE undone IS NULL AND emergency_id IN
(SELECT id FROM room_emergency WHERE {days})"""

_TO_HOSPITAL = {"ambulance", "hospital"}


@dataclass(frozen=True, slots=True)
class Emergencies:
    """Emergencies by month and by grade; with naloxone, with an ambulance called, to hospital."""

    by_month: Counter[str]
    by_grade: Counter[int]
    naloxone: int
    ambulances: int
    hospital: int


def emergencies(period: Period) -> Emergencies:
    """What was raised and not a false alarm."""
    done: dict[str, set[str]] = {}
    for emergency, kind in rows(_DONE, period):
        done.setdefault(emergency, set()).add(kind)
    raised = rows(_RAISED, period)
    steps = [done.get(id, set()) for id, *_ in raised]
    return Emergencies(
        by_month=Counter(month for _, month, *_ in raised),
        by_grade=Counter(intervention_grade(s, now, out) for s, (_, _, now, out) in zip(steps, raised, strict=True)),
        naloxone=sum("naloxone" in s for s in steps),
        ambulances=sum("ambulance_called" in s for s in steps),
        hospital=sum(bool({now, out} & _TO_HOSPITAL) for _, _, now, out in raised),
    )
