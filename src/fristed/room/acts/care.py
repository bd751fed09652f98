"""What is given, offered, taken in and reported. Equipment and naloxone are kept from a locked screen too."""

from __future__ import annotations

from typing import Literal

from fristed.ground.act import ANYONE_ON_THE_FLOOR, CARE, DEVICE, FLOOR, Verdict
from fristed.ground.ids import Id
from fristed.ground.notes import Note, set_aside
from fristed.journal.frame import Scene, act
from fristed.room.acts.load import day_of, row_of, unknown, visit_of
from fristed.room.rules import care

TABLES = {
    "supply": "room_supply",
    "service": "room_servicegiven",
    "referral": "room_referral",
    "sample": "room_sample",
    "found": "room_found",
    "incident": "room_incident",
}


@act(roles=ANYONE_ON_THE_FLOOR)
def give(
    scene: Scene, *, item: str = "", count: int = 1, for_others: Literal["yes", "no"] = "no", visit: Id | None = None
) -> Verdict:
    """Equipment or naloxone kits go out, for the person or for others, with a visit or without. Never refused."""
    return care.supply(_note(scene), _of(scene, visit), "out", item, count, for_others)


@act(roles=ANYONE_ON_THE_FLOOR)
def take_back(
    scene: Scene, *, item: str = "", count: int = 1, for_others: Literal["yes", "no"] = "no", visit: Id | None = None
) -> Verdict:
    """Used equipment comes back."""
    return care.supply(_note(scene), _of(scene, visit), "back", item, count, for_others)


@act(roles=FLOOR)
def serve(scene: Scene, *, kind: str, minutes: int | None = None, visit: Id | None = None) -> Verdict:
    """A service of the site was given: a shower, wound care, a meal."""
    return care.serve(_note(scene), _of(scene, visit), kind, "", minutes)


@act(roles=FLOOR)
def advise(scene: Scene, *, topic: str, minutes: int | None = None, visit: Id | None = None) -> Verdict:
    """A brief intervention: on which topic, how many minutes."""
    return care.serve(_note(scene), _of(scene, visit), "brief_intervention", topic, minutes)


@act(roles=FLOOR)
def offer_referral(scene: Scene, *, to: str, on_site: Literal["yes", "no"] = "no", visit: Id | None = None) -> Verdict:
    """Another service is offered. Nothing depends on the answer."""
    return care.offer(_note(scene), _of(scene, visit), to, on_site)


@act(roles=FLOOR)
def answer_referral(scene: Scene, *, referral: Id, answer: Literal["accepted", "declined", "attended"]) -> Verdict:
    """The person accepted, declined, or went."""
    row = row_of(scene, "room_referral", referral)
    return unknown("referral") if row is None else care.answer_offer(referral, answer, scene.tap.happened)


@act(roles=FLOOR)
def report_incident(
    scene: Scene, *, kind: str, police: Literal["yes", "no"] = "no", text: str = "", visit: Id | None = None
) -> Verdict:
    """Violence, threat, theft, suspected dealing, fire, needle-stick: what, whether police were called, in words."""
    return care.incident(_note(scene), _of(scene, visit), kind, police, text)


@act(roles=FLOOR)
def register_sample(scene: Scene, *, label: str, declared: str, visit: Id | None = None) -> Verdict:
    """A sample is taken in for drug checking, where the law of the place allows it."""
    allowed = scene.site.file.drug_checking
    return care.register_sample(_note(scene), _of(scene, visit), label, declared, allowed=allowed)


@act(roles=FLOOR)
def record_result(scene: Scene, *, sample: Id, method: str, result: str) -> Verdict:
    """What the check of a sample found, by which method."""
    row = row_of(scene, "room_sample", sample)
    return unknown("sample") if row is None else care.sample_result(sample, method, result)


@act(roles=FLOOR)
def tell_result(scene: Scene, *, sample: Id) -> Verdict:
    """The person was told the result."""
    row = row_of(scene, "room_sample", sample)
    return unknown("sample") if row is None else care.sample_told(sample, row["result"], scene.tap.happened)


@act(roles=FLOOR)
def end_sample(scene: Scene, *, sample: Id, how: Literal["returned", "destroyed"]) -> Verdict:
    """The sample is returned or destroyed."""
    row = row_of(scene, "room_sample", sample)
    return unknown("sample") if row is None else care.end_sample(sample, row["ended"], how)


@act(roles=FLOOR)
def log_found(
    scene: Scene, *, spot: str, bag: str, milligrams: int | None = None, looks: str = "", handed_in: bool = False
) -> Verdict:
    """A substance left behind or given up is sealed in a numbered bag. Its weight only if it was weighed."""
    return care.log_found(_note(scene), scene.tap.worker, spot, bag, milligrams, looks, handed_in)


@act(roles=FLOOR)
def witness_found(scene: Scene, *, found: Id) -> Verdict:
    """A second person saw the bag sealed, under their own name."""
    bag = _bag(scene, found)
    return unknown("found") if bag is None else care.witness_found(bag, scene.tap.worker, scene.tap.happened)


@act(roles=CARE)
def end_found(scene: Scene, *, found: Id, how: Literal["handed", "destroyed"], to: str) -> Verdict:
    """The bag is handed over or destroyed."""
    bag = _bag(scene, found)
    return unknown("found") if bag is None else care.end_found(bag, how, to, scene.tap.happened)


@act(roles=ANYONE_ON_THE_FLOOR)
def set_note_aside(
    scene: Scene, *, kind: Literal["supply", "service", "referral", "sample", "found", "incident"], note: Id
) -> Verdict:
    """A note was a wrong tap: it stays to be read and counts no more."""
    row = row_of(scene, TABLES[kind], note)
    if row is None or (scene.tap.role == DEVICE and kind != "supply"):  # a locked screen has equipment only
        return unknown("note")
    return set_aside(TABLES[kind], note, row["undone"], scene.tap.happened)


def _note(scene: Scene) -> Note:
    return Note(scene.tap.key, scene.site.id, day_of(scene), scene.tap.happened)


def _of(scene: Scene, visit: Id | None) -> care.Of:
    """The visit a note belongs to. One that is not known here does not stop the note."""
    row = row_of(scene, "room_visit", visit) if visit else None
    return care.NOBODY if row is None else care.Of(row["id"], visit_of(row).subject)


def _bag(scene: Scene, found: Id) -> care.FoundNow | None:
    row = row_of(scene, "room_found", found)
    return None if row is None else care.FoundNow(row["id"], row["worker"], row["second_worker"], row["ended"])
