"""A loop of its own for what must be awaited: browser tests have one in the test's thread."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def alone(asked: Coroutine[Any, Any, None]) -> None:
    """Runs it to its end in a thread of its own. Raises what it raises."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, asked).result()
