"""Where fresh bytes come from: the system's own, or a seeded stream that a rehearsal owns."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_source: ContextVar[Callable[[int], bytes]] = ContextVar("source", default=os.urandom)


def fresh_bytes(count: int) -> bytes:
    """So many unpredictable bytes; inside `chance_of`, the bytes of that stream."""
    return _source.get()(count)


@contextmanager
def chance_of(source: Callable[[int], bytes]) -> Iterator[None]:
    """Inside, fresh bytes come from this source: how a rehearsal is repeated to the last hash."""
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)
