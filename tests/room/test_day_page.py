"""The day's page says what is missing in words; the list of people leaves no name on a locked screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from fristed.ground.act import DEVICE, MANAGER, NURSE, RECEPTION
from fristed.ground.ids import new_id
from fristed.ground.limits import Limit
from fristed.ground.moments import DAY
from fristed.room.acts import correction, day, door, places
from fristed.staff.acts import start_duty
from tests.room.at_the_door import open_file
from tests.room.pages import posts_only, queries_of, read
from tests.support.cast import done
from tests.support.service import Cast

TWO = {"minimum_staff": Limit(2, "", "invented for a test", "nobody real")}


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    made = posts_only(open_file(limits=TWO))
    done(places.lay_out(made.tap(MANAGER)))
    yield made


def come(cast: Cast, word: str, place: int | None = None) -> str:
    lead = cast.who(NURSE).tap(new_id(), override=True, reason="invented day of a test")
    visit = done(door.check_in(lead, client=None, call_word=word)).thing
    if place is not None:
        done(door.declare(cast.tap(RECEPTION), visit=visit, substances=("heroin",), route="inject"))
        done(places.seat(cast.tap(NURSE), visit=visit, place=place))
    return visit


def test_an_expired_item_counts_as_missing_in_words(cast: Cast) -> None:
    done(day.check_item(cast.tap(NURSE), item="naloxone", found="present", expires="2020-01-31"))
    words = read(cast, NURSE, "/day/")
    assert "Naloxone expired, counts as missing" in words
    assert "Oxygen not looked at yet" in words
    assert "nobody is given a place" in words


def test_the_minimum_staff_is_counted_from_who_is_on_and_yesterdays_are_asked_about(cast: Cast) -> None:
    done(start_duty(cast.tap(NURSE), worker=cast.workers[NURSE], part="lead"))
    earlier = cast.tap(NURSE)
    done(start_duty(replace(earlier, happened=earlier.happened - 2 * DAY), worker=cast.workers[MANAGER], part="floor"))
    words = read(cast, NURSE, "/day/")
    assert "1 on shift, 2 needed." in words
    assert "not counted" in words


def test_an_unset_minimum_is_said_to_be_unset(database: str) -> None:
    words = read(posts_only(open_file()), NURSE, "/day/")
    assert "MUST SET 0 on shift. Nobody has set how many this room needs." in words


def test_everything_still_open_is_listed_before_closing(cast: Cast) -> None:
    visit = come(cast, "Robin", place=1)
    done(places.keep_watch(cast.tap(NURSE), visit=visit))
    words = read(cast, NURSE, "/day/")
    assert "Visit: Robin , place 1" in words
    assert "Watch: Robin , sedated" in words


def test_an_earlier_day_that_nobody_closed_is_shown(cast: Cast) -> None:
    lead = cast.who(NURSE).tap(new_id(), override=True, reason="invented day of a test")
    done(day.open_day(replace(lead, happened=lead.happened - DAY)))
    assert "was never closed" in read(cast, NURSE, "/day/")


def test_whoever_left_lately_can_be_called_back_from_the_days_page(cast: Cast) -> None:
    visit = come(cast, "Finch", place=1)
    done(places.leave_house(cast.tap(NURSE), visit=visit, how="unseen"))
    assert "Finch , unseen times Finch Wrong tap: still here Finch" in read(cast, NURSE, "/day/")
    done(correction.come_back(cast.tap(NURSE), visit=visit))
    assert "Left lately" not in read(cast, NURSE, "/day/")


def test_people_in_the_house_are_called_by_word_and_place(cast: Cast) -> None:
    come(cast, "Robin", place=2)
    come(cast, "Lark")
    words = read(cast, RECEPTION, "/day/people/")
    assert "2 people in the house" in words
    assert "place 2 Robin" in words
    assert "waiting room Lark" in words


def test_a_locked_screen_counts_people_and_names_nobody(cast: Cast) -> None:
    come(cast, "Robin", place=2)
    come(cast, "Lark")
    words = read(cast, DEVICE, "/day/people/")
    assert "2 people in the house" in words
    assert "1 in places: 2" in words
    assert "1 waiting" in words
    assert "Robin" not in words
    assert "Lark" not in words


def test_the_pages_ask_no_more_when_more_people_are_here(cast: Cast) -> None:
    come(cast, "Robin", place=1)
    few = [queries_of(cast, NURSE, path) for path in ("/day/", "/day/people/")]
    for number in range(12):
        come(cast, f"Wren {number}")
    many = [queries_of(cast, NURSE, path) for path in ("/day/", "/day/people/")]
    assert many == few
    assert max(many) <= 26
