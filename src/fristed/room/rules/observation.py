"""What was measured or seen at one moment. Only what cannot be is objected to; what was measured is never judged."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from fristed.ground.act import Objection, Phrase, Put, Verdict, add, amend
from fristed.ground.ids import Id
from fristed.ground.moments import Moment
from fristed.room.rules.door import Visit
from fristed.room.rules.emergency import EmergencyNow, Hand, already_undone, too_late_to_undo
from fristed.room.rules.severity import AVPU

RANGES = {"oxygen": (0, 100), "gcs": (3, 15)}  # by definition: a percentage; the ends of the scale
MOST = 999  # of anything counted
CALLED = {
    "breaths": "RR",
    "oxygen": "SpO₂",
    "gcs": "GCS",
    "pulse": "Pulse",
    "systolic": "Systolic",
    "diastolic": "Diastolic",
}


@dataclass(frozen=True, slots=True)
class Measures:
    """What was measured; None or empty is not measured. Per minute: breaths, pulse. Percent: oxygen. mmHg: pressure."""

    breaths: int | None = None
    oxygen: int | None = None
    avpu: str = ""
    gcs: int | None = None
    pulse: int | None = None
    systolic: int | None = None
    diastolic: int | None = None


def observe(hand: Hand, visit: Visit | None, emergency: EmergencyNow | None, measured: Measures) -> Verdict:
    """An observation in an emergency or on a watch. Whoever was measured was looked at."""
    row = add(
        "room_observation",
        hand.key,
        site_id=hand.site,
        visit_id=visit.id if visit else None,
        emergency_id=emergency.id if emergency else None,
        at=hand.at,
        recorded=hand.recorded,
        worker=hand.worker,
        device=hand.device,
        signed_by=hand.worker,
        **asdict(measured),
    )
    puts: tuple[Put, ...] = (row,)
    if visit is not None and visit.left is None:
        puts += (amend("room_visit", visit.id, seen=hand.at),)
    subject = visit.subject if visit else emergency.subject if emergency else None
    return Verdict(hand.key, puts, subject=subject).but(_nothing(measured), _impossible(measured))


def undo(hand: Hand, observation: Id, recorded: Moment, undone: Moment | None, subject: Id) -> Verdict:
    """A wrong measurement is taken back, as a new fact."""
    row = amend("room_observation", observation, undone=hand.at)
    verdict = Verdict(observation, (row,), subject=subject)
    return verdict.but(too_late_to_undo(hand, recorded), already_undone(undone))


def _nothing(measured: Measures) -> Objection | None:
    if measured != Measures():
        return None
    return Objection("nothing_measured", "Set at least one measurement before keeping it.")


def _impossible(measured: Measures) -> Objection | None:
    if measured.avpu not in ("", *AVPU):
        return Objection("unknown_avpu", "Consciousness is one of alert, voice, pain, unresponsive.", recordable=False)
    for name, value in asdict(measured).items():
        low, high = RANGES.get(name, (0, MOST))
        if isinstance(value, int) and not low <= value <= high:
            values: dict[str, str | int] = {"measure": Phrase(CALLED[name]), "value": value, "low": low, "high": high}
            sentence = "{measure} cannot be {value}: it lies between {low} and {high}."
            return Objection("impossible_value", sentence, recordable=False, values=values)
    return None
