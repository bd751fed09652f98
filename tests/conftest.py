"""The two databases, both real: an encrypted file and a PostgreSQL server. Each test has its own copy."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests.support import memory

hypothesis.settings.register_profile("untimed", deadline=None)  # how fast is for the bench to say, not for a test
hypothesis.settings.load_profile("untimed")

tempfile.tempdir = memory.folder()
_HOME = Path(tempfile.mkdtemp(prefix="fristed-tests-"))
(_HOME / "fristed.toml").write_text("")
os.environ["FRISTED_HOME"] = str(_HOME)
os.environ["FRISTED_KEY"] = "5a" * 32  # a key for tests only
os.environ["DJANGO_SETTINGS_MODULE"] = "fristed.house.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # browser tests run a loop beside the test's own database reads

import django  # noqa: E402  # settings must be named first

django.setup()

from django.conf import settings  # noqa: E402  # after Django's setup
from django.core.management import call_command  # noqa: E402  # after Django's setup
from django.db import connections  # noqa: E402  # after Django's setup
from django.utils import translation  # noqa: E402  # after Django's setup

settings.ALLOWED_HOSTS.append("testserver")  # the name by which Django's own test client asks

from tests.support import counts, databases, network  # noqa: E402  # after Django's setup
from tests.support.service import service  # noqa: E402, F401  # a fixture, for every test

network.stay_here()


def pytest_sessionfinish() -> None:
    databases.stop()
    shutil.rmtree(_HOME, ignore_errors=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says how many tests ran on each database, and names those that ran on one only."""
    ran = {report.nodeid for kind in ("passed", "failed") for report in terminalreporter.getreports(kind)}
    numbers = counts.per_database(ran)
    terminalreporter.write_line(f"on SQLite: {numbers['sqlite']} tests, on PostgreSQL: {numbers['postgres']} tests")
    for id in counts.uneven(ran):
        terminalreporter.write_line(f"ran on one database only: {id}", red=True)
    for name, why in counts.ON_ONE_ONLY.items():
        terminalreporter.write_line(f"on one database by nature: {name}: {why}")


@pytest.fixture(autouse=True)
def english() -> None:
    """Every test begins in English: a page opened by the test before leaves its language behind in this thread."""
    translation.activate("en")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The system's Chromium, kept on this machine."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert found, "the browser tests need Chromium; tools/chromium.py installs it"
    return {"executable_path": found, "args": network.BROWSER_ARGUMENTS}


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
