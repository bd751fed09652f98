"""The story of one emergency: raised, stepped through, observed, ended, debriefed later. All lengths are shares."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from fristed.ground.act import NURSE, ROOM_WORKER
from fristed.ground.ids import Id, derived_id
from fristed.rehearsal.plan import Alarm
from fristed.rehearsal.stage import Story, Wanted

if TYPE_CHECKING:
    from fristed.rehearsal.life import Life

_UP_TO: dict[str, tuple[tuple[float, str], ...]] = {  # grade → what is done, after which share of its length
    "stimulation": ((0.05, "stimulate"),),
    "oxygen": ((0.05, "stimulate"), (0.1, "airway"), (0.15, "oxygen")),
    "ventilation": ((0.05, "stimulate"), (0.08, "airway"), (0.1, "oxygen"), (0.15, "bag_mask")),
    "naloxone": ((0.05, "stimulate"), (0.08, "airway"), (0.1, "oxygen"), (0.15, "bag_mask"), (0.35, "naloxone")),
    "ambulance": (
        *((0.05, "stimulate"), (0.08, "airway"), (0.1, "oxygen"), (0.15, "bag_mask"), (0.3, "naloxone")),
        *((0.4, "ambulance_called"), (0.8, "ambulance_arrived"), (0.97, "ambulance_left")),
    ),
}
DEBRIEF_AFTER = 45.0  # minutes


def emergency(life: Life, visit: Id, alarm: Alarm, place: int | None) -> Generator[int | Wanted, int | None, bool]:
    """Something goes wrong. Answers whether the person is still in the house afterwards."""
    raised = life.stage.now
    spot = "recovery" if place is None else "place"
    id = life.tap(ROOM_WORKER, "room.raise_emergency", spot=spot, place=place, visit=visit, kind=alarm.kind)
    _observe(life, id, 0)
    for share, kind in _UP_TO[alarm.grade]:
        yield raised + life.minutes(share * alarm.lasts)
        done = life.tap(NURSE, "room.step", emergency=id, kind=kind, **_product(life, kind))
        if kind == "naloxone":
            life.watching(visit, "after naloxone", derived_id(done, "watch"))
    yield raised + life.minutes(alarm.lasts)
    _observe(life, id, 1)
    to_hospital = alarm.grade == "ambulance"
    life.tap(NURSE, "room.end_emergency", emergency=id, person_now="ambulance" if to_hospital else "recovery")
    life.stage.begin(life.after(DEBRIEF_AFTER), _debrief(life, id, "hospital" if to_hospital else "recovered_here"))
    return not to_hospital


def _product(life: Life, kind: str) -> dict[str, Any]:
    if kind != "naloxone" or not life.room.naloxone:
        return {}
    product = life.room.naloxone[0]
    return {"product": product.name, "route": product.route, "micrograms": product.micrograms}


def _observe(life: Life, id: Id, moment: int) -> None:
    """What is measured at the beginning (0) and at the end (1)."""
    bad = life.room.emergencies
    breaths, oxygen = round(bad.breaths.values[moment]), round(bad.oxygen.values[moment])
    life.tap(NURSE, "room.observe", emergency=id, breaths=breaths, oxygen=oxygen, avpu=("pain", "alert")[moment])


def _debrief(life: Life, id: Id, outcome: str) -> Story:
    life.tap(NURSE, "room.debrief", emergency=id, outcome=outcome, attribution=("not_known",))
    yield from ()
