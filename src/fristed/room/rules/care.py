"""What is given, offered, taken in and reported, with a visit or without. Nothing here refuses care.

An equipment tap asks for nothing but what and how many. Bounds of numbers and texts are in `ground.notes`.
"""

from __future__ import annotations

from dataclasses import dataclass

from fristed.ground.act import LEAD, Objection, Secret, Verdict, amend
from fristed.ground.ids import Id
from fristed.ground.moments import Moment
from fristed.ground.notes import LINE, TEXT, WORD, Note, fits, how_many, said

TOPICS = ("safer_use", "vein_care", "overdose", "naloxone", "blood_borne_viruses", "housing")
INCIDENTS = ("violence", "threat", "theft", "suspected_dealing", "fire_or_smoke", "needle_stick", "other")
METHODS = ("strip", "infrared", "other")
UNNAMED = "not_said"  # equipment is kept even when nobody said which


@dataclass(frozen=True, slots=True)
class Of:
    """Whom a note is about: a visit and whose key seals it; nobody where there is no visit."""

    visit: Id | None = None
    subject: Id | None = None


NOBODY = Of()


def supply(note: Note, of: Of, direction: str, item: str, count: int, for_others: str) -> Verdict:
    """Equipment or a naloxone kit out, needles back."""
    named = item.strip()[:WORD] or UNNAMED
    row = note.row(
        "room_supply", visit_id=of.visit, direction=direction, item=named, count=count, for_others=for_others
    )
    return Verdict(note.id, (row,), subject=of.subject).but(how_many(count))


def serve(note: Note, of: Of, kind: str, topic: str, minutes: int | None) -> Verdict:
    """A service or a brief intervention: what, on which topic, how many minutes."""
    row = note.row("room_servicegiven", visit_id=of.visit, kind=kind, topic=topic, minutes=minutes)
    long = None if minutes is None else how_many(minutes, least=0)
    return Verdict(note.id, (row,), subject=of.subject).but(said(kind, WORD), fits(topic, WORD), long)


def offer(note: Note, of: Of, to: str, on_site: str) -> Verdict:
    """Another service is offered, on site or off."""
    row = note.row("room_referral", visit_id=of.visit, to=to, on_site=on_site)
    return Verdict(note.id, (row,), subject=of.subject).but(said(to, WORD))


def answer_offer(id: Id, answer: str, at: Moment) -> Verdict:
    """What the person said, or that they went. People change their minds: the latest answer counts."""
    values: dict[str, dict[str, Moment | None]] = {
        "accepted": {"accepted": at, "declined": None},
        "declined": {"accepted": None, "declined": at},
        "attended": {"attended": at},
    }
    return Verdict(id, (amend("room_referral", id, **values[answer]),))


def incident(note: Note, of: Of, kind: str, police: str, text: str) -> Verdict:
    """Something went wrong. The words are sealed under whom they are about, or under their own key."""
    content = {"text": text.strip()} if text.strip() else {}
    secret = Secret(of.subject or note.id, content)
    row = note.row("room_incident", visit_id=of.visit, kind=kind, police=police, sealed=secret)
    return Verdict(note.id, (row,), subject=of.subject or note.id).but(said(kind, WORD), fits(text, TEXT))


def register_sample(note: Note, of: Of, label: str, declared: str, *, allowed: bool) -> Verdict:
    """A sample is taken in for checking."""
    row = note.row("room_sample", visit_id=of.visit, label=label.strip(), declared=declared.strip())
    verdict = Verdict(note.id, (row,), subject=of.subject).but(said(label, WORD), said(declared, WORD))
    return verdict if allowed else verdict.but(_no_checking())


def sample_result(id: Id, method: str, result: str) -> Verdict:
    """What the check found."""
    row = amend("room_sample", id, method=method, result=result.strip())
    return Verdict(id, (row,)).but(fits(method, WORD), said(result, LINE))


def sample_told(id: Id, result: str, at: Moment) -> Verdict:
    """The person was told the result."""
    verdict = Verdict(id, (amend("room_sample", id, told=at),))
    return verdict if result else verdict.but(Objection("no_result", "There is no result to tell yet."))


def end_sample(id: Id, ended: str, how: str) -> Verdict:
    """The sample is returned or destroyed."""
    verdict = Verdict(id, (amend("room_sample", id, ended=how),))
    return verdict.but(_already_ended()) if ended else verdict


@dataclass(frozen=True, slots=True)
class FoundNow:
    """A sealed bag as it stands: who put it away, who saw it, whether it is gone."""

    id: Id
    worker: Id | None
    second_worker: Id | None
    ended: str


def log_found(
    note: Note, worker: Id | None, spot: str, bag: str, milligrams: int | None, looks: str, handed_in: bool
) -> Verdict:
    """A substance was left behind or given up, and is put in a numbered sealed bag. `milligrams` only if weighed."""
    content = {"looks": looks.strip(), "how": "handed_in" if handed_in else "left_behind"}
    sealed = Secret(note.id, content)
    row = note.row("room_found", spot=spot, bag=bag.strip(), milligrams=milligrams, worker=worker, sealed=sealed)
    weighed = None if milligrams is None else _weight(milligrams)
    return Verdict(note.id, (row,), subject=note.id).but(said(spot, WORD), said(bag, WORD), weighed, fits(looks, TEXT))


def witness_found(found: FoundNow, second: Id | None, at: Moment) -> Verdict:
    """A second person saw the bag sealed, and says so as themself."""
    row = amend("room_found", found.id, second_worker=second, witnessed=at)
    return Verdict(found.id, (row,), subject=found.id).but(_same_person(found, second), _witnessed(found))


def end_found(found: FoundNow, how: str, to: str, at: Moment) -> Verdict:
    """The bag is handed over or destroyed: to whom, or how."""
    row = amend("room_found", found.id, ended=how, handed_to=to.strip(), handed=at)
    verdict = Verdict(found.id, (row,), subject=found.id).but(said(to, LINE), _one_person(found))
    return verdict.but(_already_ended()) if found.ended else verdict


def _weight(milligrams: int) -> Objection | None:
    if 0 < milligrams <= 100_000_000:
        return None
    sentence = "This weight cannot be right. Leave it empty unless the bag was weighed."
    return Objection("weight", sentence, recordable=False)


def _no_checking() -> Objection:
    sentence = "This site does not check drugs: its file says that no sample may be taken in here."
    return Objection("no_drug_checking", sentence)


def _same_person(found: FoundNow, second: Id | None) -> Objection | None:
    if second is not None and second != found.worker:
        return None
    return Objection("second_person", "A second person confirms this bag, under their own name.", recordable=False)


def _witnessed(found: FoundNow) -> Objection | None:
    return None if found.second_worker is None else Objection("witnessed", "A second person has already seen this bag.")


def _one_person(found: FoundNow) -> Objection | None:
    if found.second_worker is not None:
        return None
    sentence = "No second person has seen this bag sealed. Let someone confirm it first."
    return Objection("one_person", sentence, override_by=LEAD)


def _already_ended() -> Objection:
    return Objection("already_ended", "This is already closed: it was handed over, returned or destroyed.")
