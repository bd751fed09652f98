"""`fristed backup` and `fristed restore` from the terminal, between folders."""

from __future__ import annotations

import json
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from fristed.house.configuration import without_password
from fristed.journal.verify import verify
from tests.house.test_verify_command import fristed, home
from tests.support import databases

__all__ = ["home"]


def test_a_backup_prints_its_heads_and_a_new_folder_takes_it_with_its_settings(home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    heads = {site: list(head) for site, head in verify().heads.items()}
    answer = fristed("backup", copy, home, "--json")
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout)["heads"] == heads
    assert sorted(path.name for path in tmp_path.glob("copy*")) == ["copy", "copy.toml"], "one file, and its settings"
    if connection.vendor == "postgresql":
        refused = fristed("restore", copy, home, "--nobody-erased")
        assert refused.returncode == 2
        assert "holds a journal already" in refused.stderr
        return
    new = tmp_path / "elsewhere"
    assert fristed("restore", copy, new).returncode == 2, "the list of destroyed keys is not there"
    assert not new.exists(), "nothing is left of a restore that could not be"
    answer = fristed("restore", copy, new, "--nobody-erased", "--json")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert json.loads(answer.stdout)["sound"]
    databases.use_sqlite(new / "fristed.db")
    assert {site: list(head) for site, head in verify().heads.items()} == heads


def test_a_present_file_is_set_aside_only_when_asked(home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    assert fristed("backup", copy, home).returncode == 0
    again = fristed("backup", copy, home)
    assert again.returncode == 2
    assert "never replaces another" in again.stderr
    answer = fristed("restore", copy, home, "--nobody-erased")
    assert answer.returncode == 2
    assert "already" in answer.stderr
    if connection.vendor == "sqlite":
        assert fristed("restore", copy, home, "--nobody-erased", "--replace").returncode == 0
        assert [path.name for path in home.glob("fristed.db.before-*")]


def test_a_backup_that_is_not_there_ends_with_two(home: Path, tmp_path: Path) -> None:
    answer = fristed("restore", tmp_path / "nothing", home)
    assert answer.returncode == 2
    assert "there is no such file" in answer.stderr


def test_a_backup_of_either_database_is_restored_into_the_other_and_is_the_same_to_the_last_hash(
    home: Path, tmp_path: Path
) -> None:
    copy, new = tmp_path / "copy", tmp_path / "elsewhere"
    assert fristed("backup", copy, home).returncode == 0
    heads = sorted(json.loads(fristed("verify", home, "--json").stdout)["heads"].items())
    options = ("restore", copy, new, "--nobody-erased", "--database")
    if connection.vendor == "postgresql":
        answer = fristed(*options, "file")
        assert answer.returncode == 0, answer.stdout + answer.stderr
        assert sorted(json.loads(fristed("verify", new, "--json").stdout)["heads"].items()) == heads
        return
    with databases.empty_with_roles() as (serving, owner):
        answer = fristed(*options, serving, "--owner", owner)
        assert answer.returncode == 0, answer.stdout + answer.stderr
        assert sorted(json.loads(fristed("verify", new, "--json").stdout)["heads"].items()) == heads
        with psycopg.connect(serving) as role, pytest.raises(psycopg.errors.InsufficientPrivilege):
            role.execute("DELETE FROM journal_entry")
    again = fristed(*options, "file")
    assert again.returncode == 2
    assert "names the database already" in again.stderr


def test_a_backup_is_its_makers_alone_and_holds_no_password(home: Path, tmp_path: Path) -> None:
    settings, copy = home / "fristed.toml", tmp_path / "copy"
    if connection.vendor == "postgresql":
        settings.write_text(settings.read_text().replace("&user=", "&password=hunter-invented&user="))
    settings.chmod(0o644)
    assert fristed("backup", copy, home).returncode == 0
    for path in (copy, tmp_path / "copy.toml", settings, home / "fristed.db"):
        assert not path.exists() or path.stat().st_mode & 0o077 == 0, path
    kept = (tmp_path / "copy.toml").read_text()
    assert "demonstration = true" in kept
    assert "hunter" not in kept


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("", ""),
        ("postgresql://care:a:b@c@box:5432/room", "postgresql://care@box:5432/room"),
        ("postgresql:///room?host=/run&password=x&user=care", "postgresql:///room?host=/run&user=care"),
        ("postgresql:///room?password=x", "postgresql:///room"),
        ("postgresql://care@box/room", "postgresql://care@box/room"),
    ],
)
def test_an_address_is_written_down_without_its_password(address: str, kept: str) -> None:
    assert without_password(address) == kept
