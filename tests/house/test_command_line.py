"""What every command has: help with an example, codes that scripts can trust, JSON where it prints data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fristed.house.command import app
from tests.rehearsal.test_command import run

MANUAL = Path(__file__).parents[2] / "docs" / "manual"
PRINTS_DATA = {"init", "verify", "backup", "restore", "rehearse", "report", "site"}
NAMES = [command.callback.__name__ for command in app.registered_commands if command.callback]


def test_the_commands_are_those_that_are_promised() -> None:
    assert set(NAMES) == PRINTS_DATA | {"serve", "upgrade", "certificate"}


@pytest.mark.parametrize("name", NAMES)
def test_help_says_what_it_does_with_an_example_and_its_codes(name: str) -> None:
    answer = run(name, "--help")
    said = " ".join(answer.stdout.split())
    assert answer.returncode == 0
    assert f"Example: fristed {name} " in said
    assert "Ends with" in said
    assert ("--json" in said) == (name in PRINTS_DATA)


@pytest.mark.parametrize("name", NAMES)
def test_an_unknown_option_or_a_folder_without_a_service_ends_with_two_and_one_sentence(
    name: str, tmp_path: Path
) -> None:
    assert run(name, "--sideways").returncode == 2
    if name in ("init", "rehearse"):
        return
    copy, site = str(tmp_path / "copy"), str(MANUAL / "site.toml")
    before = {"backup": (copy,), "restore": (copy,), "report": ("thistle",), "site": (site,)}
    after = {"report": ("--from", "2025-01-01", "--to", "2025-01-02")}
    answer = run(name, *before.get(name, ()), str(tmp_path), *after.get(name, ()))
    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr
    assert "there is no s" in answer.stderr, "no such file, or no service in this folder"
    assert list(tmp_path.iterdir()) == []


def test_what_a_rehearsal_prints_as_json_is_nothing_but_json(tmp_path: Path) -> None:
    words = ("rehearse", "thistle", "--home", str(tmp_path / "new"), "--days", "1", "--speed", "0", "--json")
    said = json.loads(run(*words).stdout)
    assert said["url"] == "http://127.0.0.1:8790"
    assert {sign["role"] for sign in said["staff"]} >= {"nurse", "manager", "auditor"}
