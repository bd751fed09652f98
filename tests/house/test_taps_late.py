"""Taps made without a network arrive under the name of who made them, at their own time, and are never rejected."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings

from fristed.ground.act import CARE, DEVICE, MANAGER, Role
from fristed.ground.ids import derived_id, new_id
from fristed.ground.moments import HOUR, MINUTE, SECOND, now
from fristed.house import tickets
from fristed.house.late import ticket_for
from fristed.journal.entry import parse
from fristed.journal.frame import ACTS
from fristed.journal.models import Entry
from fristed.room.acts.places import lay_out
from fristed.room.acts.unplaced import settle_unplaced
from fristed.room.models import Emergency, Stay, Unplaced, Visit
from fristed.room.queries.unplaced import unplaced
from fristed.room.templatetags.board import wall
from tests.support.cast import done, refused, site_file
from tests.support.service import Cast, make_cast
from tests.support.tapping import answers, milliseconds, open_site, tap


@pytest.fixture
def cast(database: str) -> Cast:
    return open_site()


def pocketed(cast: Cast, act: str, role: Role = "nurse", **changes: Any) -> dict[str, Any]:
    """A tap out of a tablet's pocket, made by someone with this role."""
    return tap(act, pocketed=True, ticket=ticket_for(cast.who(role), now()), **changes)


def arrival(cast: Cast) -> dict[str, Any]:
    return pocketed(cast, "room.check_in", args={"client": None, "purpose": "consume", "call_word": "Robin"})


def test_two_tablets_that_seated_one_place_leave_a_contested_stay(cast: Cast) -> None:
    done(lay_out(cast.tap(MANAGER)))
    visits = [arrival(cast), arrival(cast)]
    seats = [pocketed(cast, "room.seat", args={"visit": v["key"], "place": 1}) for v in visits]
    found = answers(cast.who("nurse"), *visits, *seats)
    assert all(answer["ok"] for answer in found)
    assert "place_taken" in found[3]["flags"]
    contested = [Stay.objects.get(id=seat["key"]).contested is not None for seat in seats]
    assert contested == [False, True]


def test_a_tap_about_something_unknown_is_kept_for_a_person_to_settle(cast: Cast) -> None:
    visit = new_id()
    sent = pocketed(cast, "room.seat", args={"visit": visit, "place": 1})
    (answer,) = answers(cast.who("nurse"), sent)
    assert (answer["ok"], answer["flags"]) == (True, ["unplaced"])
    (waiting,) = unplaced(cast.site)
    assert (waiting.act, waiting.why, waiting.asked) == ("room.seat", "unknown_visit", {"visit": visit, "place": 1})
    done(settle_unplaced(cast.tap("nurse"), unplaced=waiting.id, how="dropped"))
    assert unplaced(cast.site) == ()
    assert refused(settle_unplaced(cast.tap("nurse"), unplaced=waiting.id, how="dropped")).rule == "already_settled"


@pytest.mark.parametrize(
    ("act", "args", "why"),
    [
        ("room.no_such_act", {"text": "a\0b"}, "unknown_act"),
        ("room.seat", {"place": "the sofa"}, "misread"),
        ("room.declare", {}, "misread"),
    ],
)
def test_nothing_that_a_tablet_kept_is_rejected(cast: Cast, act: str, args: dict[str, Any], why: str) -> None:
    (answer,) = answers(cast.who("nurse"), pocketed(cast, act, args=args))
    assert answer["ok"]
    assert [(row.act, row.why) for row in Unplaced.objects.all()] == [(act, why)]


def test_an_unplaced_tap_that_comes_again_stays_one(cast: Cast) -> None:
    sent = pocketed(cast, "room.seat", args={"visit": new_id(), "place": 1})
    first, second = (answers(cast.who("nurse"), sent)[0] for _ in range(2))
    assert second == first | {"repeated": True}
    assert Unplaced.objects.count() == 1


def test_a_role_that_may_not_has_its_late_tap_kept_for_a_person(cast: Cast) -> None:
    (answer,) = answers(
        cast.who("nurse"), pocketed(cast, "room.close_place", "reception", args={"place": 1, "reason": "x"})
    )
    assert answer["flags"] == ["unplaced"]
    row = Unplaced.objects.get()
    assert (row.why, row.role) == ("permission", "reception")
    assert "reception" not in CARE


@pytest.mark.parametrize("here", ["device", "manager"])
def test_late_taps_carry_who_made_them_although_the_turn_is_over(cast: Cast, here: Role) -> None:
    cast.workers["nurse"] = new_id()
    sent = pocketed(cast, "room.check_in", args={"client": None, "purpose": "service"})
    (answer,) = answers(cast.who(here), sent)
    assert answer["ok"]
    entry = parse(Entry.objects.get(key=sent["key"]).text)
    assert (entry.worker, entry.role, entry.device, entry.late) == (cast.workers["nurse"], "nurse", cast.device, True)


def test_a_ticket_that_is_too_old_or_for_the_bell_names_nobody(cast: Cast) -> None:
    key, at = settings.SERVICE_KEY, now()
    ticket = tickets.Ticket(at - 25 * HOUR, cast.site, "nurse")
    assert tickets.read(key, tickets.TAPS, tickets.issue(key, tickets.TAPS, ticket), at) is None
    assert tickets.read(key, tickets.TAPS, tickets.issue(key, tickets.BELL, ticket), at - 25 * HOUR) is None
    assert tickets.read(key, tickets.TAPS, "not a ticket", at) is None
    assert tickets.read(key, tickets.TAPS, tickets.issue(key, tickets.TAPS, ticket), at - 25 * HOUR) == ticket


def test_a_ticket_that_has_left_its_tablet_opens_nothing(cast: Cast) -> None:
    sent = pocketed(cast, "room.check_in", args={"client": None, "purpose": "service"})
    (answer,) = answers(None, sent)
    assert (answer["ok"], answer["rule"]) == (False, "sign_in"), "it waits on the tablet"
    (elsewhere,) = answers(replace(cast.who("device"), device=new_id()), sent)
    assert elsewhere["flags"] == ["unplaced"]
    row = Unplaced.objects.get()
    assert (row.act, row.why, row.role, row.worker) == ("room.check_in", "ticket", "device", None)
    assert not Visit.objects.exists()


def test_a_ticket_of_someone_at_no_tablet_is_shown_by_that_person_only(cast: Cast) -> None:
    cast.workers |= {"nurse": new_id(), "manager": new_id()}
    nurse, manager = (replace(cast.who(role), device=None) for role in ("nurse", "manager"))
    sent = tap("room.check_in", pocketed=True, ticket=ticket_for(nurse, now()))
    sent["args"] = {"client": None, "purpose": "service"}
    assert answers(manager, sent)[0]["flags"] == ["unplaced"]
    assert answers(nurse, sent | {"key": new_id()})[0]["flags"] == []


@pytest.mark.parametrize(
    ("act", "args"),
    [
        ("people.erase", {"client": "0" * 32, "why": "x"}),
        ("staff.change_role", {"worker": "0" * 32, "role": "administrator"}),
        ("staff.retire_device", {"device": "0" * 32}),
        ("staff.end_post", {"worker": "0" * 32}),
        ("room.erase_visit", {"visit": "0" * 32}),
    ],
)
def test_an_act_of_power_is_never_done_from_a_pocket_but_waits_for_a_person(
    cast: Cast, act: str, args: dict[str, Any]
) -> None:
    (answer,) = answers(cast.who("device"), pocketed(cast, act, "manager", args=args))
    assert answer["flags"] == ["unplaced"]
    assert [(row.act, row.why) for row in Unplaced.objects.all()] == [(act, "not_late")]


def test_what_gives_power_is_never_late_and_what_the_floor_needs_always_may_be() -> None:
    assert all(not act.may_be_late for act in ACTS.values() if act.signed_in or act.own_page or act.founding)
    floor = {name: act for name, act in ACTS.items() if DEVICE in act.roles and not act.own_page}
    assert all(act.may_be_late for act in floor.values()), "an emergency is kept whenever it arrives"
    kept = {"people.merge", "people.unmerge", "people.keep_identity", "room.lay_out", "room.sign_protocol"}
    assert not any(ACTS[name].may_be_late for name in kept)


@pytest.mark.parametrize("held", ["ended", "other_role"])
def test_a_tap_made_after_its_post_ended_or_changed_waits_for_a_person_and_an_emergency_is_kept(
    database: str, held: str
) -> None:
    cast = make_cast(site_file())
    tickets = {"pocketed": True, "ticket": ticket_for(cast.who("nurse"), now())}
    before = tap("room.check_in", args={"client": None, "purpose": "service"}, **tickets)
    before["at"] -= 5000
    if held == "ended":
        done(ACTS["staff.end_post"](cast.tap(MANAGER), worker=cast.workers["nurse"]))
    else:
        done(ACTS["staff.change_role"](cast.tap(MANAGER), worker=cast.workers["nurse"], role="reception"))
    after = tap("room.check_in", args={"client": None, "purpose": "service"}, **tickets)
    alarm = tap("room.raise_emergency", args={"spot": "toilet"}, **tickets)
    here = cast.who("device")
    assert answers(here, before)[0]["flags"] == ([] if held == "ended" else ["unplaced"])
    assert answers(here, after)[0]["flags"] == ["unplaced"]
    assert answers(here, alarm)[0]["ok"]
    assert parse(Entry.objects.get(key=alarm["key"]).text).role == "device"


def test_a_tap_that_was_kept_before_gets_its_first_answer_although_its_ticket_no_longer_holds(cast: Cast) -> None:
    sent = pocketed(cast, "room.check_in", args={"client": None, "purpose": "service"})
    first = answers(cast.who("device"), sent)[0]
    moved = replace(cast.who("device"), device=new_id())
    assert answers(moved, sent)[0] == first | {"repeated": True}
    assert not Unplaced.objects.exists()


def test_the_call_screen_keeps_nothing(cast: Cast) -> None:
    screen = cast.who("call_screen")
    asked = {"act": "x", "args": "{}", "why": "x"}
    for sent in (tap("room.keep_unplaced", args=asked), pocketed(cast, "room.keep_unplaced", args=asked)):
        assert not answers(screen, sent)[0]["ok"]
    assert not answers(cast.who("manager"), tap("room.keep_unplaced", args=asked))[0]["ok"]
    assert not Unplaced.objects.exists()


@pytest.mark.parametrize("at", [-62_135_596_800_000, 0, -(2**62), 2**62])
@pytest.mark.parametrize("act", ["room.no_such_act", "room.check_in"])
def test_a_late_tap_with_an_impossible_time_is_dated_now_and_the_board_is_drawn(cast: Cast, act: str, at: int) -> None:
    sent = pocketed(cast, act, args={"client": None, "purpose": "service"}) | {"at": at}
    (answer,) = answers(cast.who("nurse"), sent)
    assert answer["ok"]
    assert {"clock_far", "clock_ahead"} & set(answer["flags"])
    entry = parse(Entry.objects.latest("seq").text)
    assert 0 <= entry.recorded - entry.happened < 2 * SECOND
    assert all(wall(waiting.at, "Europe/London") for waiting in unplaced(cast.site))


def test_late_taps_of_nobody_known_wait_on_the_tablet(cast: Cast) -> None:
    (answer,) = answers(None, tap("room.check_in", pocketed=True, args={"client": None, "purpose": "service"}))
    assert (answer["ok"], answer["rule"]) == (False, "sign_in")


def test_a_ticket_opens_nothing_for_a_tap_that_is_not_late(cast: Cast) -> None:
    sent = pocketed(cast, "room.check_in", args={"client": None}) | {"pocketed": False}
    (answer,) = answers(None, sent)
    assert answer["rule"] == "sign_in"


def test_taps_keep_their_own_times_although_the_tablets_clock_is_seven_minutes_wrong(cast: Cast) -> None:
    wrong, at = 7 * 60_000, milliseconds()
    made = [at - minutes * 60_000 for minutes in (10, 6, 2)]
    sent = [arrival(cast) | {"at": moment + wrong} for moment in made]
    answers(cast.who("nurse"), *sent, sent=at + wrong)
    kept = [Entry.objects.get(key=s["key"]).happened // 1000 for s in sent]
    assert all(abs(k - moment) < 2000 for k, moment in zip(kept, made, strict=True))


def test_a_tap_from_the_future_is_dated_now_and_says_so(cast: Cast) -> None:
    sent = tap("room.check_in", args={"client": None, "purpose": "service"}) | {"at": milliseconds() + 60_000}
    (answer,) = answers(cast.who("nurse"), sent)
    assert answer["flags"] == ["clock_ahead"]
    entry = Entry.objects.get(key=sent["key"])
    assert 0 <= entry.recorded - entry.happened < 2 * SECOND


def test_a_tap_set_back_has_happened_and_is_kept(cast: Cast) -> None:
    sent = tap("room.check_in", args={"client": None, "purpose": "service"}, late=True) | {
        "at": milliseconds() - 5 * 60_000
    }
    answers(cast.who("nurse"), sent)
    entry = Entry.objects.get(key=sent["key"])
    assert abs(entry.recorded - entry.happened - 5 * MINUTE) < 2 * SECOND


def test_an_enrolled_device_raises_an_emergency_with_nobody_signed_in_or_the_wrong_person(cast: Cast) -> None:
    for role in ("device", "auditor"):
        (answer,) = answers(cast.who(role), tap("room.raise_emergency", args={"spot": "toilet"}))
        assert answer["ok"], answer
    roles = [parse(e.text).role for e in Entry.objects.filter(act="room.raise_emergency")]
    assert roles == ["device", "device"]
    assert Emergency.objects.exists()


def test_an_unplaced_tap_has_a_key_of_its_own(cast: Cast) -> None:
    sent = pocketed(cast, "room.seat", args={"visit": new_id(), "place": 1})
    (answer,) = answers(cast.who("nurse"), sent)
    assert answer["thing"] == derived_id(sent["key"], "unplaced") != sent["key"]
