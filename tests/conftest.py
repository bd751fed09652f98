"""The two databases, both real: an encrypted file and a PostgreSQL server. Each test has its own copy."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_HOME = Path(tempfile.mkdtemp(prefix="fristed-tests-"))
(_HOME / "fristed.toml").write_text("")
os.environ["FRISTED_HOME"] = str(_HOME)
os.environ["FRISTED_KEY"] = "5a" * 32  # a key for tests only
os.environ["DJANGO_SETTINGS_MODULE"] = "fristed.house.settings"

import django  # noqa: E402  # settings must be named first

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from tests.support import databases  # noqa: E402


def pytest_sessionfinish() -> None:
    databases.stop()
    shutil.rmtree(_HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_template() -> Path:
    """An encrypted file with every table and trigger, copied for each test."""
    path = _HOME / "template.db"
    databases.use_sqlite(path)
    call_command("migrate", verbosity=0)
    connections["default"].close()
    return path


@pytest.fixture(scope="session")
def postgres_template() -> str:
    """A database on a real PostgreSQL server with every table and trigger, cloned for each test."""
    databases.use_postgres(databases.create_postgres("fristed_template", template="template0"))
    call_command("migrate", verbosity=0)
    connections["default"].close()
    return "fristed_template"


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Runs the test on both databases; its value is the database's name."""
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        databases.use_sqlite(Path(shutil.copy(template, tmp_path / "fristed.db")))
        yield "sqlite"
        connections["default"].close()
        return
    name = databases.create_postgres(
        f"test_{os.getpid()}_{next(databases.numbers)}", request.getfixturevalue("postgres_template")
    )
    databases.use_postgres(name)
    yield "postgres"
    connections["default"].close()
    databases.drop_postgres(name)
