"""A wrong moment is set right as a new fact, never an impossible one; a wrong exit is taken back."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fristed.ground.act import MANAGER, Done, Refusal, Tap
from fristed.ground.chance import chance_of
from fristed.ground.moments import HOUR, MINUTE, Moment
from fristed.ground.store import DatabaseStore, Row, opened
from fristed.journal.entry import parse
from fristed.journal.frame import kept_in
from fristed.journal.memory import MemoryBook
from fristed.journal.models import Entry
from fristed.room.acts import correction, door, places
from fristed.room.rules import correction as rules
from tests.support.cast import Room, a_monday_evening, done, refused

ZONE = "Europe/London"
EVENING = a_monday_evening()


@pytest.mark.parametrize(
    ("clock", "minutes"), [("18:05", 5), ("17:55:00", -5), ("18:00:30", 0.5), ("06:01", -719), ("06:00", -720)]
)
def test_a_clock_time_means_the_nearest_moment_that_shows_it(clock: str, minutes: float) -> None:
    assert rules.moment_at(clock, EVENING, ZONE) == EVENING + int(minutes * MINUTE)


def test_a_clock_time_after_midnight_may_mean_the_day_before() -> None:
    just_after_midnight = EVENING + 6 * HOUR + 2 * MINUTE
    assert rules.moment_at("23:58", just_after_midnight, ZONE) == EVENING + 6 * HOUR - 2 * MINUTE


@pytest.mark.parametrize("clock", ["", "25:00", "ten past", "18.05"])
def test_what_is_no_time_is_no_moment(clock: str) -> None:
    assert rules.moment_at(clock, EVENING, ZONE) is None


def test_every_pair_in_order_names_known_moments_and_has_both_sentences() -> None:
    for earlier, later in rules.ORDER:
        assert {earlier, later} <= rules.MOMENTS.keys()
        assert "{time}" in rules.TOO_EARLY[earlier]
        assert "{time}" in rules.TOO_LATE[later]


@given(
    chain=st.lists(st.integers(0, 300), min_size=5, max_size=5).map(sorted),
    which=st.integers(0, 4),
    becomes=st.integers(-50, 350),
)
def test_a_correction_is_taken_exactly_when_the_visit_stays_in_order(
    chain: list[int], which: int, becomes: int
) -> None:
    names = ("visit.came", "consumption.declared", "consumption.started", "consumption.ended", "visit.left")
    known = dict(zip(names, chain, strict=True))
    fix = rules.Fix(
        "k" * 32, "s" * 32, names[which], "t" * 32, chain[which], becomes, 400, None, "v" * 32, "tapped late"
    )
    verdict = rules.correct(fix, [k for k in known.items() if k[0] != names[which]], (), ZONE)
    known[names[which]] = becomes
    in_order = all(known[a] <= known[b] for a, b in rules.ORDER if a in known and b in known)
    assert (verdict.objections == ()) == in_order
    assert len(verdict.puts) == 2, "the moment and the original beside it"


# --- on both databases


class Evening(Room):
    """One visit, minute by minute: came 0, declared 1, seated 2, used 4, left the place 20, left 30."""

    def __init__(self) -> None:
        super().__init__(EVENING)
        done(places.lay_out(self.tap(MANAGER)))
        self.visit = self.at(0, lambda t: door.check_in(t, client=None, call_word="Robin"), override=True)
        self.said = self.at(1, lambda t: door.declare(t, visit=self.visit, substances=("heroin",), route="inject"))
        self.stay = self.at(2, lambda t: places.seat(t, visit=self.visit, place=1))
        self.at(4, lambda t: places.use(t, consumption=self.said))

    def at(self, minute: int, do: Callable[[Tap], Done | Refusal], override: bool = False) -> str:
        self.now = EVENING + minute * MINUTE - 1_000_000
        tap = self.tap(override=override, reason="opened by the lead" if override else "")
        return done(do(tap)).thing

    def go(self) -> Evening:
        self.at(20, lambda t: places.leave_place(t, stay=self.stay))
        self.at(30, lambda t: places.leave_house(t, visit=self.visit, how="against_advice"))
        return self

    def correct(self, moment: str, thing: str, clock: str, **more: str) -> Done | Refusal:
        return correction.correct_time(
            self.tap(), moment=moment, thing=thing, clock=clock, **({"why": "tapped late"} | more)
        )


def row(table: str, id: str) -> Row:
    found = DatabaseStore().get(table, id)
    assert found is not None
    return found


def minute(moment: Moment | None) -> float:
    assert moment is not None
    return (moment - EVENING) / MINUTE


def test_a_corrected_moment_is_kept_beside_the_original_and_names_the_entry_it_corrects(database: str) -> None:
    room = Evening()
    done(room.correct("stay.seated", room.stay, "18:01:30", entry=room.stay))
    assert minute(row("room_stay", room.stay)["seated"]) == 1.5
    (kept,) = DatabaseStore().find("room_correction", thing=room.stay)
    assert (minute(kept["was"]), minute(kept["became"]), kept["entry"]) == (2, 1.5, room.stay)
    assert opened(DatabaseStore(), room.visit, kept["sealed"]) == {"why": "tapped late"}
    first = parse(Entry.objects.get(key=room.stay).text)
    assert any(values.get("seated") == kept["was"] for _, _, _, values in first.rows), "the journal keeps the first"


@pytest.mark.parametrize(
    ("moment", "thing", "clock", "rule", "says"),
    [
        ("consumption.started", "said", "17:59", "too_early", "18:00"),
        ("stay.seated", "stay", "17:59", "too_early", "18:00"),
        ("stay.freed", "stay", "18:01", "too_early", "18:02"),
        ("visit.came", "visit", "18:03", "too_late", "18:01"),
        ("stay.freed", "stay", "18:40", "too_late", "18:30"),
        ("visit.left", "visit", "18:19", "too_early", "18:20"),
        ("visit.left", "visit", "18:50", "in_the_future", ""),
    ],
)
def test_an_impossible_time_gets_a_sentence_and_changes_nothing(
    database: str, moment: str, thing: str, clock: str, rule: str, says: str
) -> None:
    room = Evening().go()
    room.now = EVENING + 45 * MINUTE
    answer = refused(room.correct(moment, getattr(room, thing), clock))
    assert rule in [o.rule for o in answer.objections]
    assert any(says in o.sentence.format(**o.values) for o in answer.objections)
    assert DatabaseStore().find("room_correction") == []


def test_the_watch_moves_with_the_use_and_keeps_its_length(database: str) -> None:
    room = Evening()
    done(room.correct("consumption.started", room.said, "18:02"))
    (watch,) = DatabaseStore().find("room_watch", visit_id=room.visit)
    assert (minute(watch["since"]), watch["due"]) == (2, None), "unset stays unset"


def test_what_ended_with_the_exit_moves_with_it(database: str) -> None:
    room = Evening()
    room.at(30, lambda t: places.leave_house(t, visit=room.visit, how="against_advice"))
    done(room.correct("visit.left", room.visit, "18:25"))
    assert minute(row("room_stay", room.stay)["freed"]) == 25
    assert minute(row("room_consumption", room.said)["ended"]) == 25
    (watch,) = DatabaseStore().find("room_watch", visit_id=room.visit)
    assert minute(watch["ended"]) == 25
    (place,) = DatabaseStore().find("room_place", cleaning=EVENING + 25 * MINUTE)
    assert place["number"] == 1


def test_an_arrival_moves_the_place_in_the_queue(database: str) -> None:
    room = Room(EVENING)
    tap = room.tap(override=True, reason="opened by the lead")
    visit = done(door.check_in(tap, client=None)).thing
    done(correction.correct_time(room.tap(), moment="visit.came", thing=visit, clock="17:50", why="rang earlier"))
    assert minute(row("room_visit", visit)["waiting"]) == -10


def test_what_is_not_a_moment_or_has_not_happened_is_not_known(database: str) -> None:
    room = Evening()
    for moment, thing in (("visit.left", room.visit), ("visit.born", room.visit), ("stay.seated", room.visit)):
        assert refused(room.correct(moment, thing, "18:00")).rule == "unknown_moment"
    assert refused(room.correct("stay.seated", room.stay, "soon")).rule == "not_a_time"
    assert refused(room.correct("stay.seated", room.stay, "18:01", why=" ")).rule == "empty_text"


# --- a wrong exit


def test_a_wrong_exit_brings_back_visit_place_and_watch(database: str) -> None:
    room = Evening()
    room.at(10, lambda t: places.leave_house(t, visit=room.visit, how="against_advice"))
    done(correction.come_back(room.tap(), visit=room.visit))
    assert (row("room_visit", room.visit)["left"], row("room_visit", room.visit)["exit"]) == (None, "")
    assert row("room_stay", room.stay)["freed"] is None
    assert row("room_consumption", room.said)["ended"] is None
    (watch,) = DatabaseStore().find("room_watch", visit_id=room.visit)
    assert (watch["ended"], watch["ended_how"]) == (None, "")
    assert DatabaseStore().find("room_place", number=1)[0]["cleaning"] is None
    assert Entry.objects.filter(act="room.leave_house", thing=room.visit).count() == 1, "the wrong tap stays"


def test_a_place_taken_meanwhile_is_not_taken_back_but_the_watch_goes_on(database: str) -> None:
    room = Evening()
    room.at(10, lambda t: places.leave_house(t, visit=room.visit, how="unseen"))
    done(places.clean(room.tap(), place=1))
    other = room.at(11, lambda t: door.check_in(t, client=None, call_word="Wren"), override=True)
    done(door.declare(room.tap(), visit=other, substances=("heroin",), route="inject"))
    done(places.seat(room.tap(), visit=other, place=1))
    done(correction.come_back(room.tap(), visit=room.visit))
    assert row("room_stay", room.stay)["freed"] is not None
    assert DatabaseStore().find("room_watch", visit_id=room.visit, ended=None)


def test_a_watch_that_a_nurse_released_stays_released(database: str) -> None:
    room = Evening()
    (watch,) = DatabaseStore().find("room_watch", visit_id=room.visit)
    done(places.release(room.tap(), watch_id=watch["id"]))
    room.at(10, lambda t: places.leave_house(t, visit=room.visit, how="well"))
    done(correction.come_back(room.tap(), visit=room.visit))
    assert row("room_watch", watch["id"])["ended_how"] == "released"


def test_whoever_gave_up_waiting_waits_again_from_when_they_came(database: str) -> None:
    room = Room(EVENING)
    visit = done(door.check_in(room.tap(override=True, reason="opened by the lead"), client=None)).thing
    came = row("room_visit", visit)["came"]
    done(door.give_up(room.tap(), visit=visit))
    done(correction.come_back(room.tap(), visit=visit))
    assert (row("room_visit", visit)["outcome"], row("room_visit", visit)["waiting"]) == ("waiting", came)


def test_nobody_comes_back_who_is_here_was_turned_away_or_left_on_another_day(database: str) -> None:
    room = Evening()
    assert refused(correction.come_back(room.tap(), visit=room.visit)).rule == "still_here"
    room.go()
    room.now += 24 * HOUR
    assert refused(correction.come_back(room.tap(), visit=room.visit)).rule == "another_day"
    away = done(door.turn_away(room.tap(), client=None, rule="room_full", offered=("equipment",))).thing
    assert refused(correction.come_back(room.tap(), visit=away)).rule == "turned_away"


def set_right(room: Evening) -> None:
    done(room.correct("consumption.started", room.said, "18:03"))
    room.go()
    done(correction.come_back(room.tap(), visit=room.visit))


def test_corrections_in_memory_give_the_same_rows(database: str) -> None:
    with chance_of(Random(1).randbytes):
        set_right(Evening())
    book = MemoryBook()
    with chance_of(Random(1).randbytes), kept_in(book):
        set_right(Evening())
    for table in ("room_visit", "room_stay", "room_watch", "room_consumption", "room_place", "room_correction"):
        stored = {r["id"]: {k: v for k, v in r.items() if k != "sealed"} for r in DatabaseStore().find(table)}
        kept = {i: {k: v for k, v in r.items() if k != "sealed"} for i, r in book.store.tables[table].items()}
        assert stored == kept
        assert stored
