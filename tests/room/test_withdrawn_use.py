"""A use tapped at the wrong person is taken back: they have not used, nobody counts it, the journal keeps it."""

from __future__ import annotations

from fristed.ground.act import NURSE, RECEPTION, Done
from fristed.ground.moments import MINUTE
from fristed.journal.models import Entry
from fristed.room.acts import places
from fristed.room.models import Consumption, Watch
from fristed.room.queries.board import board
from tests.room.scenes import Floor
from tests.support.cast import done, refused


def used(floor: Floor, place: int = 1) -> str:
    visit = floor.seated(place)
    id: str = Consumption.objects.get(visit=visit).id
    done(places.use(floor.tap(), consumption=id))
    return id


def test_a_use_at_the_wrong_person_is_taken_back_with_its_watch_and_stays_in_the_journal(database: str) -> None:
    floor = Floor()
    id = used(floor)
    before = Entry.objects.count()
    done(places.withdraw_use(floor.tap(), consumption=id))
    tile = board(floor.site).tiles[0]
    assert tile.state == "preparing"
    assert tile.person is not None
    assert (tile.person.started, tile.person.watches) == (None, ())
    assert Entry.objects.count() == before + 1
    assert Watch.objects.get().ended_how == "withdrawn"


def test_whoever_did_use_later_is_watched_again_from_then(database: str) -> None:
    floor = Floor()
    id = used(floor)
    done(places.withdraw_use(floor.tap(), consumption=id))
    later = floor.tap()
    done(places.use(later, consumption=id))
    watch = Watch.objects.get()
    assert (watch.since, watch.ended, watch.ended_how) == (later.happened, None, "")


def test_after_a_minute_it_is_taken_back_with_a_reason_only(database: str) -> None:
    floor = Floor()
    id = used(floor)
    floor.room.now += 5 * MINUTE
    answer = refused(places.withdraw_use(floor.tap(), consumption=id))
    assert (answer.rule, answer.may_override) == ("say_why", True)
    kept = places.withdraw_use(floor.tap(NURSE, override=True, reason="it was the person beside"), consumption=id)
    assert isinstance(kept, Done)
    assert kept.flags == ("say_why",)


def test_a_use_that_is_not_recorded_cannot_be_taken_back_and_reception_takes_none_back(database: str) -> None:
    floor = Floor()
    visit = floor.seated(1)
    id = Consumption.objects.get(visit=visit).id
    assert refused(places.withdraw_use(floor.tap(), consumption=id)).rule == "not_used"
    assert refused(places.withdraw_use(floor.tap(RECEPTION), consumption=id)).rule == "permission"
