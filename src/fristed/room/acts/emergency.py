"""In an emergency. An enrolled device may do all of it with nobody signed in."""

from __future__ import annotations

from fristed.ground.act import ANYONE_ON_THE_FLOOR, Verdict
from fristed.ground.ids import Id
from fristed.ground.moments import Moment
from fristed.ground.notes import TEXT, fits
from fristed.journal.frame import Scene, act
from fristed.room.acts.load import open_stays, row_of, unknown
from fristed.room.acts.load_emergency import emergency_of, found, hand, of_step, steps, visit, watches
from fristed.room.rules import emergency as rules
from fristed.room.rules.door import Visit
from fristed.room.rules.emergency import NALOXONE, Deed

MOST = 10**9  # no amount that a person is given: a slip of the hand
RESEDATION = "resedation_watch"  # the site's limit: how long someone is watched after naloxone


@act(roles=ANYONE_ON_THE_FLOOR, alarm=True)
def raise_emergency(
    scene: Scene, *, spot: str = "place", place: int | None = None, visit: Id | None = None, kind: str = ""
) -> Verdict:
    """Help is needed: at a place, the door, the toilet, the pavement. Who it is may be unknown."""
    who = _who(scene, visit, place)
    if row_of(scene, "room_emergency", scene.tap.key):
        return rules.arrived_late(hand(scene), spot[:60], place, kind[:60], who)
    near = scene.store.find("room_emergency", site_id=scene.site.id, debriefed=None, place=place) if place else []
    at = scene.tap.happened
    running = tuple(emergency_of(scene, row) for row in near if row["ended"] is None or row["ended"] > at)
    return rules.raise_emergency(hand(scene), spot[:60], place, kind[:60], who, running)


@act(roles=ANYONE_ON_THE_FLOOR)
def step(
    scene: Scene,
    *,
    emergency: Id,
    kind: str,
    product: str = "",
    route: str = "",
    micrograms: int | None = None,
    litres: int | None = None,
    part: str = "",
    text: str = "",
    worker: Id | None = None,
) -> Verdict:
    """Something is done. Never refused: an emergency that this service has not heard of yet is made by it.

    `worker`: who does it, where someone else taps. `part`: which part someone took. `text`: free words, later.
    """
    now, made = found(scene, emergency)
    if now is None:
        return unknown("emergency")
    deed = Deed(kind[:60], product[:80], route[:60], _amount(micrograms), _amount(litres), part[:60], text)
    verdict = rules.step(hand(scene, worker), now, deed, watches(scene, now.visit), _length(scene))
    return verdict.after(*made).but(fits(text, TEXT))


@act(roles=ANYONE_ON_THE_FLOOR)
def undo_step(scene: Scene, *, step: Id) -> Verdict:
    """A wrong tap on the timeline is taken back, as a new fact; after ten seconds with a reason."""
    about = of_step(scene, step)
    if about is None:
        return unknown("step")
    now, taken = about
    kept = [w for w in watches(scene, now.visit) if w.why == "after_naloxone"]
    return rules.undo(hand(scene), now, taken, steps(scene, now.id), kept[0] if kept else None)


@act(roles=ANYONE_ON_THE_FLOOR)
def complete_step(
    scene: Scene,
    *,
    step: Id,
    product: str = "",
    route: str = "",
    micrograms: int | None = None,
    litres: int | None = None,
) -> Verdict:
    """What was unknown when the button was pressed: the dose of a naloxone, the litres of oxygen."""
    about = of_step(scene, step)
    if about is None:
        return unknown("step")
    return rules.complete(*about, Deed(about[1].kind, product[:80], route[:60], _amount(micrograms), _amount(litres)))


@act(roles=ANYONE_ON_THE_FLOOR)
def name_kind(scene: Scene, *, emergency: Id, kind: str) -> Verdict:
    """What kind of emergency it is, as far as anyone can tell."""
    now, made = found(scene, emergency)
    return unknown("emergency") if now is None else rules.name_kind(now, kind[:60]).after(*made)


@act(roles=ANYONE_ON_THE_FLOOR)
def identify(scene: Scene, *, emergency: Id, visit: Id) -> Verdict:
    """Who it is becomes known."""
    (now, made), person = found(scene, emergency), _who(scene, visit, None)
    if now is None or person is None:
        return unknown("emergency" if now is None else "visit")
    given = [s.at for s in steps(scene, now.id) if s.kind == NALOXONE and s.undone is None]
    running = watches(scene, person)
    return rules.identify(hand(scene), now, person, max(given, default=None), running, _length(scene)).after(*made)


@act(roles=ANYONE_ON_THE_FLOOR, alarm=True)
def acknowledge(scene: Scene, *, emergency: Id, worker: Id | None = None) -> Verdict:
    """Someone heard and comes; by name, also from a screen where nobody is signed in."""
    now, made = found(scene, emergency)
    if now is None:
        return unknown("emergency")
    return rules.step(hand(scene, worker), now, Deed(rules.ACKNOWLEDGED), (), None).after(*made)


def _amount(said: int | None) -> int | None:
    """An amount that can be; what cannot is kept as given, its amount unknown: a deed is never refused."""
    return said if said is not None and 0 <= said <= MOST else None


def _who(scene: Scene, id: Id | None, place: int | None) -> Visit | None:
    sitting = open_stays(scene, place=place) if place is not None and id is None else []
    return visit(scene, sitting[0]["visit_id"] if sitting else id)


def _length(scene: Scene) -> Moment | None:
    return scene.site.file.limit(RESEDATION).span()
