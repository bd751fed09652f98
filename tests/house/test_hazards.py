"""The hazard log: every column filled, every risk read from the grid, every control shown by a test that exists."""

from __future__ import annotations

import ast
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from fristed.ground.act import Role
from fristed.staff.rules import POSTS

TOP = Path(__file__).resolve().parents[2]
LOG: dict[str, Any] = tomllib.loads((TOP / "src/fristed/house/data/hazards.toml").read_text(encoding="utf-8"))
HAZARDS: list[dict[str, Any]] = LOG["hazard"]
OF_THE_ROOM = {6, 7, 8, 10, 11, 13, 14}  # of the seed list, those that a room without dosing has
TEXTS = ("hazard", "causes", "effect", "owner", "status", "review")

each = pytest.mark.parametrize("hazard", HAZARDS, ids=[f"hazard-{h['id']}" for h in HAZARDS])


@cache
def names_in(file: str) -> frozenset[str]:
    """The names of the tests in a file; none where there is no such file."""
    path = TOP / file
    tree = ast.parse(path.read_text(encoding="utf-8")) if path.is_file() else ast.Module([], [])
    return frozenset(n.name for n in tree.body if isinstance(n, ast.FunctionDef) and n.name.startswith("test_"))


def without_test(control: dict[str, Any]) -> list[str]:
    """What a control names that is no test; the control itself when it names nothing."""
    named: list[str] = control.get("tests", [])
    missing = [name for name in named if name.partition("::")[2] not in names_in(name.partition("::")[0])]
    return missing if named else [control["says"]]


def risk(judged: dict[str, str]) -> int:
    """The grid's answer to a severity and a likelihood."""
    found: int = LOG["grid"][judged["likelihood"]][LOG["severity"].index(judged["severity"])]
    return found


@each
def test_every_control_is_shown_by_a_test_that_exists(hazard: dict[str, Any]) -> None:
    assert hazard["control"], "a hazard needs at least one control"
    assert [missing for control in hazard["control"] for missing in without_test(control)] == []


@each
def test_every_column_is_filled_and_the_owner_is_a_role(hazard: dict[str, Any]) -> None:
    assert all(hazard[column].strip() for column in TEXTS)
    roles: tuple[Role, ...] = POSTS
    assert hazard["owner"] in roles
    assert hazard["status"] == "proposed" or hazard.get("accepted_by"), "a safety officer accepts, and is named"
    assert date.fromisoformat(hazard["review"])


@each
def test_the_risk_is_the_grids_and_controls_never_raise_it(hazard: dict[str, Any]) -> None:
    assert hazard["initial"]["risk"] == risk(hazard["initial"])
    assert hazard["residual"]["risk"] == risk(hazard["residual"])
    assert hazard["residual"]["risk"] <= hazard["initial"]["risk"]
    assert hazard["residual"]["severity"] == hazard["initial"]["severity"], "no control makes a death smaller"


def test_every_hazard_of_the_room_is_in_the_log_once() -> None:
    ids = [hazard["id"] for hazard in HAZARDS]
    assert len(ids) == len(set(ids))
    assert set(ids) >= OF_THE_ROOM


def test_a_control_without_a_test_or_with_one_that_is_gone_is_found() -> None:
    here = "tests/house/test_hazards.py"
    shown = f"{here}::test_every_hazard_of_the_room_is_in_the_log_once"
    assert without_test({"says": "nothing", "tests": []}) == ["nothing"]
    assert without_test({"says": "nothing"}) == ["nothing"]
    assert without_test({"says": "x", "tests": [shown, f"{here}::test_gone", "tests/gone.py::test_a"]}) == [
        f"{here}::test_gone",
        "tests/gone.py::test_a",
    ]
