"""The log: what failed and where in the code, never what was in it. A message may hold a name; so none is kept."""

from __future__ import annotations

import logging
import traceback
from typing import Any


class Silent(logging.Formatter):
    """One line per failure: level, logger, kind of error, and the lines of code that led there."""

    def format(self, record: logging.LogRecord) -> str:
        said = f"{self.formatTime(record)} {record.levelname} {record.name}"
        if record.exc_info is None or record.exc_info[0] is None:
            return f"{said} {record.pathname}:{record.lineno}"
        kind, _, where = record.exc_info
        steps = (f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(where))
        return f"{said} {kind.__module__}.{kind.__qualname__}\n  " + "\n  ".join(steps)


def configure(_: dict[str, Any]) -> None:
    """Errors go to the standard error stream, without their messages. Called by Django at its start, and again in
    each part after the web server has set its own log.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(Silent())
    root = logging.getLogger()
    root.handlers = [handler, *(h for h in root.handlers if not isinstance(h.formatter, Silent))]
    logging.getLogger("django").setLevel(logging.ERROR)
    for name in ("_granian", "django", "django.server"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
