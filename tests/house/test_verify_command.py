"""`fristed verify` answers in words, in JSON, and by its exit code, and writes nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections

from tests.journal.tampering import change
from tests.journal.test_verify import Evening
from tests.support.service import database_url


@pytest.fixture
def home(database: str, tmp_path: Path) -> Path:
    """The folder of a stopped service in which an evening was lived."""
    Evening()
    address = "" if database == "sqlite" else database_url()
    (tmp_path / "fristed.toml").write_text(f'demonstration = true\ndatabase = "{address}"\n')
    return tmp_path


def fristed(*words: object) -> subprocess.CompletedProcess[str]:
    connections["default"].close()
    given = os.environ | {"FRISTED_KEY": settings.SERVICE_KEY.hex()}
    start = [sys.executable, "-c", "from fristed.house.command import app; app()", *map(str, words)]
    return subprocess.run(start, env=given, capture_output=True, text=True)


def test_a_sound_service_ends_with_zero_and_its_figures(home: Path) -> None:
    answer = fristed("verify", home)
    assert answer.returncode == 0, answer.stderr
    assert "10 entries at " in answer.stdout
    assert "everything is as it was kept" in answer.stdout


def test_a_changed_row_ends_with_one_and_names_it_in_json(home: Path) -> None:
    change("UPDATE room_visit SET seen = 5")
    answer = fristed("verify", home, "--json")
    assert answer.returncode == 1, answer.stderr
    report = json.loads(answer.stdout)
    assert not report["sound"]
    assert {finding["check"] for finding in report["findings"]} == {"rows"}
    assert report["entries"] == 10


def test_heads_are_written_once_all_is_well_and_find_a_cut_tail(home: Path, tmp_path: Path) -> None:
    paper = tmp_path / "heads"
    assert fristed("verify", home, "--write-head", paper).returncode == 0
    change("DELETE FROM journal_entry WHERE seq = 10")
    answer = fristed("verify", home, "--heads", paper, "--write-head", paper)
    assert answer.returncode == 1
    assert "its tail is cut" in answer.stdout
    assert len(paper.read_text().splitlines()) == 1


def test_a_file_that_holds_no_heads_ends_with_two(home: Path, tmp_path: Path) -> None:
    (tmp_path / "list").write_text("milk\n")
    answer = fristed("verify", home, "--heads", tmp_path / "list")
    assert answer.returncode == 2
    assert "not a file of heads" in answer.stderr


def test_a_folder_without_a_service_ends_with_two(tmp_path: Path) -> None:
    answer = fristed("verify", tmp_path)
    assert answer.returncode == 2
    assert "there is no service in this folder" in answer.stderr


def test_the_file_stays_as_it_was_to_the_last_byte(home: Path) -> None:
    if connection.vendor != "sqlite":
        return
    connections["default"].close()
    file = home / "fristed.db"
    before = file.read_bytes()
    assert fristed("verify", home).returncode == 0
    assert file.read_bytes() == before
