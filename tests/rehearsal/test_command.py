"""`fristed rehearse` and `fristed report`, as one types them. A rehearsal makes its own encrypted file."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from django.db import connection

from fristed.ground.models import Site
from fristed.house.configuration import ConfigurationError, Service
from fristed.house.emptying import empty
from fristed.house.founding import settings_text
from fristed.house.pace import Pace, pace_of
from tests.support import databases
from tests.support.cast import Room, a_monday_evening, site_file
from tests.support.service import COMMAND, free_port

YEAR = ("--from", "2025-01-01", "--to", "2035-12-31")


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *words], capture_output=True, text=True, timeout=120, env=own())


def own() -> dict[str, str]:
    """The environment of someone who just types a command."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("FRISTED_", "DJANGO_"))}


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def home(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A rehearsal with two days of history, ended on the day of the first published numbers."""
    made = tmp_path_factory.mktemp("rehearsals") / "thistle"
    days = ("--from", "2025-01-13", "--days", "2", "--speed", "0")
    with own_database(request.param) as where:
        answer = run("rehearse", "thistle-2025", "--home", str(made), *days, *where)
        assert answer.returncode == 0, answer.stderr
        assert "Invented people only" in answer.stdout
        assert "nurse" in answer.stdout
        yield made


@contextmanager
def own_database(kind: str) -> Iterator[tuple[str, ...]]:
    """The options that give a rehearsal a database of its own."""
    if kind == "sqlite":
        yield ()
        return
    name = databases.create_postgres(f"rehearsal_{os.getpid()}_{next(databases.numbers)}", "template0")
    yield "--database", databases.address(name)
    databases.drop_postgres(name)


def test_a_report_is_printed_with_its_definitions(home: Path) -> None:
    answer = run("report", "thistle", str(home), "--from", "2025-01-13", "--to", "2025-01-14")
    assert answer.returncode == 0, answer.stderr
    assert re.search(r"^ *2025-01 +\d+ +\d+ +\d+ +[\d.]+ ", answer.stdout, re.MULTILINE)
    assert "Months are not added up" in " ".join(answer.stdout.split())
    assert "Glasgow City HSCP" in answer.stdout


def test_a_report_of_days_without_visits_says_which_days_there_are(home: Path) -> None:
    answer = run("report", "thistle", str(home), "--from", "2024-01-01", "--to", "2024-01-31")
    assert answer.returncode == 0, answer.stderr
    assert "Nobody came on these days. Visits are recorded from 2025-01-13 to 2025-01-14." in answer.stdout


def test_a_report_as_json_beside_what_was_published_says_where_it_disagrees(home: Path) -> None:
    asked = ("report", "thistle", str(home), "--from", "2025-01-13", "--to", "2025-01-31", "--against", "thistle-2025")
    answer = run(*asked, "--json")
    assert answer.returncode == 1, "two days of nineteen are not the month"
    table = json.loads(answer.stdout)
    assert table["months"][0]["month"] == "2025-01"
    assert table["accesses"] == table["months"][0]["accesses"] > 10
    accesses = next(c for c in table["against"] if c["column"] == "accesses")
    assert accesses["published"] == 336
    assert accesses["lived"] < accesses["low"]
    assert "Disagrees: accesses 2025-01" in run(*asked).stdout


def test_a_report_as_csv_is_nothing_but_the_file(home: Path) -> None:
    answer = run("report", "thistle", str(home), "--from", "2025-01-13", "--to", "2025-01-31", "--csv")
    assert answer.returncode == 0, answer.stderr
    (month, everything) = csv.DictReader(answer.stdout.splitlines())
    assert (month["month"], everything["month"]) == ("2025-01", "all")
    assert int(month["accesses"]) == int(everything["accesses"]) > 10


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--from", "2025-02-01", "--to", "2025-01-01"), "Swap them"),
        ((*YEAR, "--site", "elsewhere"), "the sites of this service are: thistle-2025"),
        ((*YEAR, "--against", "nowhere"), "there is no such room"),
        (("--from", "2024-01-01", "--to", "2024-01-31", "--against", "thistle-2025"), "has no published figures"),
        ((*YEAR, "--against", "insite"), "has no published figures"),
        ((*YEAR, "--json", "--csv"), "only one of them"),
    ],
)
def test_a_wrong_option_of_a_report_is_answered_in_a_sentence(
    home: Path, words: tuple[str, ...], sentence: str
) -> None:
    answer = run("report", "thistle", str(home), *words)
    assert answer.returncode == 2
    assert sentence in answer.stderr.replace("\n", " ")


def test_a_rehearsal_never_opens_a_real_service_and_a_room_keeps_its_folder(home: Path, tmp_path: Path) -> None:
    (tmp_path / "fristed.toml").write_text(settings_text(Service()))
    for words in (("--home", str(tmp_path)), ("--home", str(tmp_path), "--fresh")):
        answer = run("rehearse", "thistle", *words, "--speed", "0")
        assert answer.returncode == 2
        assert "not a rehearsal" in answer.stderr.replace("\n", " ")
    assert (tmp_path / "fristed.toml").exists()
    assert "a rehearsal of thistle-2025" in run("rehearse", "insite", "--home", str(home)).stderr.replace("\n", " ")
    assert "no such room" in run("rehearse", "nowhere", "--home", str(tmp_path / "new")).stderr
    assert not (tmp_path / "new").exists()


@pytest.fixture(params=["sqlite", "postgres"])
def where(request: pytest.FixtureRequest) -> Iterator[tuple[str, ...]]:
    """The options of a rehearsal on either database."""
    with own_database(request.param) as options:
        yield options


def test_starting_over_removes_the_earlier_rehearsal_and_nothing_else(tmp_path: Path, where: tuple[str, ...]) -> None:
    home = tmp_path / "thistle"
    days = ("rehearse", "thistle", "--home", str(home), "--from", "2025-01-13", "--days", "1", "--speed", "0")
    assert run(*days, *where).returncode == 0
    first = run("report", "thistle", str(home), *YEAR, "--json").stdout
    key = (home / "rehearsal.key").read_text()
    answer = run(*days, "--fresh", "--seed", "7")
    assert answer.returncode == 0, answer.stderr
    assert (home / "rehearsal.key").read_text() != key
    assert run("report", "thistle", str(home), *YEAR, "--json").stdout != first
    assert (home / "fristed.db").exists() == (not where), "it keeps the kind of its database"
    if where:
        full = run(*days[:3], str(tmp_path / "other"), *days[4:], *where)
        assert full.returncode == 2
        assert "holds tables already" in full.stderr
        assert not (tmp_path / "other").exists()


def test_a_database_with_a_real_site_in_it_is_never_emptied(postgres_template: str) -> None:
    name = databases.create_postgres(f"real_{os.getpid()}", postgres_template)
    databases.use_postgres(name)
    real = Room(a_monday_evening(), site_file(demonstration=False))
    connection.close()
    with pytest.raises(ConfigurationError, match="real site"):
        empty(databases.address(name))
    assert Site.objects.get().id == real.site
    connection.close()
    databases.drop_postgres(name)


def test_a_life_goes_on_through_the_service_at_its_own_pace_and_verifies(
    tmp_path: Path, where: tuple[str, ...]
) -> None:
    home, port = tmp_path / "live", free_port()
    words = ("rehearse", "thistle", "--home", str(home), "--days", "1", "--speed", "300", "--port", str(port), *where)
    living = subprocess.Popen([*COMMAND, *words], env=own(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        url = f"http://127.0.0.1:{port}"
        began, world = clock(url), time.time()
        before = _accesses(home)
        until = time.monotonic() + 60
        while _accesses(home) <= before + 2 and time.monotonic() < until:
            time.sleep(1)
        assert _accesses(home) > before + 2, "people keep coming"
        assert 200 < (clock(url) - began) / 1000 / (time.time() - world) < 400
        again = run(*words)
        assert (again.returncode, again.stdout) == (2, ""), "it does not greet before it finds that it runs already"
        assert "another 'fristed' is running on this service" in again.stderr
        page = httpx.get(f"{url}/sign-in/").text
        assert "Enter nobody real" in page
        assert 'data-pace="300"' in page
    finally:
        living.send_signal(signal.SIGINT)
        said, errors = living.communicate(timeout=30)
    assert living.returncode == 0, errors
    assert said.count(url) == 1, "it prints one address"
    assert "Its clock is not the one on your wall" in said
    assert run("verify", str(home)).returncode == 0


def clock(url: str) -> int:
    """The service's milliseconds, once it answers."""
    for _ in range(400):
        try:
            return int(httpx.get(f"{url}/clock").json()["now"])
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the rehearsal did not answer")


def _accesses(home: Path) -> int:
    return int(json.loads(run("report", "thistle", str(home), *YEAR, "--json").stdout)["accesses"])


def test_a_pace_is_carried_from_the_life_to_its_service_unchanged() -> None:
    pace = Pace(1_700_000_000_000_000, 1_800_000_000_000_000, 60)
    assert pace_of(pace.text()) == pace
