"""What is due first is done first, and what goes wrong is told to whoever asked."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from functools import partial
from threading import Event
from typing import Any

import pytest

from fristed.house import hands
from fristed.house.hands import Hands
from tests.support.loops import alone


def wait_for(event: Event) -> None:
    assert event.wait(20)


def go_wrong() -> None:
    raise ZeroDivisionError


async def behind(first: Event, staff: Hands, *asked: Coroutine[Any, Any, None]) -> None:
    """Asks all of these while the only hand is busy with `first`."""
    busy = asyncio.create_task(staff.do(partial(wait_for, first), tap=False))
    await asyncio.sleep(0.05)
    waiting = [asyncio.create_task(one) for one in asked]
    await asyncio.sleep(0.05)
    first.set()
    await asyncio.gather(busy, *waiting)


def test_a_tap_goes_before_looks_that_came_earlier() -> None:
    done: list[str] = []
    staff, first = Hands(1, lambda: None), Event()
    looks = [staff.do(lambda n=n: done.append(f"look {n}"), tap=False) for n in range(3)]  # type: ignore[misc]  # n
    alone(behind(first, staff, *looks, staff.do(lambda: done.append("tap"), tap=True)))
    assert done == ["tap", "look 0", "look 1", "look 2"]


def test_a_look_that_has_waited_long_goes_before_a_tap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hands, "LOOKS_WAIT", 0)
    done: list[str] = []
    staff, first = Hands(1, lambda: None), Event()
    look, tap = staff.do(lambda: done.append("look"), tap=False), staff.do(lambda: done.append("tap"), tap=True)
    alone(behind(first, staff, look, tap))
    assert done == ["look", "tap"]


def test_what_goes_wrong_is_told_and_the_next_is_done() -> None:
    staff = Hands(1, lambda: None)
    done: list[str] = []

    async def asked() -> None:
        with pytest.raises(ZeroDivisionError):
            await staff.do(go_wrong, tap=True)
        await staff.do(lambda: done.append("next"), tap=True)

    alone(asked())
    assert done == ["next"]


def test_a_thread_that_could_not_be_made_ready_works_all_the_same() -> None:
    done: list[str] = []
    alone(Hands(1, go_wrong).do(lambda: done.append("done"), tap=True))
    assert done == ["done"]
