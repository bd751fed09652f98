"""Opens a service for a command: its settings, its key, Django. One command at a time writes."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from fristed.house import service_key
from fristed.house.configuration import ConfigurationError, Service, read_service

LOCK = "fristed.lock"
PRIVATE = ("fristed.toml", "fristed.db", "fristed.db-wal", "fristed.db-shm", "destroyed.keys")


def open_service(home: Path) -> Service:
    """Reads the settings, obtains the key (asking if need be) and sets Django up. Raises ConfigurationError."""
    service = read_service(home)
    set_up(service, service_key.obtain(service))
    for path in map(service.path, PRIVATE):
        with suppress(FileNotFoundError, PermissionError):  # an earlier version let others on the machine read it
            path.chmod(0o600)
    return service


def set_up(service: Service, key: bytes) -> None:
    """Sets Django up for this service and key. The key leaves the environment again at once."""
    os.environ["FRISTED_HOME"] = service.home
    os.environ[service_key.ENVIRONMENT] = key.hex()
    os.environ["DJANGO_SETTINGS_MODULE"] = "fristed.house.settings"
    import django

    django.setup()
    del os.environ[service_key.ENVIRONMENT]


@contextmanager
def only_writer(service: Service) -> Iterator[None]:
    """Holds the service's lock: one running service, or one writing command. Raises ConfigurationError."""
    with service.path(LOCK).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ConfigurationError(
                f"{service.home}: another 'fristed' is running on this service. End that one first."
            ) from error
        yield
