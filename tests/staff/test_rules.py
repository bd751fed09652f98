"""The rules of posts, PINs and turns."""

from __future__ import annotations

import pytest

from fristed.ground.moments import HOUR, MINUTE, SECOND
from fristed.staff.rules import idle_or_over, own_account, own_post, wait_after, weak_pin


def test_a_pin_rests_after_the_allowed_failures_and_twice_as_long_after_each_more_up_to_an_hour() -> None:
    waits = [wait_after(failures, allowed=5, first_seconds=60) for failures in range(1, 13)]
    assert waits[:4] == [0, 0, 0, 0]
    assert waits[4:10] == [MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE, 16 * MINUTE, 32 * MINUTE]
    assert waits[10:] == [HOUR, HOUR]
    assert wait_after(10_000, 5, 60) == HOUR


@pytest.mark.parametrize(("seen", "over"), [(0, False), (9, False), (10, True), (11, True)])
def test_a_turn_ends_when_nobody_does_anything(seen: int, over: bool) -> None:
    assert idle_or_over(now=seen * MINUTE, began=0, seen=0, idle=10 * MINUTE, total=HOUR) is over


def test_a_turn_ends_after_its_length_even_when_busy() -> None:
    assert not idle_or_over(HOUR - SECOND, began=0, seen=HOUR - 2 * SECOND, idle=10 * MINUTE, total=HOUR)
    assert idle_or_over(HOUR, began=0, seen=HOUR - SECOND, idle=10 * MINUTE, total=HOUR)


@pytest.mark.parametrize("pin", ["", "12345", "111111", "123456", "987654", "12a456", "١٢٣٤٥٦"])
def test_a_pin_that_is_short_or_easily_guessed_is_not_taken(pin: str) -> None:
    assert weak_pin(pin, digits=6)


def test_an_ordinary_pin_is_taken() -> None:
    assert weak_pin("271828", digits=6) == ""


def test_nobody_changes_their_own_post() -> None:
    assert own_post("a", "a") is not None
    assert own_post("a", "b") is None


def test_a_worker_with_no_sign_in_of_their_own_is_nobody_s_own() -> None:
    assert own_account(None, None) is None
    assert own_account(1, 2) is None
    assert own_account(1, 1) is not None
