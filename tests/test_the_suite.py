"""What the suite promises about itself."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest

from tests.support import memory
from tests.support.counts import uneven
from tests.support.network import LeftTheMachine

ELSEWHERE = "192.0.2.1"  # an address that documentation reserves: nobody is there


def test_no_test_reaches_beyond_this_machine() -> None:
    with pytest.raises(LeftTheMachine), socket.socket() as line:
        line.settimeout(1)
        line.connect((ELSEWHERE, 80))


def test_no_process_a_test_starts_reaches_beyond_this_machine() -> None:
    code = f"import socket; socket.create_connection(({ELSEWHERE!r}, 80), 1)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "LeftTheMachine" in ended.stderr


def test_every_collected_test_runs_on_both_databases_or_is_named(request: pytest.FixtureRequest) -> None:
    assert uneven(item.nodeid for item in request.session.items) == []


def test_a_test_on_one_database_only_is_found() -> None:
    both = ["t.py::test_a[sqlite]", "t.py::test_a[postgres]"]
    assert uneven(both) == []
    assert uneven([*both, "t.py::test_b[sqlite]"]) == ["t.py::test_b[sqlite]"]
    assert uneven([*both, "t.py::test_b[sqlite-chromium]"]) == ["t.py::test_b[sqlite-chromium]"]


def test_a_value_that_only_begins_like_a_database_is_none() -> None:
    assert uneven(["t.py::test_a[postgresql:///room?password=x]", "t.py::test_a[no postgres]"]) == []


def test_the_suite_keeps_its_files_in_memory_and_what_is_measured_on_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    assert os.environ["PYTEST_VERSION"]
    monkeypatch.delenv("PYTEST_VERSION")
    assert memory.folder() is None
