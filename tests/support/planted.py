"""One of everything at a site, each with a word that no outsider may ever see.

A new kind of thing: plant it by its act in `plant`, and name its table in TABLES under the name that addresses and
acts give it (`visit`, `emergency`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import connection

from fristed.ground.act import DEVICE, MANAGER, NURSE, Role
from fristed.ground.ids import Id
from fristed.journal.frame import ACTS
from fristed.room.rules.protocol import Protocol
from tests.support.cast import done
from tests.support.service import Cast

MARK = "Quillwort"

TABLES = {
    "alert": "people_alert",
    "client": "people_client",
    "code": "people_code",
    "consent_id": "people_consent",
    "consumption": "room_consumption",
    "device": "staff_device",
    "emergency": "room_emergency",
    "exclusion": "people_exclusion",
    "found": "room_found",
    "hold": "ground_hold",
    "merge_id": "people_merge",
    "note": "room_incident",
    "observation": "room_observation",
    "protocol": "room_protocol",
    "referral": "room_referral",
    "sample": "room_sample",
    "stay": "room_stay",
    "step": "room_step",
    "thing": "room_visit",
    "unplaced": "room_unplaced",
    "visit": "room_visit",
    "watch_id": "room_watch",
    "worker": "staff_worker",
}
ELSEWHERE = {"pk": "1", "kind": "visit", "account": "1", "token": "not-a-token"}  # in addresses that are about no site


def plant(cast: Cast) -> dict[str, Id]:
    """Makes one of everything; answers each thing's id by the name that addresses and acts give it.

    Done before there is another site, so that the newest of each is this one's.
    """

    def by(name: str, role: Role = NURSE, /, **asked: Any) -> Id:
        late = replace(cast.tap(role), late=True, reason=MARK)  # kept whatever the hour
        return done(ACTS[name](late, **asked)).thing

    by("room.lay_out", MANAGER)
    other = by("people.register", code=f"Other {MARK}")
    client = by("people.register", code=f"Robin {MARK}", call_word=MARK)
    by("people.add_code", client=client, code=f"Second {MARK}")
    by("people.start_alert", client=client, kind="allergy", note=MARK)
    by("people.answer_consent", client=client, purpose="service", answer="given", version="1")
    by("people.exclude", client=other, reason="violence", number=1, note=MARK)
    visit = by("room.check_in", client=client, call_word=MARK, note=MARK)
    by("room.declare", visit=visit, substances=("heroin",), route="inject")
    by("room.seat", visit=visit, place=1)
    by("room.keep_watch", visit=visit)
    by("people.hold", MANAGER, client=client)
    by("people.merge", client=client, other=other)
    emergency = by("room.raise_emergency", DEVICE, spot="place", place=1, visit=visit)
    by("room.step", DEVICE, emergency=emergency, kind="stimulate")
    by("room.observe", DEVICE, emergency=emergency, breaths=6)
    by("room.offer_referral", to="housing", visit=visit)
    by("room.register_sample", label=MARK, declared="heroin")
    by("room.log_found", spot="toilet", bag=MARK)
    by("room.report_incident", kind="other", text=MARK)
    by("room.keep_unplaced", act="room.seat", args="{}", why="unknown")
    by("room.sign_protocol", protocol=Protocol("other", MARK, "invented for tests", ()))
    by("staff.write_handover", text=MARK)
    apart = {"client": client, "other": client, "helper": client, "entry": visit}
    return {name: _newest(table) for name, table in TABLES.items()} | apart


def example(name: str, planted: dict[str, Id]) -> str:
    """What stands for a name in an address."""
    found = planted.get(name) or ELSEWHERE.get(name)
    assert found, f"tests/support/planted.py does not know what a {name!r} is: plant one and name its table"
    return found


def _newest(table: str) -> Id:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" ORDER BY id DESC LIMIT 1')  # noqa: S608  # names from this file
        row = cursor.fetchone()
        assert row is not None, f"nothing is planted in {table}"
        return str(dict(zip([column[0] for column in cursor.description], row, strict=True))["id"])
