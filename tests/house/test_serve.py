"""A service starts, answers on three ports, survives the death of its parts, and ends when told."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import httpx
import psutil
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests.support.service import COMMAND, Service, database_url, make_cast, start

PATIENCE = 20  # seconds until a test gives up; what is fast is measured by `make bench`


def eventually(holds: Callable[[], bool], what: str) -> None:
    """Waits until something holds."""
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, f"not within {PATIENCE} s: {what}"
        time.sleep(0.05)


def answers(url: str) -> bool:
    try:
        httpx.get(url, timeout=5)
    except httpx.TransportError:
        return False
    return True


def address(service: Service, offset: int) -> str:
    base, port = service.url.rsplit(":", 1)
    return f"{base}:{int(port) + offset}/turn/"


def parts(service: Service) -> list[psutil.Process]:
    return psutil.Process(service.process.pid).children()


def all_ended(processes: list[psutil.Process]) -> bool:
    return not any(p.is_running() and p.status() != "zombie" for p in processes)


def refused(home: Path, *arguments: str, said: str = "", **environment: str) -> str:
    """Runs `fristed` and expects a plain sentence and code 2; answers the sentence."""
    run = subprocess.run(
        [*COMMAND, *arguments], env=os.environ | environment, input=said, capture_output=True, text=True, timeout=60
    )
    assert run.returncode == 2, run.stdout + run.stderr
    assert "Traceback" not in run.stderr
    return run.stderr


def test_floor_bell_and_workshop_answer(service: Service) -> None:
    for offset in range(3):
        eventually(partial(answers, address(service, offset)), f"port + {offset}")


@pytest.mark.parametrize("whose", ["part", "its server"])
def test_a_killed_part_is_back(service: Service, whose: str) -> None:
    for offset in range(3):
        eventually(partial(answers, address(service, offset)), f"port + {offset}")
    for part in parts(service):
        doomed = part if whose == "part" else part.children()[0]
        below = part.children(recursive=True)
        doomed.send_signal(signal.SIGKILL)
        eventually(partial(all_ended, below), "its end")
    for offset in range(3):
        eventually(partial(answers, address(service, offset)), f"port + {offset}")
    eventually(lambda: len(parts(service)) == 3, "three parts")


def test_nothing_lives_on_without_the_holder_of_the_key(database: str, tmp_path: Path) -> None:
    started = start(tmp_path, make_cast(), database)
    below = psutil.Process(started.process.pid).children(recursive=True)
    assert len(below) >= 6
    started.process.send_signal(signal.SIGKILL)
    started.process.wait()
    eventually(partial(all_ended, below), "the end of every part")


def test_a_second_service_on_the_same_folder_is_refused(service: Service) -> None:
    said = refused(service.home, "serve", str(service.home), FRISTED_KEY=service.key)
    assert "another 'fristed' is running on this service" in said


def test_a_taken_port_is_named(service: Service, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    port = service.url.rsplit(":", 1)[1]
    (other / "fristed.toml").write_text(f"demonstration = true\nport = {port}\n")
    said = refused(other, "serve", str(other), FRISTED_KEY=service.key)
    assert f"port is {port}" in said
    assert "Choose another port" in said


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('port = "many"', 'port: accepted is a whole number from 1 to 65533 (it says "many")'),
        ("port = 70000", "port: accepted is a whole number from 1 to 65533 (it says 70000)"),
        ("port = 0\npin_digits = 3", "pin_digits: accepted is a whole number from 4 to 12 (it says 3)"),
        ("colour = 1", "colour: there is no such key"),
        ('address = "0.0.0.0"', "other machines can reach, but there is no certificate"),
        ("second_factor = false", "accepted only with demonstration = true"),
        ('database = "mysql://x"', "accepted are '' (the encrypted file)"),
        ("colour = 1", "The keys are: database, address"),
        ("port = ", "not valid TOML"),
        ('key_source = "environment"', "accepted only with demonstration = true"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_its_key_value_and_range(tmp_path: Path, line: str, sentence: str) -> None:
    (tmp_path / "fristed.toml").write_text(line + "\n")
    assert sentence in refused(tmp_path, "serve", str(tmp_path))


def test_settings_that_are_no_text_are_told(tmp_path: Path) -> None:
    (tmp_path / "fristed.toml").write_bytes(b"\xff\xfe")
    assert "is not text in UTF-8" in refused(tmp_path, "serve", str(tmp_path))


def test_a_folder_without_a_service_is_named(tmp_path: Path) -> None:
    assert "Make one with 'fristed init'" in refused(tmp_path, "serve", str(tmp_path))


def test_a_missing_guard_stops_the_start(database: str, tmp_path: Path) -> None:
    cast = make_cast()
    with connection.cursor() as cursor:
        on = "" if database == "sqlite" else ' ON "journal_entry"'
        cursor.execute(f'DROP TRIGGER "journal_entry_no_update"{on}')
    with pytest.raises(AssertionError, match="the guard journal_entry_no_update is missing"):
        start(tmp_path, cast, database)


def test_a_missing_change_of_structure_stops_the_start_and_upgrade_makes_it(database: str, tmp_path: Path) -> None:
    cast = make_cast()
    call_command("migrate", "mfa", "0002", verbosity=0)
    with pytest.raises(AssertionError, match="1 changes of structure are missing"):
        start(tmp_path, cast, database)
    connection.close()
    given = os.environ | {"FRISTED_KEY": settings.SERVICE_KEY.hex()}
    owner = ["--owner", database_url()] if database == "postgres" else []
    subprocess.run([*COMMAND, "upgrade", str(tmp_path), *owner], env=given, check=True, timeout=60)
    assert start(tmp_path, cast, database).end() == 0


def test_every_command_says_what_it_does_with_an_example() -> None:
    from typer.main import get_command

    from fristed.house.command import app

    commands = get_command(app).commands  # type: ignore[attr-defined]  # a group
    assert {"init", "serve", "upgrade", "certificate"} <= commands.keys()
    for name, command in commands.items():
        assert command.help, name
        assert command.epilog.startswith(f"Example: fristed {name}"), name


def test_pages_carry_a_strict_policy_and_files_are_kept_for_a_year(service: Service) -> None:
    with service.client() as http:
        page = http.get("/turn/")
        policy = page.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert page.headers["x-content-type-options"] == "nosniff"
        sheet = http.get(page.text.split('rel="stylesheet" href="')[1].split('"')[0])
        assert sheet.status_code == 200
        assert "max-age=31536000" in sheet.headers["cache-control"]


def test_the_workshop_reads_and_never_writes(service: Service) -> None:
    eventually(lambda: answers(address(service, 2)), "the workshop")
    with service.signed_in("manager") as http:
        workshop = address(service, 2).removesuffix("/turn/")
        assert http.get(f"{workshop}/posts/").status_code == 200
        assert http.post(f"{workshop}/posts/").status_code in (403, 405)
    with service.outsider() as http:
        sent_on = http.get(f"{workshop}/posts/").headers["location"]
        assert sent_on.startswith(service.url.replace("localhost", "127.0.0.1") + "/sign-in/")
