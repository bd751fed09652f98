"""Exclusions: a time without a place here. Equipment, naloxone and help in an emergency are never barred."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fristed.ground.act import Objection, Secret, Verdict, add, amend
from fristed.ground.ids import Id
from fristed.ground.moments import DAY, HOUR, Moment
from fristed.ground.notes import TEXT, fits
from fristed.people.rules.words import empty, not_on_list

REASONS = ("dealing", "violence", "threat", "theft", "house_rules", "other")
UNITS = {"hours": HOUR, "days": DAY}
LONGEST_DAYS = 3650


@dataclass(frozen=True, slots=True)
class ExclusionNow:
    """An exclusion at this moment."""

    id: Id
    client: Id
    since: Moment
    until: Moment
    words: Mapping[str, str] = field(default_factory=dict)  # what is sealed: note, appeal
    appealed: Moment | None = None
    ended: Moment | None = None


@dataclass(frozen=True, slots=True)
class Length:
    """How long: a number of hours or days."""

    number: int
    unit: str

    @property
    def span(self) -> Moment:
        return self.number * UNITS.get(self.unit, HOUR)


def exclude(client: Id, id: Id, reason: str, length: Length, note: str, by: Id | None, at: Moment) -> Verdict:
    """Someone is not given a place for a time: why, how long, who decided."""
    row = add(
        "people_exclusion",
        id,
        client_id=client,
        reason=reason,
        since=at,
        until=at + length.span,
        decided_by=by or "",
        sealed=Secret(client, {"note": note.strip()}),
    )
    return Verdict(client, (row,), subject=client).but(
        not_on_list("reason", reason, REASONS),
        not_on_list("unit", length.unit, UNITS),
        _length(length),
        fits(note, TEXT),
    )


def appeal(exclusion: ExclusionNow, words: str, at: Moment) -> Verdict:
    """The person does not agree, and says why. It stays in force until someone ends it."""
    sealed = Secret(exclusion.client, {**exclusion.words, "appeal": words.strip()})
    row = amend("people_exclusion", exclusion.id, appealed=at, sealed=sealed)
    return Verdict(exclusion.client, (row,), subject=exclusion.client).but(
        _over(exclusion, at),
        empty(words, Objection("text_empty", "Write what the person says, in their words.")),
        fits(words, TEXT),
    )


def end_early(exclusion: ExclusionNow, reason: str, at: Moment) -> Verdict:
    """An exclusion ends before its time, for a reason."""
    sealed = Secret(exclusion.client, {**exclusion.words, "ended": reason.strip()})
    row = amend("people_exclusion", exclusion.id, ended=at, sealed=sealed)
    return Verdict(exclusion.client, (row,), subject=exclusion.client).but(
        _over(exclusion, at), empty(reason, Objection("text_empty", "Write why it ends early.")), fits(reason, TEXT)
    )


def _over(exclusion: ExclusionNow, at: Moment) -> Objection | None:
    if exclusion.ended is None and at < exclusion.until:
        return None
    return Objection("exclusion_over", "This exclusion is already over.")


def _length(length: Length) -> Objection | None:
    if length.number >= 1 and length.span <= LONGEST_DAYS * DAY:
        return None
    values: dict[str, str | int] = {"longest": LONGEST_DAYS}
    sentence = "An exclusion lasts at least one hour and at most {longest} days."
    return Objection("exclusion_length", sentence, recordable=False, values=values)
