"""At the places: seat, use, leave, clean."""

from __future__ import annotations

from fristed.ground.act import CARE, FLOOR, Verdict, add
from fristed.ground.ids import Id
from fristed.journal.frame import Scene, act
from fristed.room.acts.load import (
    consumption_of,
    open_stays,
    place_now,
    row_of,
    stay_of,
    unknown,
    uses_open,
    using,
    visit_of,
    watch_of,
)
from fristed.room.rules import places, watch
from fristed.room.rules.places import place_id


@act(roles=frozenset({"administrator", "manager"}), late=False)
def lay_out(scene: Scene) -> Verdict:
    """Makes the rows of the places that the site's file describes and that are not there yet."""
    site = scene.site
    wanted = [(place_id(site.id, place.number), place.number) for place in site.file.places]
    missing = [(id, number) for id, number in wanted if scene.store.get("room_place", id) is None]
    return Verdict(site.id, tuple(add("room_place", id, site_id=site.id, number=number) for id, number in missing))


@act(roles=FLOOR)
def seat(scene: Scene, *, visit: Id, place: int) -> Verdict:
    """A person takes a place."""
    seating = _seating(scene, visit, place)
    if seating is None:
        return unknown("visit")
    return places.seat(scene.site.id, seating, scene.tap.key, scene.tap.happened)


@act(roles=FLOOR)
def move(scene: Scene, *, visit: Id, place: int) -> Verdict:
    """A person changes places."""
    seating, sitting = _seating(scene, visit, place), open_stays(scene, visit_id=visit)
    if seating is None or not sitting:
        return unknown("visit")
    old = stay_of(sitting[0])
    there = places.Seating(seating.visit, seating.place, old.consumption, seating.route, None, False)
    return places.move(
        scene.site.id, seating.visit, old, place_now(scene, old.place), there, scene.tap.key, scene.tap.happened
    )


@act(roles=FLOOR)
def use(scene: Scene, *, consumption: Id, seen: bool = True) -> Verdict:
    """A person used, seen by staff or not. The danger clock and the watch begin."""
    row = row_of(scene, "room_consumption", consumption)
    visit = row and row_of(scene, "room_visit", row["visit_id"])
    if row is None or visit is None:
        return unknown("consumption")
    observe = scene.site.file.observe(tuple(row["substances"].split()), row["route"])
    again = scene.store.get("room_watch", watch.watch_id(consumption)) is not None
    used, at = consumption_of(row), scene.tap.happened
    return watch.use(scene.site.id, visit_of(visit), used, at, seen=seen, observe=observe, again=again)


@act(roles=CARE)
def withdraw_use(scene: Scene, *, consumption: Id) -> Verdict:
    """The use was tapped at the wrong person. It stays in the journal and counts no more."""
    row = row_of(scene, "room_consumption", consumption)
    visit = row and row_of(scene, "room_visit", row["visit_id"])
    if row is None or visit is None:
        return unknown("consumption")
    began = row_of(scene, "room_watch", watch.watch_id(consumption))
    now = None if began is None else watch_of(began)
    return watch.withdraw(visit_of(visit), consumption_of(row), now, scene.tap.happened)


@act(roles=FLOOR)
def finish(scene: Scene, *, consumption: Id) -> Verdict:
    """A person is done using."""
    row = row_of(scene, "room_consumption", consumption)
    visit = row and row_of(scene, "room_visit", row["visit_id"])
    if row is None or visit is None:
        return unknown("consumption")
    return watch.finish(visit_of(visit), consumption_of(row), scene.tap.happened)


@act(roles=FLOOR)
def leave_place(scene: Scene, *, stay: Id) -> Verdict:
    """A person leaves the place for the recovery area; the place waits to be wiped."""
    row = row_of(scene, "room_stay", stay)
    visit = row and row_of(scene, "room_visit", row["visit_id"])
    if row is None or visit is None:
        return unknown("stay")
    used = using(scene, row["consumption_id"])
    return places.leave(visit_of(visit), stay_of(row), place_now(scene, row["place"]), scene.tap.happened, used)


@act(roles=CARE)
def settle_stay(scene: Scene, *, stay: Id, place: int, free: bool) -> Verdict:
    """Two tablets gave one place: a person decides what really happened."""
    row = row_of(scene, "room_stay", stay)
    visit = row and row_of(scene, "room_visit", row["visit_id"])
    if row is None or visit is None:
        return unknown("stay")
    verdict = places.settle_contested(visit_of(visit), stay_of(row), place, scene.tap.happened, free=free)
    return verdict if free else verdict.but(places.taken(place_now(scene, place)))


@act(roles=FLOOR)
def clean(scene: Scene, *, place: int) -> Verdict:
    """A place is wiped and free."""
    return places.clean(place_now(scene, place))


@act(roles=CARE)
def close_place(scene: Scene, *, place: int, reason: str) -> Verdict:
    """A place is taken out of use."""
    return places.close(place_now(scene, place), scene.tap.happened, reason)


@act(roles=CARE)
def reopen_place(scene: Scene, *, place: int) -> Verdict:
    """A closed place is used again."""
    return places.reopen(place_now(scene, place))


@act(roles=FLOOR)
def seen_breathing(scene: Scene, *, visit: Id) -> Verdict:
    """Someone looked, and this person breathes."""
    row = row_of(scene, "room_visit", visit)
    return unknown("visit") if row is None else watch.seen_breathing(visit_of(row), scene.tap.happened)


@act(roles=CARE)
def keep_watch(scene: Scene, *, visit: Id, why: str = "sedated") -> Verdict:
    """A person is sedated but breathing: watched until a nurse releases."""
    row = row_of(scene, "room_visit", visit)
    if row is None:
        return unknown("visit")
    return watch.keep_watch(scene.site.id, visit_of(row), scene.tap.key, why, scene.tap.happened, None)


@act(roles=CARE)
def release(scene: Scene, *, watch_id: Id) -> Verdict:
    """A watch ends because the person is well enough."""
    row = row_of(scene, "room_watch", watch_id)
    visit = row and row_of(scene, "room_visit", row["visit_id"])
    if row is None or visit is None:
        return unknown("watch")
    return watch.release(visit_of(visit), watch_of(row), scene.tap.happened, scene.tap.role)


@act(roles=FLOOR)
def leave_house(scene: Scene, *, visit: Id, how: str) -> Verdict:
    """A person leaves: well, against advice, unseen, by ambulance, asked to leave."""
    row = row_of(scene, "room_visit", visit)
    if row is None:
        return unknown("visit")
    stays = scene.store.find("room_stay", visit_id=visit, freed=None)
    watches = tuple(watch_of(w) for w in scene.store.find("room_watch", visit_id=visit, ended=None))
    held = tuple(place_id(scene.site.id, stay["place"]) for stay in stays if stay["contested"] is None)
    ids = tuple(stay["id"] for stay in stays)
    used = uses_open(scene, visit)
    return watch.leave_house(visit_of(row), ids, watches, scene.tap.happened, how, held, used)


def _seating(scene: Scene, visit: Id, place: int) -> places.Seating | None:
    row = row_of(scene, "room_visit", visit)
    if row is None:
        return None
    declared = scene.store.latest("room_consumption", visit_id=visit, ended=None)
    sitting = open_stays(scene, visit_id=visit)
    paused = scene.site.file.emergency_pauses_admission and bool(
        scene.store.find("room_emergency", site_id=scene.site.id, debriefed=None, ended=None)
    )
    return places.Seating(
        visit_of(row),
        place_now(scene, place),
        declared["id"] if declared else None,
        declared["route"] if declared else "",
        sitting[0]["place"] if sitting else None,
        paused,
    )
