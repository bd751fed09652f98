"""Personal content of several rows at once: one query for the keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fristed.ground import seal
from fristed.ground.ids import Id
from fristed.ground.keyring import DatabaseKeyring


def opened_all(rows: Iterable[tuple[Id, str]]) -> list[dict[str, Any]]:
    """The content of (subject, sealed) pairs, in order; empty where nothing was sealed or the person was erased."""
    pairs = list(rows)
    keys = DatabaseKeyring().keys(subject for subject, sealed in pairs if sealed)
    return [_opened(keys.get(subject), subject, sealed) for subject, sealed in pairs]


def _opened(key: bytes | None, subject: Id, sealed: str) -> dict[str, Any]:
    try:
        return seal.unseal(key, subject, sealed)
    except seal.Unreadable:
        return {}
