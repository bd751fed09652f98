"""Alerts."""

from __future__ import annotations

from fristed.ground.act import FLOOR, Verdict
from fristed.ground.ids import Id
from fristed.journal.frame import Scene, act
from fristed.people.acts.load import client_of, owned
from fristed.people.rules import alerts
from fristed.people.rules.words import unknown


@act(roles=FLOOR)
def start_alert(scene: Scene, *, client: Id, kind: str, note: str = "") -> Verdict:
    """From now on whoever meets this person is told first."""
    if client_of(scene, client) is None:
        return unknown("client")
    return alerts.start(client, scene.tap.key, kind, note, scene.tap.happened)


@act(roles=FLOOR)
def end_alert(scene: Scene, *, alert: Id) -> Verdict:
    """An alert does not hold any more."""
    row = owned(scene, "people_alert", alert)
    if row is None:
        return unknown("alert")
    return alerts.end(alerts.AlertNow(alert, row["client_id"], row["ended"]), scene.tap.happened)
