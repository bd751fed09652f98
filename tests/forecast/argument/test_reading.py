"""Bad input is refused with file, key, value and range; good input is inherited and checked."""

from pathlib import Path

import pytest
from typer.main import get_group
from typer.testing import CliRunner

from fristed_forecast.argument.areas import area, new_area
from fristed_forecast.argument.levers import LEVERS, policy
from fristed_forecast.argument.positions import OWN, BadInput, positions
from fristed_forecast.command import app, planned
from fristed_forecast.evidence.table import numbers
from fristed_forecast.verdict import claims

AREA = """
name = "Somewhere"
claimed_people = 500
population = 100000
officers = 200
prison_places = 50
council_tax_payers = 40000
"""
SHARE = '\n[numbers.sh_inj]\nvalue = {v}\nlow = 0.1\nhigh = 0.4\nunit = "{u}"\nsource = "local"\n'


def refusal(path: Path, text: str) -> str:
    """The sentence a file of positions is refused with."""
    path.write_text(text)
    with pytest.raises(BadInput) as caught:
        positions(path)
    return str(caught.value)


def test_every_position_and_claim_that_is_shipped_can_be_read() -> None:
    known = positions()
    assert len(known) == 22
    _, made = claims()
    assert {c.position for c in made} | {c.against for c in made} <= set(known)


def test_every_position_has_a_claim_or_is_what_claims_are_held_against() -> None:
    _rules, known = claims()
    assert {c.position for c in known} | {"do-nothing"} == set(positions())
    assert [c.name for c in known if c.added] == [c.name for c in known[16:]], "added ones stand last"


def test_a_sample_takes_its_share_of_prison_places_and_of_council_tax_payers() -> None:
    country, force = area("england"), area("durham-2014")
    assert country.sizes() == (1700,) and country.claimed_people == 254800
    assert (country.cells(), country.payers()) == (567, 160126)
    assert (force.cells(), force.payers()) == (force.prison_places, force.council_tax_payers)
    assert force.sizes() == (1700, force.implied_people())


def test_a_position_inherits_levers(theta: dict[str, float]) -> None:
    assert positions()["prolific-first-oracle"].levers["hat_places"] == 50
    levers = policy(positions()["hat-sign-up"].levers, theta, 100)
    assert (levers.hat_places, levers.hat_exit) == (50, theta["r_cond_exit"])


def test_doing_nothing_is_the_neutral_policy(theta: dict[str, float]) -> None:
    assert positions()["do-nothing"].levers == {}
    assert not policy({}, theta, 100).hat_open


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[a]\nextends = "a"\n', "cannot inherit from itself"),
        ('[a]\nextends = "b"\n[b]\nextends = "a"\n', "cannot inherit from itself"),
        ('[a]\nextends = "nobody"\n', "known are a"),
        ("[a]\nhat_places = 10\n", "hat_payer is not set"),
        ("[a]\nroom_booths = 2\n", "room_payer is not set"),
        ('[a]\nhat_places = 10\nhat_payer = "fairy"\n', "accepted are public_health, nhs, police"),
        ("[a]\nhat_places = -3\n", "hat_places = -3: accepted is 0 to"),
        ("[a]\nsupply_cut = 1.2\n", "supply_cut = 1.2: accepted is 0 to 0.99"),
        ("[a]\nroom_hours = 200\n", "hours a week"),
        ("[a]\nhat_any = 1\n", "accepted are true and false"),
        ('[a]\nhat_places = "many"\n', "a number is needed"),
        ("[a]\nhatplaces = 1\n", "is not a lever"),
        ("[a\n", "not readable as TOML"),
    ],
)
def test_a_bad_position_is_refused_with_file_key_value_and_range(text: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    said = refusal(path, text)
    assert words in said and str(path) in said


def test_every_lever_accepts_its_neutral_value() -> None:
    from fristed_forecast.argument.levers import problem

    assert [problem(n, x.neutral) for n, x in LEVERS.items() if x.neutral != ""] == [""] * (len(LEVERS) - 2)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("prison_places = 50", "prison_places = 200000"), "accepted is 0 to the population, 100000"),
        (("claimed_people = 500", "claimed_people = 0"), "claimed_people = 0: accepted is a whole number"),
        (("officers = 200\n", ""), "officers is missing"),
        (('name = "Somewhere"', "horizon = 3"), "horizon is not a key"),
    ],
)
def test_a_bad_area_is_refused(change: tuple[str, str], words: str, tmp_path: Path) -> None:
    path = tmp_path / "area.toml"
    path.write_text(AREA.replace(*change))
    with pytest.raises(BadInput, match=words):
        area(str(path))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (SHARE.format(v=1.2, u="share"), r"value = 1.2: accepted is 0 to 1 share"),
        (SHARE.format(v=-0.1, u="share"), r"value = -0.1"),
        (SHARE.format(v=0.2, u="furlongs"), r"unit = 'furlongs': accepted is 'share'"),
        (SHARE.format(v=0.9, u="share"), r"accepted is low 0.1 to high 0.4"),
        ("\n[numbers.nobody]\nvalue = 1\n", "no such symbol"),
        ("\n[numbers.sh_inj]\nvalue = 0.2\n", "missing low, high, unit, source"),
        ('\n[numbers.c_od]\nvalue=-5\nlow=-9\nhigh=1\nunit="GBP 2022/23"\nsource="x"\n', "value = -5"),
    ],
)
def test_a_bad_local_number_is_refused(row: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "area.toml"
    path.write_text(AREA + row)
    with pytest.raises(BadInput, match=words):
        area(str(path))


def test_what_an_area_has_not_set_is_national_with_its_interval_doubled(tmp_path: Path) -> None:
    path = tmp_path / "area.toml"
    path.write_text(AREA + SHARE.format(v=0.2, u="share"))
    place = area(str(path))
    assert "sh_inj" not in place.unset and "sh_crack" in place.unset
    national, own = numbers()["r_price"], place.numbers["r_price"]
    assert own.b == pytest.approx(2 * national.b)
    assert place.numbers["sh_inj"].value == 0.2


def test_a_new_area_is_one_short_file_that_can_be_run_at_once(tmp_path: Path) -> None:
    path = tmp_path / "here.toml"
    new_area(path, "Here", 800, 300000)
    assert area(str(path)).claimed_people == 800
    with pytest.raises(BadInput, match="exists already"):
        new_area(path, "Here", 800, 300000)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", "durham-2014", "--out", "x", "--years", "0"], "accepted is 1 or more"),
        (["run", "nowhere", "--out", "x"], "known are durham-2014, england"),
        (["run", "durham-2014", "--out", "x", "--scenarios", "magic"], "magic: accepted are all, do-nothing"),
        (["run", "durham-2014", "--out", "x", "--draws", "0"], "draws = 0"),
        (["explain", "nothing_like_it"], "no number is called"),
    ],
)
def test_the_command_refuses_in_a_sentence(
    arguments: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 2
    assert words in done.output
    assert not list(tmp_path.iterdir())


def test_durham_is_run_at_the_claim_and_at_what_official_rates_imply() -> None:
    place = area("durham-2014")
    assert place.claimed_people == 1700
    assert 3500 < place.implied_people() < 4600


@pytest.mark.parametrize("command", get_group(app).commands)
def test_every_command_shows_an_example_of_itself(command: str) -> None:
    shown = CliRunner().invoke(app, [command, "--help"])
    assert f"Example: fristed-forecast {command} " in " ".join(shown.output.split())


@pytest.mark.parametrize(("structures", "most"), [(False, (1000, 20)), (True, (200, 5))])
def test_nine_structures_take_fewer_draws_each_where_nobody_says_how_many(
    structures: bool, most: tuple[int, int]
) -> None:
    plan = planned("durham-2014", "hat", OWN, None, None, 10, 2014, structures)
    assert (plan.draws, plan.replicates) == most
    said = planned("durham-2014", "hat", OWN, 7, 3, 10, 2014, structures)
    assert (said.draws, said.replicates) == (7, 3)
