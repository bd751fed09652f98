"""What every armed screen must know: open emergencies, who is there or coming, who is on duty, which screens sound.

The bell asks these queries when something has changed; the floor answers them to a page that cannot hear the bell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from fristed.ground.ids import Id

Rows = Sequence[Sequence[Any]]
Said = dict[str, Any]

QUERIES: dict[str, str] = {
    "emergencies": (
        "SELECT id, spot, place, kind, raised FROM room_emergency "
        "WHERE site_id = %s AND debriefed IS NULL AND ended IS NULL AND false_alarm IS NULL ORDER BY id"
    ),
    "coming": (
        "SELECT s.emergency_id, w.name, s.at, s.kind FROM room_emergency e JOIN room_step s ON s.emergency_id = e.id "
        "LEFT JOIN staff_worker w ON w.id = s.worker "
        "WHERE e.site_id = %s AND e.debriefed IS NULL AND e.ended IS NULL AND e.false_alarm IS NULL "
        "AND (s.kind = 'acknowledged' OR s.worker IS NOT NULL) AND s.undone IS NULL ORDER BY s.id"
    ),
    "on_duty": (
        "SELECT w.id, w.name FROM staff_duty d JOIN staff_worker w ON w.id = d.worker_id "
        "WHERE d.site_id = %s AND d.until IS NULL ORDER BY w.name"
    ),
    "screens": (
        "SELECT id, name, armed FROM staff_device "
        "WHERE site_id = %s AND retired IS NULL AND kind <> 'call_screen' ORDER BY name"
    ),
}
_MILLISECOND = 1000


def said(rows: Mapping[str, Rows], sounding: frozenset[Id] | None) -> Said:
    """What a page is told, times in ms. `sounding`: the devices that listen now with their sound on; None: unknown."""
    coming: dict[Id, list[Said]] = defaultdict(list)
    there: dict[Id, dict[str, None]] = defaultdict(dict)
    for emergency, name, at, kind in rows["coming"]:
        there[emergency] |= {name: None} if name else {}
        if kind == "acknowledged":
            coming[emergency].append({"name": name or "", "at": at // _MILLISECOND})
    return {
        "emergencies": [
            {
                "id": id,
                "spot": spot,
                "place": place,
                "kind": kind,
                "raised": raised // _MILLISECOND,
                "coming": coming[id],
                "there": list(there[id]),
            }
            for id, spot, place, kind, raised in rows["emergencies"]
        ],
        "on_duty": [{"id": id, "name": name} for id, name in rows["on_duty"]],
        "screens": [
            {"id": id, "name": name, "armed": armed is not None, "sounding": sounding is None or id in sounding}
            for id, name, armed in rows["screens"]
        ],
    }
