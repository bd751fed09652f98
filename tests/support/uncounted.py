"""For lives of hundreds of thousands of acts: coverage's count of lines doubles their time and adds no line to it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncounted() -> Iterator[None]:
    """Inside, coverage counts no lines; small tests count the same ones."""
    trace = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(trace)
