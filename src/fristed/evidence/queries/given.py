"""What was given, offered, found and counted around the room, by month. A note set aside counts no more."""

from __future__ import annotations

from collections import Counter, defaultdict

from fristed.evidence.queries.period import Period, rows

CODES = {  # in the order of a report: code → what is summed, in which table, of which rows
    "equipment_out": ("SUM(count)", "room_supply", "direction = 'out' AND item <> 'naloxone_kit'"),
    "equipment_back": ("SUM(count)", "room_supply", "direction = 'back'"),
    "naloxone_kits": ("SUM(count)", "room_supply", "direction = 'out' AND item = 'naloxone_kit'"),
    "services": ("COUNT(*)", "room_servicegiven", "kind <> 'brief_intervention'"),
    "interventions": ("COUNT(*)", "room_servicegiven", "kind = 'brief_intervention'"),
    "referrals": ("COUNT(*)", "room_referral", ""),
    "referrals_accepted": ("COUNT(accepted)", "room_referral", ""),
    "referrals_attended": ("COUNT(attended)", "room_referral", ""),
    "samples": ("COUNT(*)", "room_sample", ""),
    "found": ("COUNT(*)", "room_found", ""),
    "incidents": ("COUNT(*)", "room_incident", ""),
    "needles_found": ("SUM(count)", "neighbourhood_needlefind", ""),
    "complaints": ("COUNT(*)", "neighbourhood_complaint", ""),
    "public_use": ("SUM(count)", "neighbourhood_publicuse", ""),
    "patrols": ("SUM(minutes)", "neighbourhood_patrol", ""),
}  # fmt: skip


def given(period: Period) -> dict[str, Counter[str]]:
    """Each code by month."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for code, (what, table, only) in CODES.items():
        also = f" AND {only}" if only else ""
        sql = f"SELECT substr(day, 1, 7), {what} FROM {table} WHERE {{days}} AND undone IS NULL{also} GROUP BY 1"  # noqa: S608  # words of this file
        for month, count in rows(sql, period):
            found[month][code] = int(count)
    return found
