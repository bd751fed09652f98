"""What was given, offered, found and counted around the room, by month. A note set aside counts no more."""

from __future__ import annotations

from collections import Counter, defaultdict

from fristed.evidence.queries.period import Period, rows

_TABLES = {  # one query for each table: code → what is summed
    "room_supply": {
        "equipment_out": "CASE WHEN direction = 'out' AND item <> 'naloxone_kit' THEN count ELSE 0 END",
        "equipment_back": "CASE WHEN direction = 'back' THEN count ELSE 0 END",
        "naloxone_kits": "CASE WHEN direction = 'out' AND item = 'naloxone_kit' THEN count ELSE 0 END",
    },
    "room_servicegiven": {
        "services": "CASE WHEN kind <> 'brief_intervention' THEN 1 ELSE 0 END",
        "interventions": "CASE WHEN kind = 'brief_intervention' THEN 1 ELSE 0 END",
    },
    "room_referral": {
        "referrals": "1",
        "referrals_accepted": "CASE WHEN accepted IS NULL THEN 0 ELSE 1 END",
        "referrals_attended": "CASE WHEN attended IS NULL THEN 0 ELSE 1 END",
    },
    "room_sample": {"samples": "1"},
    "room_found": {"found": "1"},
    "room_incident": {"incidents": "1"},
    "neighbourhood_needlefind": {"needles_found": "count"},
    "neighbourhood_complaint": {"complaints": "1"},
    "neighbourhood_publicuse": {"public_use": "count"},
    "neighbourhood_patrol": {"patrols": "minutes"},
}
CODES = tuple(code for sums in _TABLES.values() for code in sums)  # in the order of a report


def given(period: Period) -> dict[str, Counter[str]]:
    """Each code by month."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for table, sums in _TABLES.items():
        asked = ", ".join(f"SUM({what})" for what in sums.values())
        sql = f"SELECT substr(day, 1, 7), {asked} FROM {table} WHERE {{days}} AND undone IS NULL GROUP BY 1"  # noqa: S608  # words of this file
        for month, *counts in rows(sql, period):
            found[month].update(dict(zip(sums, map(int, counts), strict=True)))
    return found
