"""Rules refuse what is about to happen, never the record of what has happened."""

from __future__ import annotations

import pytest

from fristed.ground.act import LEAD, MANAGER, NURSE, ROOM_WORKER, Objection, Refusal, Role, Tap, Verdict, settle

FULL = Objection("full", "The room is full.", override_by=LEAD)
SHUT = Objection("shut", "The room is shut.")
UNKNOWN = Objection("unknown_place", "There is no such place.", recordable=False)


def tap(role: Role = ROOM_WORKER, *, late: bool = False, override: bool = False, reason: str = "") -> Tap:
    return Tap("k" * 32, "s" * 32, 5, 6, role, late=late, override=override, reason=reason)


def test_without_objections_everything_is_kept_without_flags() -> None:
    assert settle(Verdict("t"), tap()) == ()


def test_what_is_about_to_happen_is_refused() -> None:
    outcome = settle(Verdict("t").but(SHUT, FULL), tap())
    assert isinstance(outcome, Refusal)
    assert (outcome.rule, outcome.may_override) == ("shut", False)


def test_what_has_happened_is_kept_with_every_objection_as_a_flag() -> None:
    assert settle(Verdict("t").but(SHUT, FULL), tap(late=True)) == ("shut", "full")


@pytest.mark.parametrize("late", [True, False])
@pytest.mark.parametrize("role", [MANAGER, ROOM_WORKER])
def test_what_makes_no_sense_even_as_a_record_is_refused(late: bool, role: Role) -> None:
    outcome = settle(Verdict("t").but(FULL, UNKNOWN), tap(role, late=late, override=True, reason="invented"))
    assert isinstance(outcome, Refusal)
    assert (outcome.rule, outcome.may_override) == ("unknown_place", False)


def test_an_override_needs_the_role_and_a_reason() -> None:
    verdict = Verdict("t").but(FULL)
    assert settle(verdict, tap(NURSE, override=True, reason="invented")) == ("full",)
    assert isinstance(settle(verdict, tap(ROOM_WORKER, override=True, reason="invented")), Refusal)
    refused = settle(verdict, tap(NURSE, override=True))
    assert isinstance(refused, Refusal)
    assert refused.may_override


def test_one_objection_that_nobody_may_override_is_enough() -> None:
    outcome = settle(Verdict("t").but(FULL, SHUT), tap(MANAGER, override=True, reason="invented"))
    assert isinstance(outcome, Refusal)
    assert not outcome.may_override


def test_nothing_objected_is_no_objection() -> None:
    assert Verdict("t").but(None, FULL, None).objections == (FULL,)
