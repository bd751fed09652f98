"""Whole visits over HTTP, tap by tap, as the floor's tablets make them; one in a hundred with an emergency."""

from __future__ import annotations

import itertools
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from bench.client import Line
from fristed.ground.ids import Id, new_id

EMERGENCY_EVERY = 100
STEPS = ("stimulate", "airway", "oxygen", "bag_mask", "naloxone", "ambulance_called")

Said = tuple[str, dict[str, Any]]


@dataclass
class Record:
    """What became of every tap: act, milliseconds, kept or refused. The load's own log of acknowledged keys."""

    taps: list[tuple[str, float]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    keys: list[Id] = field(default_factory=list)
    repeated: int = 0

    def milliseconds(self, act: str = "") -> list[float]:
        """The delays of one act, or of all."""
        return [taken for name, taken in self.taps if act in ("", name)]


async def tap(line: Line, record: Record, act: str, args: dict[str, Any], due: float | None = None) -> Id | None:
    """One tap; its delay counts from when it was due. Answers the thing, or None when it was refused."""
    key, started = new_id(), time.perf_counter() if due is None else due
    at = time.time_ns() // 1_000_000
    body = {"now": at, "taps": [{"act": act, "args": args, "key": key, "at": at}]}
    answer = await line.post("/taps", body, fristed_tap="1")
    taken = (time.perf_counter() - started) * 1000
    answers = msgspec.json.decode(answer.body)["answers"] if answer.status == 200 else []
    if not answers or not answers[0]["ok"]:
        record.refused.append((act, answers[0]["sentence"] if answers else f"HTTP {answer.status}"))
        return None
    record.taps.append((act, taken))
    record.keys.append(key)
    record.repeated += bool(answers[0]["repeated"])
    return str(answers[0]["thing"])


class Visits:
    """Makes visits, each in a place of its own, so that no tap is refused for want of one."""

    def __init__(self, places: list[int]) -> None:
        self._free = list(places)
        self._numbers = itertools.count(1)

    async def one(self, next_tap: Callable[[str, dict[str, Any]], Any]) -> AsyncIterator[None]:
        """Lives one visit; yields after every tap. Waits for no clock."""
        number, place = next(self._numbers), self._free.pop()
        visit = await next_tap("room.check_in", {"client": None, "route": "inject", "call_word": f"Bird {number}"})
        yield
        said = {"visit": visit, "substances": ["heroin"], "route": "inject", "depressants": "no", "tolerance": "no"}
        consumption = await next_tap("room.declare", said)
        yield
        stay = await next_tap("room.seat", {"visit": visit, "place": place})
        yield
        await next_tap("room.use", {"consumption": consumption})
        yield
        if number % EMERGENCY_EVERY == 0:
            async for _ in self._emergency(next_tap, place):
                yield
        await next_tap("room.leave_place", {"stay": stay})
        yield
        await next_tap("room.clean", {"place": place})
        yield
        self._free.append(place)
        await next_tap("room.leave_house", {"visit": visit, "how": "against_advice"})
        yield

    async def _emergency(self, next_tap: Callable[[str, dict[str, Any]], Any], place: int) -> AsyncIterator[None]:
        emergency = await next_tap("room.raise_emergency", {"spot": "place", "place": place})
        yield
        for step in STEPS:
            dose = {"product": "Naloxone", "route": "IM", "micrograms": 400} if step == "naloxone" else {}
            await next_tap("room.step", {"emergency": emergency, "kind": step} | dose)
            yield
        await next_tap("room.end_emergency", {"emergency": emergency, "person_now": "place"})
        yield
        await next_tap("room.debrief", {"emergency": emergency, "outcome": "recovered"})
        yield
