"""Places and watches: one person in one place, clocks that follow the person, lengths that are unset and not zero."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from fristed.ground.act import MANAGER, NURSE, RECEPTION, ROOM_WORKER, Refusal, Role, Tap, settle
from fristed.ground.ids import Id
from fristed.ground.limits import Limit
from fristed.ground.moments import MINUTE
from fristed.ground.site import Danger
from fristed.ground.store import DatabaseStore, Row
from fristed.room.acts import door, places
from fristed.room.rules import tiles, watch
from fristed.room.rules.door import Visit
from fristed.room.rules.places import PlaceNow, Seating, StayNow, leave, seat
from tests.room.scenes import Floor
from tests.support.cast import done, refused

SITE, VISIT, STAY = "s" * 32, "v" * 32, "t" * 32
ROBIN = Visit(VISIT, None, 0, "waiting", waiting=0)


def row(table: str, id: Id) -> Row:
    found = DatabaseStore().get(table, id)
    assert found is not None
    return found


def consumption_of(visit: Id) -> Id:
    return str(DatabaseStore().find("room_consumption", visit_id=visit)[-1]["id"])


places_now = st.builds(
    PlaceNow,
    st.just("p" * 32),
    st.integers(1, 3),
    st.just(True),
    st.none() | st.sampled_from([("inject",), ("smoke",)]),
    st.sampled_from(["", "Wren"]),
    st.none() | st.just(5),
    st.none() | st.just(5),
)


@given(
    place=places_now,
    consumption=st.none() | st.just("c" * 32),
    elsewhere=st.none() | st.integers(1, 3),
    paused=st.booleans(),
)
def test_a_late_tap_about_a_place_that_exists_is_always_kept_and_two_in_one_place_is_contested(
    place: PlaceNow, consumption: str | None, elsewhere: int | None, paused: bool
) -> None:
    verdict = seat(SITE, Seating(ROBIN, place, consumption, "inject", elsewhere, paused), STAY, 10)
    outcome = settle(verdict, Tap(STAY, SITE, 10, 10, RECEPTION, late=True))
    assert isinstance(outcome, Refusal) is (place.routes is None)
    clash = bool(place.taken_by) or elsewhere is not None
    assert (verdict.puts[0].values["contested"] is not None) is clash


@given(used=st.none() | st.just("c" * 32), contested=st.none() | st.just(1))
def test_leaving_ends_the_use_there_and_only_a_place_that_was_held_waits_to_be_wiped(
    used: str | None, contested: int | None
) -> None:
    stay = StayNow(STAY, 1, 5, None, used, contested)
    verdict = leave(ROBIN, stay, PlaceNow("p" * 32, 1, True, ("inject",)), 10, used)
    tables = [put.table for put in verdict.puts]
    assert ("room_consumption" in tables) is (used is not None)
    assert ("room_place" in tables) is (contested is None)


@given(
    due=st.none() | st.integers(0, 100),
    at=st.integers(0, 100),
    role=st.sampled_from([RECEPTION, ROOM_WORKER, NURSE, MANAGER]),
)
def test_an_unset_watch_is_released_by_a_nurse_and_a_set_one_when_its_time_is_over(
    due: int | None, at: int, role: Role
) -> None:
    verdict = watch.release(ROBIN, watch.WatchNow("w" * 32, "after_use", 0, due), at, role)
    refused = isinstance(settle(verdict, Tap(STAY, SITE, at, at, role)), Refusal)
    assert refused is (role != NURSE if due is None else at < due)


@given(st.data())
def test_an_emergency_is_the_first_thing_a_place_says(data: st.DataObject) -> None:
    asked: dict[str, Any] = {
        name: data.draw(st.booleans()) for name in ("seated", "started", "ended", "contested", "cleaning", "closed")
    }
    assert tiles.state(**asked, emergency=True) == "emergency"
    state = tiles.state(**asked)
    assert (state in ("free", "cleaning", "closed")) is not (asked["seated"] or asked["contested"])


def test_use_begins_a_watch_of_the_sites_length_and_without_one_it_is_unset(database: str) -> None:
    rule = (Danger("heroin", "inject", Limit(20, "min", "test", "test")),)
    for observation, wanted in ((rule, 20 * MINUTE), ((), None)):
        floor = Floor(observation=observation, slug=f"site-{'set' if wanted else 'unset'}")
        visit = floor.seated(1)
        tap = floor.tap()
        done(places.use(tap, consumption=consumption_of(visit)))
        (kept,) = DatabaseStore().find("room_watch", visit_id=visit)
        assert kept["due"] == (None if wanted is None else tap.happened + wanted)


def test_the_clock_of_a_use_ends_with_the_place_and_the_watch_goes_on(database: str) -> None:
    floor = Floor()
    visit = floor.seated(1)
    used = consumption_of(visit)
    done(places.use(floor.tap(), consumption=used))
    stay = DatabaseStore().find("room_stay", visit_id=visit)[0]["id"]
    tap = floor.tap()
    done(places.leave_place(tap, stay=stay))
    assert row("room_consumption", used)["ended"] == tap.happened
    assert DatabaseStore().find("room_watch", visit_id=visit)[0]["ended"] is None
    assert row("room_visit", visit)["left"] is None


def test_a_second_use_in_one_visit_is_declared_and_seated_anew(database: str) -> None:
    floor = Floor()
    visit = floor.seated(1)
    done(places.use(floor.tap(), consumption=consumption_of(visit)))
    stay = DatabaseStore().find("room_stay", visit_id=visit)[0]["id"]
    done(places.leave_place(floor.tap(), stay=stay))
    assert refused(places.seat(floor.tap(RECEPTION), visit=visit, place=2)).rule == "not_declared"
    second = done(door.declare(floor.tap(), visit=visit, substances=("crack",), route="inject")).thing
    done(places.seat(floor.tap(RECEPTION), visit=visit, place=2))
    assert DatabaseStore().find("room_stay", visit_id=visit, freed=None)[0]["consumption_id"] == second


def test_moving_takes_the_use_along_and_leaves_one_place_to_wipe(database: str) -> None:
    floor = Floor()
    visit = floor.seated(1)
    used = consumption_of(visit)
    done(places.use(floor.tap(), consumption=used))
    done(places.move(floor.tap(), visit=visit, place=2))
    (now,) = DatabaseStore().find("room_stay", visit_id=visit, freed=None)
    assert (now["place"], now["consumption_id"]) == (2, used)
    assert row("room_consumption", used)["ended"] is None
    wiped = [p["number"] for p in DatabaseStore().find("room_place", site_id=floor.site) if p["cleaning"]]
    assert wiped == [1]


def test_a_contested_stay_is_settled_into_another_place_or_as_over(database: str) -> None:
    floor = Floor()
    floor.seated(1, "Robin")
    stays = []
    for word in ("Wren", "Lark"):
        visit = floor.waiting(word)
        stays.append(done(places.seat(floor.tap(late=True), visit=visit, place=1)).thing)
    done(places.settle_stay(floor.tap(), stay=stays[0], place=2, free=False))
    done(places.settle_stay(floor.tap(), stay=stays[1], place=1, free=True))
    assert row("room_stay", stays[0])["place"] == 2
    assert row("room_stay", stays[0])["contested"] is None
    assert row("room_stay", stays[1])["freed"] is not None


def test_leaving_the_house_ends_places_uses_and_watches_and_leaving_well_waits_for_the_watch(database: str) -> None:
    floor = Floor()
    visit = floor.seated(1)
    used = consumption_of(visit)
    done(places.use(floor.tap(), consumption=used))
    assert refused(places.leave_house(floor.tap(RECEPTION), visit=visit, how="well")).rule == "still_watched"
    done(places.leave_house(floor.tap(RECEPTION), visit=visit, how="against_advice"))
    assert not DatabaseStore().find("room_stay", visit_id=visit, freed=None)
    assert not DatabaseStore().find("room_watch", visit_id=visit, ended=None)
    assert row("room_consumption", used)["ended"] is not None
