"""What whoever meets a person must know first."""

from __future__ import annotations

from dataclasses import dataclass

from fristed.ground.act import Objection, Secret, Verdict, add, amend
from fristed.ground.ids import Id
from fristed.ground.moments import Moment
from fristed.ground.notes import TEXT, fits
from fristed.people.rules.words import not_on_list

KINDS = ("allergy", "seizure", "overdose_here", "helper", "other")


@dataclass(frozen=True, slots=True)
class AlertNow:
    """An alert at this moment."""

    id: Id
    client: Id
    ended: Moment | None


def start(client: Id, id: Id, kind: str, note: str, at: Moment) -> Verdict:
    """From now on whoever meets this person is told first."""
    row = add("people_alert", id, client_id=client, kind=kind, since=at, sealed=Secret(client, {"note": note.strip()}))
    return Verdict(client, (row,), subject=client).but(
        not_on_list("kind", kind, KINDS), fits(note, TEXT), _what(kind, note)
    )


def end(alert: AlertNow, at: Moment) -> Verdict:
    """An alert does not hold any more."""
    verdict = Verdict(alert.client, (amend("people_alert", alert.id, ended=at),), subject=alert.client)
    if alert.ended is None:
        return verdict
    return verdict.but(Objection("alert_ended", "This alert has already ended."))


def _what(kind: str, note: str) -> Objection | None:
    if kind not in ("allergy", "other") or note.strip():
        return None
    return Objection("alert_what", "Write what it is, in a few words.")
