"""Corrected times are shown with the original beside them; every moment names the entry that says it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.http import Http404

from fristed.ground.act import DEVICE, MANAGER, NURSE, RECEPTION
from fristed.ground.ids import new_id
from fristed.ground.moments import MINUTE, local
from fristed.journal.models import Entry
from fristed.room.acts import correction, door, emergency, places
from fristed.room.queries.correction import emergency_story, story
from tests.room.at_the_door import open_file, open_the_door
from tests.room.pages import opens, page, posts_only, read
from tests.support.cast import done
from tests.support.service import Cast


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    made = posts_only(open_file())
    open_the_door(made)
    yield made


def seated(cast: Cast) -> tuple[str, str]:
    visit = done(door.check_in(cast.tap(RECEPTION), client=None, call_word="Robin")).thing
    done(door.declare(cast.tap(RECEPTION), visit=visit, substances=("heroin",), route="inject"))
    return visit, done(places.seat(cast.tap(NURSE), visit=visit, place=1)).thing


def test_each_moment_names_the_entry_that_says_it(cast: Cast) -> None:
    visit, stay = seated(cast)
    left = done(places.leave_house(cast.tap(NURSE), visit=visit, how="unseen")).key
    found = story(cast.site, visit)
    assert found is not None
    said = {moment.moment: moment.entry for moment in found.moments}
    assert said["visit.came"] == visit
    assert said["stay.seated"] == stay
    assert said["visit.left"] == said["stay.freed"] == left


def test_the_original_stands_beside_what_was_set_right(cast: Cast) -> None:
    visit, stay = seated(cast)
    zone = cast.file.zone
    tap = cast.tap(NURSE)
    later = replace(tap, happened=tap.happened + 5 * MINUTE)
    clock = f"{local(tap.happened + MINUTE, zone):%H:%M:%S}"
    (was,) = [m.when for m in story(cast.site, visit).moments if m.moment == "stay.seated"]  # type: ignore[union-attr]  # a story is there
    done(correction.correct_time(later, moment="stay.seated", thing=stay, clock=clock, why="wrong tablet", entry=stay))
    words = read(cast, NURSE, f"/visits/{visit}/times/")
    assert f"{clock} Took place · 1 first said {local(was, zone):%H:%M:%S}" in words
    assert "by Cem: wrong tablet" in words
    again = story(cast.site, visit)
    assert again is not None
    (now,) = [m for m in again.moments if m.moment == "stay.seated"]
    assert now.entry == later.key, "the entry that says it now is the correction"
    assert Entry.objects.filter(key=stay).exists()


def test_a_visit_that_is_not_here_and_a_locked_screen_show_nothing(cast: Cast) -> None:
    visit, _ = seated(cast)
    other = posts_only(open_file(slug="elsewhere"))
    for reader, id in ((cast, new_id()), (other, visit)):
        with pytest.raises(Http404):
            page(reader, MANAGER, f"/visits/{id}/times/")
    assert not opens(cast, DEVICE, f"/visits/{visit}/times/")


def test_the_times_of_an_emergency_that_nobody_came_with_are_set_right(cast: Cast) -> None:
    raised = done(emergency.raise_emergency(cast.tap(NURSE), spot="pavement")).thing
    step = done(emergency.step(cast.tap(NURSE), emergency=raised, kind="naloxone")).thing
    found = emergency_story(cast.site, raised)
    assert found is not None
    assert found.visit is None
    assert [m.moment for m in found.moments] == ["emergency.raised", "step.at"]
    later = found.moments[1].when + MINUTE
    clock = local(later, cast.file.zone).strftime("%H:%M:%S")
    tap = cast.tap(NURSE)
    tap = replace(tap, happened=tap.happened + 5 * MINUTE)
    done(correction.correct_time(tap, moment="step.at", thing=step, clock=clock, why="tapped too early"))
    text = read(cast, NURSE, f"/emergency/{raised}/times/")
    assert "tapped too early" in text
    assert "first said" in text
    assert f"{clock} corrected" in read(cast, NURSE, f"/emergency/{raised}/handover/"), "the ambulance reads which time"


def test_the_times_of_a_named_emergency_are_those_of_its_visit(cast: Cast) -> None:
    visit, _ = seated(cast)
    raised = done(emergency.raise_emergency(cast.tap(NURSE), place=1, visit=visit)).thing
    found = emergency_story(cast.site, raised)
    assert found is not None
    assert found.visit is not None
    assert found.visit.id == visit
    assert emergency_story(cast.site, visit) is None
