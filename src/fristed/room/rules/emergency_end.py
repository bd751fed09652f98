"""How an emergency ends: false, or over; later the record closes with one signature.

The one thing refused here can wait: closing the record while a dose is still unknown.
"""

from __future__ import annotations

from dataclasses import dataclass

from fristed.ground.act import Objection, Put, Secret, Verdict, amend
from fristed.ground.ids import Id
from fristed.room.rules.emergency import NALOXONE, EmergencyNow, Hand, StepNow
from fristed.room.rules.severity import TREATMENT

EXITS = {  # where the person is when an emergency ends → how the visit ended, empty: still here
    "place": "",
    "recovery": "",
    "ambulance": "ambulance",
    "left_well": "well",
    "left_against_advice": "against_advice",
    "left_unseen": "unseen",
    "died": "died",
}
ATTRIBUTIONS = ("reduced_tolerance", "depressants", "higher_quality", "higher_quantity", "other", "not_known")
OUTCOMES = (
    "recovered_here",
    "left_against_advice",
    "ambulance_not_taken",
    "hospital",
    "died",
    "false_alarm",
    "not_known",
)


def false_alarm(hand: Hand, now: EmergencyNow, steps: tuple[StepNow, ...]) -> Verdict:
    """Nothing was wrong. Kept as a fact; needs no debrief unless something was done."""
    done = any(s.kind in TREATMENT and s.undone is None for s in steps)
    row = amend("room_emergency", now.id, false_alarm=hand.at, ended=hand.at)
    if not done:
        row = amend("room_emergency", now.id, false_alarm=hand.at, ended=hand.at, debriefed=hand.at)
    return Verdict(now.id, (row,), subject=now.subject)


def end(hand: Hand, now: EmergencyNow, person_now: str, follows: tuple[Put, ...]) -> Verdict:
    """It is over. Asks only where the person is now; `follows`: the place is free or the visit ends accordingly."""
    row = amend("room_emergency", now.id, ended=hand.at, person_now=person_now)
    return Verdict(now.id, (row, *follows), subject=now.subject)


def overdose(now: EmergencyNow, steps: tuple[StepNow, ...]) -> bool:
    """Whether someone who meets this person again must know of an overdose here."""
    naloxone = any(s.kind == NALOXONE and s.undone is None for s in steps)
    return naloxone or now.kind in ("opioid", "mixed")


def reopen(now: EmergencyNow) -> Verdict:
    """It was not over, or not a false alarm."""
    row = amend("room_emergency", now.id, ended=None, person_now="", false_alarm=None, debriefed=None)
    return Verdict(now.id, (row,), subject=now.subject)


@dataclass(frozen=True, slots=True)
class Debrief:
    """What is said afterwards. `attribution`: codes of what may have led to it."""

    attribution: tuple[str, ...]
    outcome: str
    text: str = ""


def debrief(
    hand: Hand, now: EmergencyNow, said: Debrief, steps: tuple[StepNow, ...], unsigned: tuple[Id, ...]
) -> Verdict:
    """The record closes: one signature under every tap that nobody had signed. `unsigned`: observations among them."""
    row = amend(
        "room_emergency",
        now.id,
        debriefed=hand.at,
        debriefed_by=hand.worker,
        attribution=" ".join(sorted(set(said.attribution))),
        outcome=said.outcome,
        sealed=Secret(now.subject, {"debrief": said.text} if said.text else {}),
    )
    puts = (row, *(amend("room_step", s.id, signed_by=hand.worker) for s in steps if s.signed_by is None))
    puts += tuple(amend("room_observation", id, signed_by=hand.worker) for id in unsigned)
    return Verdict(now.id, puts, subject=now.subject).but(_running(now), _dose_missing(steps))


def _running(now: EmergencyNow) -> Objection | None:
    if now.ended is not None:
        return None
    return Objection("still_running", "This emergency is still running. Say first where the person is now.")


def _dose_missing(steps: tuple[StepNow, ...]) -> Objection | None:
    if not any(s.dose_missing for s in steps):
        return None
    sentence = "The dose of a naloxone is still missing. Fill it in on the timeline, then sign."
    return Objection("dose_missing", sentence)
