"""The load: tablets that tap, boards that watch. Open loop (so many acts a second, whatever comes) and closed loop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.support.service import Service

from bench.client import Line
from bench.visits import Record, Visits, tap

BOARDS = 50
BOARD_EVERY = 0.6  # seconds between an answer and the next question: the board's own interval
TABLETS = 12  # visits under way at once, one line each


@dataclass
class Watched:
    """What the boards saw: milliseconds of each answer, how many were 304."""

    milliseconds: list[float] = field(default_factory=list)
    unchanged: int = 0
    wrong: int = 0


def line_of(service: Service, role: str = "nurse") -> Line:
    """A line to the floor with a worker's turn on it."""
    address = urlsplit(service.url)
    with service.client(role) as http:  # type: ignore[arg-type]  # a role by name
        cookies = {cookie.name: str(cookie.value) for cookie in http.cookies.jar}
    return Line("127.0.0.1", int(address.port or 80), cookies)


@asynccontextmanager
async def boards(service: Service, count: int = BOARDS) -> AsyncIterator[Watched]:
    """So many signed-in boards ask for changes as the page's script does."""
    seen, cookies = Watched(), line_of(service).cookies
    tasks = [asyncio.create_task(_watch(service, cookies, seen, n / count * BOARD_EVERY)) for n in range(count)]
    try:
        yield seen
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def open_loop(service: Service, a_second: float, seconds: float) -> Record:
    """Taps fall due at a steady pace; a late answer makes nothing later due. Delays count from when due."""
    record, visits = Record(), Visits(free_places(service))
    cookies = line_of(service).cookies
    clock = _Clock(a_second, seconds)
    await asyncio.gather(*(_tablet(service, cookies, visits, record, clock) for _ in range(TABLETS)))
    return record


async def closed_loop(service: Service, seconds: float) -> tuple[Record, float]:
    """Every tablet taps as soon as it is answered. Answers the record and the seconds it took."""
    started = time.perf_counter()
    record, visits = Record(), Visits(free_places(service))
    cookies = line_of(service).cookies
    clock = _Clock(None, seconds)
    await asyncio.gather(*(_tablet(service, cookies, visits, record, clock) for _ in range(TABLETS)))
    return record, time.perf_counter() - started


def free_places(service: Service) -> list[int]:
    """The numbers of the places that serve injecting."""
    return [place.number for place in service.cast.file.places if "inject" in place.routes]


class _Clock:
    """When the next tap falls due, for all tablets together; None as pace: at once."""

    def __init__(self, a_second: float | None, seconds: float) -> None:
        self._gap = None if a_second is None else 1 / a_second
        self._next = time.perf_counter()
        self._end = self._next + seconds

    @property
    def over(self) -> bool:
        return time.perf_counter() >= self._end

    async def due(self) -> float | None:
        """Waits until the next tap falls due; answers when that was."""
        if self._gap is None:
            return None
        due, self._next = self._next, self._next + self._gap
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        return due


async def _tablet(service: Service, cookies: dict[str, str], visits: Visits, record: Record, clock: _Clock) -> None:
    address = urlsplit(service.url)
    line = Line("127.0.0.1", int(address.port or 80), dict(cookies))

    async def next_tap(act: str, args: dict[str, Any]) -> str | None:
        return await tap(line, record, act, args, await clock.due())

    while not clock.over:
        async for _ in visits.one(next_tap):
            pass
    line.close()


async def _watch(service: Service, cookies: dict[str, str], seen: Watched, wait: float) -> None:
    line = Line("127.0.0.1", int(urlsplit(service.url).port or 80), dict(cookies))
    version = '""'
    await asyncio.sleep(wait)
    while True:
        started = time.perf_counter()
        answer = await line.get("/board/fragment/", if_none_match=version)
        seen.milliseconds.append((time.perf_counter() - started) * 1000)
        seen.unchanged += answer.status == 304
        seen.wrong += answer.status not in (200, 304)
        version = answer.headers.get("etag", version)
        await asyncio.sleep(BOARD_EVERY)
