"""The service day."""

from __future__ import annotations

from typing import Literal

from fristed.ground.act import FLOOR, Verdict
from fristed.ground.ids import Id
from fristed.ground.site import service_day
from fristed.ground.store import Row
from fristed.journal.frame import Scene, act
from fristed.room.acts.load import day_of
from fristed.room.rules import day as rules


@act(roles=FLOOR)
def check_item(scene: Scene, *, item: str, found: Literal["present", "missing"], expires: str = "") -> Verdict:
    """Someone looked at one item of the opening check. Medicines carry the date on the box."""
    looked = rules.Checked(item, found, expires.strip(), scene.tap.happened)
    return rules.check(day_now(scene, day_of(scene)), scene.tap.key, looked)


@act(roles=FLOOR)
def open_day(scene: Scene) -> Verdict:
    """Admissions open for the service day."""
    return rules.open_day(day_now(scene, day_of(scene)), scene.tap.happened)


@act(roles=FLOOR)
def close_day(scene: Scene, *, day: str = "") -> Verdict:
    """A service day is closed; what is still open is listed and stays open. After midnight name the day."""
    return rules.close_day(day_now(scene, day or day_of(scene)), scene.tap.happened, _still_open(scene))


def day_now(scene: Scene, day: str) -> rules.DayNow:
    """A service day as the rules see it."""
    row = scene.store.get("room_dayrecord", rules.DayNow(scene.site.id, day).id)
    return rules.DayNow(
        scene.site.id,
        day,
        row is not None,
        row["opened"] if row else None,
        row["closed"] if row else None,
        _checks(scene, day),
        sum(service_day(scene.site.file, duty["since"]).isoformat() == day for duty in _on_duty(scene)),
        scene.site.file.limit("minimum_staff").count(),
    )


def _checks(scene: Scene, day: str) -> dict[str, rules.Checked]:
    """The newest look at each item."""
    rows = scene.store.find("room_openingcheck", site_id=scene.site.id, day=day)
    rows.sort(key=lambda row: (row["at"], row["id"]))
    return {row["item"]: rules.Checked(row["item"], row["found"], row["expires"], row["at"]) for row in rows}


def _on_duty(scene: Scene) -> list[Row]:
    return scene.store.find("staff_duty", site_id=scene.site.id, until=None)


def _still_open(scene: Scene) -> dict[str, int]:
    """Counts of what has not ended, by the words of the closing page."""
    here = {"site_id": scene.site.id}
    waiting = scene.store.find("room_emergency", **here, debriefed=None, false_alarm=None)
    stays = scene.store.find("room_stay", **here, freed=None)
    return {
        "visits": len(scene.store.find("room_visit", **here, left=None)),
        "watches": len(scene.store.find("room_watch", **here, ended=None)),
        "emergencies": sum(row["ended"] is None for row in waiting),
        "debriefs": sum(row["ended"] is not None for row in waiting),
        "contested": sum(stay["contested"] is not None for stay in stays),
        "doses": sum(_unknown_doses(scene, row["id"]) for row in waiting),
    }


def _unknown_doses(scene: Scene, emergency: Id) -> int:
    given = scene.store.find("room_step", emergency_id=emergency, kind="naloxone", micrograms=None, undone=None)
    return len(given)
