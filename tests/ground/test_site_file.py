"""A site file that cannot be right is told by key, value and what is accepted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fristed.ground.limits import MUST_SET, UNSET, Limit
from fristed.ground.moments import MINUTE
from fristed.ground.site import (
    Clock,
    Danger,
    EligibilityQuestion,
    Identification,
    Route,
    SiteFileError,
    Weekday,
    decode_site,
    encode_site,
    parse_site_file,
    read_site_file,
)
from fristed.ground.site_faults import accepted
from tests.support.cast import SITE_FILE, site_file


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("place_count = 3", "place_count = 40", "place_count is 40 but 3 places are listed"),
        ("number = 3", "number = 2", "number 2 is given to more than one place"),
        ("number = 2", "number = 2\nx = 1", "1 and 3 stand on one spot of the plan (x = 0, y = 0)"),
        ('zone = "Europe/London"', 'zone = "Lantern"', "'Lantern' is not a time zone"),
        ('opens = "09:00"', 'opens = "9 am"', 'hours.mon.opens: accepted is a time such as "09:00" (it says "9 am")'),
        (
            'slug = "lantern"',
            'slug = "The Lantern"',
            'accepted is small letters, digits and hyphens, such as "the-thistle" (it says "The Lantern")',
        ),
        ("demonstration = true", "demonstration = maybe", "not valid TOML"),
        ("demonstration = true", "colour = 5", "colour: there is no such key. The keys are: slug, name, zone"),
        ("demonstration = true", 'limits = {a = {value = 5, unit = "min"}}', "limits.a: a value needs its source"),
        (
            "demonstration = true",
            'limits = {a = {value = -5, unit = "min", source = "s", approver = "a"}}',
            "limits.a: value is -5; accepted are 0 to 100000",
        ),
        ("[hours]\nmon", "[hours]\nmonday", "hours.monday: there is no such key. The keys are: mon, tue, wed, thu"),
        (
            'routes = ["smoke"]',
            'routes = ["drink"]',
            'places[2].routes[0]: accepted is "inject", "smoke", "snort" or "swallow" (it says "drink")',
        ),
        (
            'mon = {opens = "09:00"',
            "mon = {opens = 09:00:00",
            'hours.mon.opens: accepted is a time such as "09:00" (it says 09:00). Write it in quotes: "09:00".',
        ),
        (
            "demonstration = true",
            'stay.inject.value = "30"',
            'stay.inject.value: accepted is a whole number or "MUST SET" (it says "30"). Write it without quotes: 30.',
        ),
        ("place_count = 3", f"place_count = 3{'0' * 90}", f"from 1 to 200 (it says 3{'0' * 79} ...)"),
        ("place_count = 3", "place_count = 2025-01-13", "from 1 to 200 (it says 2025-01-13)."),
        (
            "demonstration = true",
            "house_rules = [[21:00:30]]",
            'house_rules[0]: accepted is text (it says ["21:00:30"]).',
        ),
        ("place_count = 3\n", "", "place_count is missing: a whole number from 1 to 200"),
        ("demonstration = true", 'stay = "long"', "stay: accepted is a table: inject, smoke, snort or swallow ="),
        (
            "demonstration = true",
            'stay.inject = {value = 30, source = "s", approver = "a"}',
            "stay.inject: it is a length of time, so it needs its unit: s, min, h (it says '')",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_key(old: str, new: str, said: str) -> None:
    assert old in SITE_FILE
    with pytest.raises(SiteFileError) as error:
        parse_site_file(SITE_FILE.replace(old, new), "lantern.toml")
    assert str(error.value).startswith("lantern.toml: ")
    assert said in str(error.value)


def test_every_fault_of_a_file_is_told_at_once_a_line_each() -> None:
    wrong = SITE_FILE.replace('["smoke"]', '["drink"]').replace("mon =", "monday =").replace("count = 3", 'count = "3"')
    with pytest.raises(SiteFileError) as error:
        parse_site_file(f'colour = "red"\n{wrong}', "lantern.toml")
    keys = ["colour", "places[2].routes[0]", "hours.monday", "place_count"]
    assert [line.split(": ")[1] for line in str(error.value).splitlines()] == keys
    with pytest.raises(SiteFileError) as error:
        parse_site_file(SITE_FILE.replace("count = 3", "count = 4").replace("Europe/London", "Lantern"))
    assert [line.split(": ")[1].split()[0] for line in str(error.value).splitlines()] == ["place_count", "zone"]


def test_the_example_in_the_manual_is_read_and_leaves_every_number_to_the_site() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "manual" / "site-file.md").read_text(encoding="utf-8")
    file = parse_site_file(page.split("```toml\n")[1].split("```")[0])
    assert len(file.places) == file.place_count == 3
    assert [p.name for p in file.naloxone] == ["Naloxone 400 µg IM"]
    assert not file.stay_limit("inject").is_set
    assert not file.limit("minimum_staff").is_set


@pytest.mark.parametrize("kind", [Weekday, Route, Clock, Identification, EligibilityQuestion])
def test_the_manual_lists_what_is_accepted_in_the_words_of_the_errors(kind: Any) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "manual" / "site-file.md").read_text(encoding="utf-8")
    assert accepted(kind).replace('"', "") in page.replace('"', "")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SiteFileError, match="cannot be read"):
        read_site_file(tmp_path / "nowhere.toml")


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "picture.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SiteFileError, match="is not text in UTF-8"):
        read_site_file(tmp_path / "picture.toml")


def test_the_canonical_text_gives_the_same_file() -> None:
    file = site_file(limits={"rest": Limit(30, "min", "invented", "invented")})
    assert decode_site(encode_site(file)) == file
    assert encode_site(decode_site(encode_site(file))) == encode_site(file)


def test_what_nobody_has_set_is_neither_zero_nor_a_guess() -> None:
    assert UNSET.value == MUST_SET
    assert (UNSET.span(), UNSET.count(), UNSET.is_set) == (None, None, False)
    assert Limit(0, "min").span() == 0
    assert Limit(30, "min").span() == 30 * MINUTE


def test_the_longest_observation_counts_and_one_unset_makes_all_unset() -> None:
    def rule(substance: str, value: int | None, route: str = "any") -> Danger:
        return Danger(substance, route, UNSET if value is None else Limit(value, "min", "s", "a"))  # type: ignore[arg-type]  # a test's few words

    file = site_file(
        observation=(rule("heroin", 30), rule("cocaine", 15), rule("ketamine", None), rule("heroin", 45, "inject"))
    )
    assert file.observe(("heroin",), "smoke") == 30 * MINUTE
    assert file.observe(("heroin", "cocaine"), "inject") == 45 * MINUTE
    assert file.observe(("heroin", "ketamine"), "smoke") is None
    assert file.observe(("something new",), "smoke") is None
