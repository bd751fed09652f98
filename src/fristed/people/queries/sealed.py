"""Personal content of several rows at once: one query for the keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fristed.ground.ids import Id
from fristed.ground.store import DatabaseStore, opened_each


def opened_all(rows: Iterable[tuple[Id, str]]) -> list[dict[str, Any]]:
    """The content of (subject, sealed) pairs, in order; empty where nothing was sealed or the person was erased."""
    return opened_each(DatabaseStore(), rows)
