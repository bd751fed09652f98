"""As whom this process speaks to the database: as the service does, only reading, or as the owner of the tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connections
from msgspec.structs import replace

from fristed.house.configuration import Service, databases


def only_reading(service: Service) -> None:
    """From here on this process reads and cannot write, not even by mistake."""
    _use(databases(service, settings.SERVICE_KEY, read_only=True))


@contextmanager
def as_owner(service: Service, owner: str) -> Iterator[None]:
    """Inside, this process is the role that owns the tables on PostgreSQL. Without an owner, all stays as it is."""
    if not owner:
        yield
        return
    _use(databases(replace(service, database=owner), settings.SERVICE_KEY))
    try:
        yield
    finally:
        _use(databases(service, settings.SERVICE_KEY))


def _use(configured: dict[str, Any]) -> None:
    connections["default"].close()
    del connections["default"]
    connections.settings = connections.configure_settings(configured)  # as Django's own tests do
