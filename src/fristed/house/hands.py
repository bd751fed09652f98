"""The few threads in which Django works: a tap goes before a look, and no look waits for ever.

Fifty boards ask twice a second; a tap that queued behind all of them would be kept when they have been drawn.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from functools import partial
from itertools import count
from queue import PriorityQueue
from threading import Thread

LOOKS_WAIT = 0.25  # seconds by which a tap may come after a look and still be done before it

Work = Callable[[], None]

log = logging.getLogger(__name__)


class Hands:
    """So many threads, which take what is due first. Each does `ready` before it takes anything."""

    def __init__(self, threads: int, ready: Work) -> None:
        self._due: PriorityQueue[tuple[float, int, Work]] = PriorityQueue()
        self._came = count()
        for number in range(threads):
            Thread(target=self._take, args=(ready,), name=f"act-{number}", daemon=True).start()

    async def do(self, work: Work, *, tap: bool) -> None:
        """Has it done, and waits for that. Raises what the work raises."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()
        due = time.monotonic() + (0 if tap else LOOKS_WAIT)
        self._due.put((due, next(self._came), partial(_answer, loop, done, work)))
        await done

    def _take(self, ready: Work) -> None:
        try:
            ready()
        except Exception:
            log.exception("a thread was not made ready; it works all the same")
        while True:
            _, _, work = self._due.get()
            work()


def _answer(loop: asyncio.AbstractEventLoop, done: asyncio.Future[None], work: Work) -> None:
    try:
        work()
    except Exception as wrong:
        loop.call_soon_threadsafe(_settle, done, wrong)
    else:
        loop.call_soon_threadsafe(_settle, done, None)


def _settle(done: asyncio.Future[None], wrong: Exception | None) -> None:
    if done.cancelled():
        return
    if wrong is None:
        done.set_result(None)
    else:
        done.set_exception(wrong)
