"""The handover already lists who left early after naloxone, who left while watched, and whom nobody has seen."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from fristed.ground.act import MANAGER, NURSE, RECEPTION
from fristed.ground.limits import Limit
from fristed.ground.moments import DAY, now
from fristed.ground.site import SiteFile, service_day
from fristed.room.acts import care, day, door, emergency, emergency_end, places
from fristed.room.models import Watch
from fristed.room.queries import shift
from fristed.room.queries.day import Open
from fristed.staff.acts import arm_device, enrol_device, start_duty, write_handover
from tests.room.at_the_door import known, open_file, open_the_door
from tests.room.pages import posts_only, queries_of, read
from tests.support.cast import done
from tests.support.service import Cast


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    made = posts_only(open_file())
    open_the_door(made)
    yield made


def watched(cast: Cast, word: str, why: str) -> str:
    visit = done(door.check_in(cast.tap(RECEPTION), client=None, call_word=word)).thing
    done(places.keep_watch(cast.tap(NURSE), visit=visit, why=why))
    return visit


def lists(cast: Cast) -> shift.Lists:
    return shift.lists(cast.site, cast.file, now())


def words_of(rows: tuple[Open, ...]) -> list[str]:
    return [row.word for row in rows]


@pytest.mark.parametrize("how", ["against_advice", "unseen", "asked_to_leave", "ambulance"])
def test_whoever_left_before_a_nurse_released_them_after_naloxone_is_listed(cast: Cast, how: str) -> None:
    visit = watched(cast, "Finch", "after_naloxone")
    done(places.leave_house(cast.tap(NURSE), visit=visit, how=how))
    assert words_of(lists(cast).after_naloxone) == ["Finch"]


def test_a_nurse_who_released_first_leaves_nothing_to_hand_over(cast: Cast) -> None:
    visit = watched(cast, "Finch", "after_naloxone")
    done(places.release(cast.tap(NURSE), watch_id=Watch.objects.get(visit=visit).id))
    done(places.leave_house(cast.tap(NURSE), visit=visit, how="well"))
    assert lists(cast).after_naloxone == ()


def test_left_while_watched_lists_each_person_once_and_not_again_under_naloxone(cast: Cast) -> None:
    both = watched(cast, "Finch", "after_naloxone")
    done(places.keep_watch(cast.tap(NURSE), visit=both, why="sedated"))
    done(places.leave_house(cast.tap(NURSE), visit=both, how="unseen"))
    twice = watched(cast, "Wren", "after_use")
    done(places.keep_watch(cast.tap(NURSE), visit=twice, why="sedated"))
    done(places.leave_house(cast.tap(NURSE), visit=twice, how="against_advice"))
    assert words_of(lists(cast).after_naloxone) == ["Finch"]
    assert words_of(lists(cast).while_watched) == ["Wren"]


def test_an_offer_accepted_and_not_attended_is_expected_and_the_page_says_what_that_means(cast: Cast) -> None:
    visit = done(door.check_in(cast.tap(RECEPTION), client=None, purpose="service", call_word="Lark")).thing
    offers = [done(care.offer_referral(cast.tap(NURSE), to=to, visit=visit)).thing for to in ("housing", "dentist")]
    for offer in offers:
        done(care.answer_referral(cast.tap(NURSE), referral=offer, answer="accepted"))
    done(care.answer_referral(cast.tap(NURSE), referral=offers[1], answer="attended"))
    assert [(row.word, row.what) for row in lists(cast).expected] == [("Lark", "housing")]
    assert "Accepted an offer on these days and has not been noted as having been there" in read(
        cast, NURSE, "/handover/"
    )


def test_whoever_was_turned_away_is_listed_until_they_come_again(cast: Cast) -> None:
    client = known(cast, "swift-invented", call_word="Swift")
    done(
        door.turn_away(
            cast.tap(RECEPTION), client=client, rule="room_full", offered=("equipment", "come_back"), call_word="Swift"
        )
    )
    assert [(row.word, row.what) for row in lists(cast).not_back] == [("Swift", "come_back")]
    done(door.check_in(cast.tap(RECEPTION), client=client))
    assert lists(cast).not_back == ()


def test_emergencies_and_debriefs_that_wait_are_listed_false_alarms_are_not(cast: Cast) -> None:
    raised = done(emergency.raise_emergency(cast.tap(NURSE), spot="toilet")).thing
    nothing = done(emergency.raise_emergency(cast.tap(NURSE), spot="door")).thing
    done(emergency_end.false_alarm(cast.tap(NURSE), emergency=nothing))
    assert [row.id for row in lists(cast).emergencies] == [raised]
    assert lists(cast).debriefs == (), "it still runs"


def test_a_screen_nobody_has_heard_is_silent(cast: Cast) -> None:
    done(enrol_device(cast.tap(MANAGER), name="Call", kind="call_screen", credential="c" * 64))
    assert lists(cast).silent == ("Tablet 1",), "a call screen gives no alarm"
    done(arm_device(cast.tap(NURSE), device=cast.device))
    assert lists(cast).silent == ()


def test_naloxone_that_is_over_is_listed_and_how_far_ahead_is_the_sites_to_say(database: str) -> None:
    far = open_file(limits={"expiry_warning": Limit(30, "", "invented for a test", "nobody real")})
    for file, found in ((open_file(), []), (far, ["naloxone"])):
        cast = posts_only(replaced(file))
        soon = service_day(file, now() + 20 * DAY).isoformat()
        done(day.check_item(cast.tap(NURSE), item="naloxone", found="present", expires=soon))
        assert [item for item, _ in lists(cast).expiring] == found
    assert "MUST SET" not in read(cast, NURSE, "/handover/")


def replaced(file: SiteFile) -> SiteFile:
    return msgspec.structs.replace(file, slug="far" if file.limits else "near")


def test_what_is_older_than_the_day_before_is_not_repeated(cast: Cast) -> None:
    visit = watched(cast, "Finch", "after_naloxone")
    done(places.leave_house(cast.tap(NURSE), visit=visit, how="unseen"))
    assert shift.lists(cast.site, cast.file, now() + DAY).after_naloxone
    assert not shift.lists(cast.site, cast.file, now() + 3 * DAY).after_naloxone


def test_a_note_is_read_by_the_next_shift_with_who_wrote_it(cast: Cast) -> None:
    done(start_duty(cast.tap(NURSE), worker=cast.workers[NURSE], part="lead"))
    done(write_handover(cast.tap(NURSE), text="The lamp over place 2 flickers."))
    words = read(cast, RECEPTION, "/handover/")
    assert "Cem The lamp over place 2 flickers." in words
    assert "nurse · lead" in words


def test_the_page_asks_no_more_when_more_people_left(cast: Cast) -> None:
    leave_two(cast)
    few = queries_of(cast, NURSE, "/handover/")
    for _ in range(5):
        leave_two(cast)
    assert queries_of(cast, NURSE, "/handover/") == few
    assert few <= 36


def leave_two(cast: Cast) -> None:
    for why in ("after_naloxone", "sedated"):
        visit = watched(cast, "Finch", why)
        done(places.leave_house(cast.tap(NURSE), visit=visit, how="unseen"))
