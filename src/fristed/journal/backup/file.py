"""An encrypted file as a second database beside the one that serves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connections

from fristed.ground import seal

ALIAS = "backup"


def file_key() -> str:
    """The key of every encrypted file of this service, in hex."""
    return seal.derive(settings.SERVICE_KEY, "database").hex()


@contextmanager
def encrypted_file(path: Path) -> Iterator[str]:
    """Inside, Django knows this file by the alias that is answered."""
    options = {"key": file_key(), "transaction_mode": "IMMEDIATE"}
    configured = {"ENGINE": "fristed.ground.sqlcipher", "NAME": str(path), "OPTIONS": options}
    known = connections.configure_settings({"default": {}, ALIAS: configured})
    connections.settings[ALIAS] = known[ALIAS]
    try:
        yield ALIAS
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.settings[ALIAS]
