"""The rules of emergencies, alone: what they answer to any sequence of taps."""

from __future__ import annotations

import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fristed.ground.act import DEVICE, Put, Refusal, Tap, settle
from fristed.ground.moments import MINUTE, SECOND
from fristed.room.queries.protocols import examples
from fristed.room.rules import emergency as rules
from fristed.room.rules import emergency_end as ends
from fristed.room.rules.door import Visit
from fristed.room.rules.emergency import Deed, EmergencyNow, Hand, StepNow
from fristed.room.rules.observation import Measures, observe
from fristed.room.rules.protocol import next_check, parse_protocol, text_of
from fristed.room.rules.severity import AVPU, Measured, intervention_grade, worst
from fristed.room.rules.watch import WatchNow

A, B, C = "a" * 32, "b" * 32, "c" * 32
NOW = EmergencyNow(A, 1, "opioid", 0)
ROBIN = Visit(B, None, 0, "admitted")
KINDS = (
    "stimulate",
    "airway",
    "oxygen",
    "bag_mask",
    "naloxone",
    "cpr",
    "aed",
    "ambulance_called",
    "cooling",
    "anything",
)


def hand(at: int = 0, recorded: int | None = None, worker: str | None = None) -> Hand:
    return Hand(C, "2025-03-03", B, at, at if recorded is None else recorded, worker)


def a_device(late: bool = False) -> Tap:
    return Tap(B, C, 0, 0, DEVICE, late=late)


def rows(puts: tuple[Put, ...], table: str) -> list[Put]:
    return [put for put in puts if put.table == table]


@given(
    kind=st.text(max_size=80),
    product=st.text(max_size=100),
    micrograms=st.none() | st.integers(),
    late=st.booleans(),
    ended=st.none() | st.integers(0, 10),
    visit=st.none() | st.just(ROBIN),
)
def test_no_step_is_ever_refused_whatever_it_says_and_whenever_it_comes(
    kind: str, product: str, micrograms: int | None, late: bool, ended: int | None, visit: Visit | None
) -> None:
    now = EmergencyNow(A, None, "", 5, ended, visit)
    verdict = rules.step(hand(3), now, Deed(kind, product, "", micrograms), (), None)
    assert not isinstance(settle(verdict, a_device(late)), Refusal)
    assert len(rows(verdict.puts, "room_step")) == 1


@given(spot=st.text(max_size=60), place=st.none() | st.integers(), kind=st.text(max_size=60))
def test_no_call_for_help_is_ever_refused(spot: str, place: int | None, kind: str) -> None:
    verdict = rules.raise_emergency(hand(), spot, place, kind, None, (NOW,))
    assert not isinstance(settle(verdict, a_device()), Refusal)
    assert verdict.puts


@given(running=st.lists(st.tuples(st.integers(1, 3), st.sampled_from(("", "opioid", "staff_safety"))), max_size=5))
def test_a_call_joins_only_a_call_about_the_same_place_and_the_same_danger(running: list[tuple[int, str]]) -> None:
    others = tuple(EmergencyNow(f"{n:032x}", place, kind, 0) for n, (place, kind) in enumerate(running))
    verdict = rules.raise_emergency(hand(), "place", 1, "", None, others)
    same = [o for o in others if o.place == 1 and o.kind != "staff_safety"]
    assert verdict.thing == (same[0].id if same else B)
    assert bool(rows(verdict.puts, "room_emergency")) is not bool(same)


@given(gap=st.integers(0, 60), set_back=st.integers(0, 600))
def test_undo_is_free_for_ten_seconds_from_the_tap_however_far_it_was_set_back(gap: int, set_back: int) -> None:
    tap_made = 1000 * SECOND
    taken = StepNow(A, "cpr", tap_made - set_back * SECOND, tap_made)
    verdict = rules.undo(hand(tap_made + gap * SECOND), NOW, taken, (taken,), None)
    refusal = settle(verdict, a_device())
    assert isinstance(refusal, Refusal) is (gap > 10)
    if isinstance(refusal, Refusal):
        assert refusal.may_override


@given(kinds=st.lists(st.sampled_from(KINDS)))
def test_the_grade_is_that_of_the_most_that_was_done_in_any_order(kinds: list[str]) -> None:
    order = {"stimulate": 1, "airway": 2, "oxygen": 2, "bag_mask": 3, "naloxone": 4, "ambulance_called": 5}
    order |= {"cpr": 6, "aed": 6}
    assert intervention_grade(kinds) == max([order.get(k, 0) for k in kinds], default=0)
    assert intervention_grade(reversed(kinds)) == intervention_grade(kinds)
    assert intervention_grade(kinds, "died") == 7
    assert intervention_grade(kinds, "ambulance") >= 5


@given(
    seen=st.lists(
        st.builds(
            Measured,
            st.none() | st.integers(0, 40),
            st.none() | st.integers(0, 100),
            st.sampled_from(("", *AVPU)),
            st.none() | st.integers(3, 15),
        )
    )
)
def test_the_worst_is_of_each_measure_on_its_own_and_nothing_measured_stays_nothing(seen: list[Measured]) -> None:
    found = worst(seen)
    assert found.breaths == min((o.breaths for o in seen if o.breaths is not None), default=None)
    assert found.oxygen == min((o.oxygen for o in seen if o.oxygen is not None), default=None)
    assert found.gcs == min((o.gcs for o in seen if o.gcs is not None), default=None)
    assert all(not o.avpu or AVPU.index(o.avpu) <= AVPU.index(found.avpu) for o in seen)


@given(doses=st.lists(st.integers(0, 100), min_size=1), length=st.none() | st.integers(1, 200))
def test_the_watch_after_naloxone_always_counts_from_the_last_dose_and_unset_stays_unset(
    doses: list[int], length: int | None
) -> None:
    now, span = EmergencyNow(A, 1, "", 0, None, ROBIN), None if length is None else length * MINUTE
    watches: list[WatchNow] = []
    for minute in doses:
        tap = hand(minute * MINUTE)
        verdict = rules.step(tap, now, Deed("naloxone"), tuple(watches), span)
        (put,) = rows(verdict.puts, "room_watch")
        since, due = put.values["since"], put.values["due"]
        assert since == minute * MINUTE
        assert due == (None if span is None else minute * MINUTE + span)
        if put.new:
            watches = [WatchNow(put.id, "after_naloxone", minute * MINUTE, None)]
    assert len(watches) == 1


def test_every_place_where_the_person_may_be_is_an_exit_or_still_here() -> None:
    from fristed.room.rules.watch import EXITS

    assert {how for how in ends.EXITS.values() if how} <= set(EXITS)


def test_the_example_protocol_is_the_published_one_and_reminds_in_its_order() -> None:
    (sydney,) = examples()
    assert "800 µg IM" in sydney.prompts[1].say
    minutes = [prompt.after_seconds // 60 for prompt in sydney.prompts]
    assert minutes == [0, 5, 15]
    first = next_check(sydney, 0, [])
    assert first is not None
    assert first.at == 0
    second = next_check(sydney, 0, [("oxygen", 30 * SECOND)])
    assert second is not None
    assert second.at == 5 * MINUTE
    assert next_check(sydney, 0, [("oxygen", 0), ("observation", 5 * MINUTE)]) is None, "no naloxone, no second dose"
    third = next_check(sydney, 0, [("oxygen", 0), ("naloxone", 6 * MINUTE)])
    assert third is not None
    assert third.at == 15 * MINUTE


@given(taps=st.lists(st.tuples(st.sampled_from((*KINDS, "observation")), st.integers(0, 30 * MINUTE))))
def test_a_reminder_is_never_due_before_its_time_and_more_taps_never_bring_an_answered_one_back(
    taps: list[tuple[str, int]],
) -> None:
    (sydney,) = examples()
    due = next_check(sydney, 0, taps)
    assert due is None or due.at in {p.after_seconds * SECOND for p in sydney.prompts}
    answered = next_check(sydney, 0, [*taps, ("oxygen", 20 * MINUTE), ("observation", 20 * MINUTE)])
    assert answered is None


def test_a_protocol_is_the_same_after_it_was_signed_and_read_again() -> None:
    for example in examples():
        assert parse_protocol(text_of(example)) == example


@pytest.mark.parametrize("rule", [rules.step, rules.raise_emergency, rules.name_kind, rules.identify, ends.end])
def test_a_protocol_cannot_refuse_because_no_rule_of_help_is_given_one(rule: object) -> None:
    assert "protocol" not in inspect.signature(rule).parameters  # type: ignore[arg-type]  # a function


@given(oxygen=st.integers(-5, 120), gcs=st.integers(0, 20))
def test_only_a_measurement_that_cannot_be_is_objected_to(oxygen: int, gcs: int) -> None:
    verdict = observe(hand(), ROBIN, None, Measures(oxygen=oxygen, gcs=gcs))
    assert bool(verdict.objections) is not (0 <= oxygen <= 100 and 3 <= gcs <= 15)
