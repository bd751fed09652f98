"""Writers in processes of their own, beside the test's."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress

from django.db import connections


def forked(deed: Callable[[], bool]) -> int:
    """Starts a process that does this and ends, with 0 if it answered true; its id."""
    connections["default"].close()
    child = os.fork()
    if child:
        return child
    try:
        _forget_connections()
        ok = deed()
    except BaseException:
        ok = False
    os._exit(0 if ok else 1)


def _forget_connections() -> None:
    """The next query opens the database that the settings name.

    Django keeps connections beside a browser's loop apart from others. A forked process has no loop, so it would find
    the connection from before the browser: to the database of an earlier test.
    """
    with suppress(AttributeError):
        del connections["default"]
