"""The shift: who is on, in which part, and what one shift tells the next."""

from __future__ import annotations

from fristed.ground.act import FLOOR, Objection, Secret, Verdict, add, amend
from fristed.ground.ids import Id
from fristed.ground.site import service_day
from fristed.journal.frame import Scene, act
from fristed.staff import rules

LONGEST_NOTE = 20_000


@act(roles=FLOOR)
def start_duty(scene: Scene, *, worker: Id, part: str) -> Verdict:
    """Someone is on shift with a part; whoever was on already changes part."""
    row = scene.store.get("staff_worker", worker)
    here = row is not None and row["site_id"] == scene.site.id and row["until"] is None
    at = scene.tap.happened
    earlier = scene.store.find("staff_duty", worker_id=worker, until=None)
    put = add("staff_duty", scene.tap.key, site_id=scene.site.id, worker_id=worker, part=part, since=at)
    ends = tuple(amend("staff_duty", duty["id"], until=at) for duty in earlier)
    return Verdict(scene.tap.key, (*ends, put)).but(
        rules.unknown("worker", here), rules.not_one_of("part", part, rules.PARTS)
    )


@act(roles=FLOOR)
def end_duty(scene: Scene, *, worker: Id) -> Verdict:
    """Someone goes off shift."""
    on = [d for d in scene.store.find("staff_duty", worker_id=worker, until=None) if d["site_id"] == scene.site.id]
    off = None if on else Objection("not_on_duty", "This person is not on shift.", recordable=False)
    return Verdict(worker, tuple(amend("staff_duty", d["id"], until=scene.tap.happened) for d in on)).but(off)


@act(roles=FLOOR)
def write_handover(scene: Scene, *, text: str) -> Verdict:
    """What this shift tells the next, in words. Sealed under its own key."""
    id = scene.tap.key
    put = add(
        "staff_handover",
        id,
        site_id=scene.site.id,
        day=service_day(scene.site.file, scene.tap.happened).isoformat(),
        written=scene.tap.happened,
        worker_id=scene.tap.worker,
        sealed=Secret(id, {"text": text}),
    )
    return Verdict(id, (put,), subject=id).but(_note_problem(text))


def _note_problem(text: str) -> Objection | None:
    if not text.strip():
        return Objection("empty_note", "The handover is empty. Write at least one line.", recordable=False)
    if len(text) > LONGEST_NOTE:
        values = {"length": len(text), "longest": LONGEST_NOTE}
        sentence = "The handover has {length} letters; {longest} fit. Shorten it, or write two."
        return Objection("long_note", sentence, recordable=False, values=values)
    return None
