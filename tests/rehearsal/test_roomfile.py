"""Room files: every number carries its source, and a wrong file says what is wrong and where."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fristed.ground.site import encode_site
from fristed.rehearsal.roomfile import HERE, RoomFileError, parse_room, read_room, rooms
from fristed.rehearsal.sitefile import site_file
from tests.support.cast import SITE_FILE


def numbers(tree: Any, path: str = "", sourced: bool = False) -> Iterator[tuple[str, bool]]:
    """Every number in a file, and whether the table around it says where it comes from."""
    if isinstance(tree, dict):
        known = sourced or bool(tree.get("source"))
        for key, value in tree.items():
            yield from numbers(value, f"{path}.{key}", known)
    elif isinstance(tree, list):
        for n, value in enumerate(tree):
            yield from numbers(value, f"{path}[{n}]", sourced)
    elif isinstance(tree, (int, float)) and not isinstance(tree, bool):
        yield path, sourced


@pytest.mark.parametrize("name", rooms())
def test_every_number_of_a_room_carries_its_source(name: str) -> None:
    found = list(numbers(tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))))
    assert len(found) > 40
    assert [path for path, sourced in found if not sourced] == []


@pytest.mark.parametrize("name", rooms())
def test_the_site_file_of_a_room_is_one_that_a_real_site_could_have(name: str) -> None:
    room = read_room(name)
    file = site_file(room)
    assert len(file.places) == sum(group.count for group in room.places)
    assert set(file.substances) == set(room.substances.parts)
    assert all(limit.source and limit.approver for limit in file.limits.values())
    assert encode_site(file)


def test_the_rooms_are_those_that_are_described() -> None:
    assert rooms() == ["insite", "insite-2003", "thistle", "thistle-2025"]


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("count = 12", "count = 0", "places"),
        ('routes = ["inject"]', 'routes = ["smoke"]', "no place serves it"),
        ("{ value = 450, source", "{ value = 450, origin", "arrivals.per_day.source is missing"),
        ("{ value = 450, source", '{ value = "450", source', "arrivals.per_day.value: accepted is a number from 0"),
        ('closes = "04:00"', 'closes = "03:00"', "18 values, but it is open 17 hours"),
        ('slug = "insite-2003"', "slug = insite", "not valid TOML"),
    ],
)
def test_a_wrong_room_file_says_what_and_where(was: str, becomes: str, said: str) -> None:
    text = (HERE / "insite-2003.toml").read_text(encoding="utf-8")
    assert was in text
    with pytest.raises(RoomFileError) as error:
        parse_room(text.replace(was, becomes), "own.toml")
    assert "own.toml" in str(error.value)
    assert said in str(error.value)


def test_a_site_file_is_no_room_file_and_is_told_what_one_is() -> None:
    with pytest.raises(RoomFileError, match="this is a site file.*A room file describes.*room-file.md.*thistle"):
        parse_room(SITE_FILE, "own.toml")


def test_a_room_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(RoomFileError, match="is not text in UTF-8"):
        read_room(str(tmp_path / "own.toml"))


def test_the_example_in_the_manual_is_read() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "manual" / "room-file.md").read_text(encoding="utf-8")
    assert parse_room(page.split("```toml\n")[1].split("```")[0]) == read_room("thistle")


def test_an_unknown_room_is_answered_with_those_there_are() -> None:
    with pytest.raises(RoomFileError, match="insite, insite-2003, thistle, thistle-2025"):
        read_room("nowhere")


def test_an_opening_day_in_the_room_file_is_the_first_that_is_counted() -> None:
    assert read_room("thistle-2025").first_day == date(2025, 1, 13)
