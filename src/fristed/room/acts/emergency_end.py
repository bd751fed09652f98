"""When an emergency is over: a false alarm, the end, and later the debrief with its one signature."""

from __future__ import annotations

from fristed.ground.act import ANYONE_ON_THE_FLOOR, CARE, Put, Verdict, add
from fristed.ground.ids import Id, derived_id
from fristed.ground.notes import TEXT, fits
from fristed.journal.frame import Scene, act
from fristed.room.acts.load import open_stays, place_now, row_of, stay_of, unknown, uses_open, using
from fristed.room.acts.load_emergency import emergency_of, found, hand, steps, watches
from fristed.room.rules import emergency as rules
from fristed.room.rules import emergency_end as ends
from fristed.room.rules import places, watch


@act(roles=ANYONE_ON_THE_FLOOR, alarm=True)
def false_alarm(scene: Scene, *, emergency: Id) -> Verdict:
    """Nothing was wrong. Kept as a fact."""
    now, made = found(scene, emergency)
    if now is None:
        return unknown("emergency")
    return ends.false_alarm(hand(scene), now, steps(scene, now.id)).after(*made)


@act(roles=ANYONE_ON_THE_FLOOR, alarm=True)
def end_emergency(scene: Scene, *, emergency: Id, person_now: str) -> Verdict:
    """It is over: where is the person now? The rest can wait."""
    now, made = found(scene, emergency)
    if now is None:
        return unknown("emergency")
    follows = _leaving(scene, now, person_now) + _alert(scene, now)
    return ends.end(hand(scene), now, person_now[:60], follows).after(*made)


@act(roles=ANYONE_ON_THE_FLOOR, alarm=True)
def reopen_emergency(scene: Scene, *, emergency: Id) -> Verdict:
    """It was not over."""
    row = row_of(scene, "room_emergency", emergency)
    return unknown("emergency") if row is None else ends.reopen(emergency_of(scene, row))


@act(roles=CARE)
def debrief(scene: Scene, *, emergency: Id, outcome: str, attribution: tuple[str, ...] = (), text: str = "") -> Verdict:
    """The record closes with one signature under every tap that nobody had signed."""
    row = row_of(scene, "room_emergency", emergency)
    if row is None:
        return unknown("emergency")
    unsigned = scene.store.find("room_observation", emergency_id=emergency, signed_by=None)
    said = ends.Debrief(tuple(a[:30] for a in attribution), outcome[:60], text)
    now = emergency_of(scene, row)
    verdict = ends.debrief(hand(scene), now, said, steps(scene, emergency), tuple(o["id"] for o in unsigned))
    return verdict.after(*_alert(scene, now)).but(fits(text, TEXT))


def _leaving(scene: Scene, now: rules.EmergencyNow, person_now: str) -> tuple[Put, ...]:
    """What else is true when the person is there now: the place is free, or the visit is over."""
    visit, at = now.visit, scene.tap.happened
    if visit is None or visit.left is not None or person_now not in ends.EXITS or person_now == "place":
        return ()
    stays, how = open_stays(scene, visit_id=visit.id), ends.EXITS[person_now]
    if not how:
        rows = ((stay_of(s), place_now(scene, s["place"])) for s in stays)
        left = (places.leave(visit, stay, place, at, using(scene, stay.consumption)) for stay, place in rows)
        return tuple(put for verdict in left for put in verdict.puts)
    held = tuple(places.place_id(scene.site.id, s["place"]) for s in stays)
    ids, used = tuple(s["id"] for s in stays), uses_open(scene, visit.id)
    return watch.leave_house(visit, ids, watches(scene, visit), at, how, held, used).puts


def _alert(scene: Scene, now: rules.EmergencyNow) -> tuple[Put, ...]:
    """Whoever meets this person from now on is told that they overdosed here; once for each emergency."""
    client, id = now.visit.client if now.visit else None, derived_id(now.id, "alert")
    if client is None or not ends.overdose(now, steps(scene, now.id)) or scene.store.get("people_alert", id):
        return ()
    return (add("people_alert", id, client_id=client, kind="overdose_here", since=now.raised),)
