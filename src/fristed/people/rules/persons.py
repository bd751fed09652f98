"""One person with two records, two people with one code; who looked at what; the sealed identity."""

from __future__ import annotations

from dataclasses import dataclass

from fristed.ground.act import Objection, Secret, Verdict, add, amend
from fristed.ground.ids import Id
from fristed.ground.moments import MINUTE, Moment
from fristed.ground.notes import TEXT, fits
from fristed.people.rules.words import empty

EMERGENCY = "emergency"
LOOKS = ("page", "record", EMERGENCY)  # an opened identity is a look too, by its own act alone
IDENTITY_OPEN: Moment = 10 * MINUTE  # how long an opened identity stays readable to whoever opened it


@dataclass(frozen=True, slots=True)
class MergeNow:
    """A merge at this moment."""

    id: Id
    client: Id
    undone: Moment | None


def merge(kept: Id, other: Id, *, same: bool, id: Id, at: Moment) -> Verdict:
    """Two records are one person: `other` is put under `kept`. Nothing of either is lost; it can be undone."""
    puts = (
        add("people_merge", id, client_id=other, into_id=kept, since=at),
        amend("people_client", other, merged_into_id=kept),
    )
    verdict = Verdict(kept, puts, subject=kept)
    return (
        verdict.but(Objection("already_one", "These are already one person here.", recordable=False))
        if same
        else verdict
    )


def unmerge(merge: MergeNow, at: Moment) -> Verdict:
    """They were two people after all."""
    puts = (amend("people_merge", merge.id, undone=at), amend("people_client", merge.client, merged_into_id=None))
    verdict = Verdict(merge.client, puts, subject=merge.client)
    if merge.undone is None:
        return verdict
    return verdict.but(Objection("merge_undone", "These were already told apart.", recordable=False))


def look(client: Id, id: Id, what: str, worker: Id | None, at: Moment, why: str = "") -> Verdict:
    """A worker looked at what is kept of a person."""
    sealed = Secret(client, {"why": why.strip()}) if why else ""
    return Verdict(client, (add("people_look", id, client_id=client, what=what, worker=worker, at=at, sealed=sealed),))


def open_identity(client: Id, id: Id, worker: Id | None, reason: str, at: Moment) -> Verdict:
    """A sealed name or number is opened, for a reason that stays in the journal; late neither without one."""
    needed = Objection("text_empty", "Write why the identity is opened.", recordable=False)
    return look(client, id, "identity", worker, at, reason).but(empty(reason, needed), fits(reason, TEXT))
