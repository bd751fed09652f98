"""`fristed site` puts a changed site file in force, or leaves the earlier one as it was."""

from __future__ import annotations

import json
from pathlib import Path

from fristed.ground.act import ADMINISTRATOR
from fristed.ground.models import Site
from fristed.ground.site import decode_site
from fristed.journal.models import Entry
from fristed.room.models import Place
from fristed.staff.models import Worker
from tests.house.test_verify_command import fristed, home
from tests.support.cast import SITE_FILE

__all__ = ["home"]

CHANGED = (
    SITE_FILE.replace("place_count = 3", "place_count = 4").replace(
        "[hours]", 'stay.inject = {value = 30, unit = "min", source = "invented", approver = "nobody real"}\n[hours]', 1
    )
    + """[[places]]
number = 4
routes = ["smoke"]
"""
)


def test_a_changed_file_is_in_force_with_its_new_places_and_what_differs_is_printed(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "changed.toml"
    file.write_text(CHANGED)
    answer = fristed("site", file, home)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "this file is in force from the next start on" in answer.stdout
    assert "+ stay.inject.value: 30\n" in answer.stdout
    assert "+ places[4].routes: " in answer.stdout
    site = Site.objects.get()
    assert decode_site(site.file).stay["inject"].value == 30
    assert list(Place.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]
    assert fristed("verify", home).returncode == 0
    assert "Nothing in it differs." in fristed("site", file, home).stdout
    assert json.loads(fristed("site", file, home, "--json").stdout) == {"site": "lantern", "differs": []}


def test_one_more_site_is_opened_with_its_places_and_its_first_administrator(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "second.toml"
    file.write_text(CHANGED.replace('slug = "lantern"', 'slug = "beacon"'))
    said = json.loads(fristed("site", file, home, "--new", "--json").stdout)
    assert (said["site"], said["administrator"]) == ("beacon", "administrator-beacon")
    assert "/welcome/" in said["sign_in"]
    beacon = Site.objects.get(slug="beacon")
    assert Place.objects.filter(site=beacon).count() == 4
    assert Worker.objects.get(site=beacon).role == ADMINISTRATOR
    assert fristed("verify", home).returncode == 0
    twice = fristed("site", file, home, "--new")
    assert (twice.returncode, "has already" in twice.stderr) == (2, True)
    file.write_text(CHANGED.replace('slug = "lantern"', 'slug = "harbour"'))
    neither = fristed("site", file, home)
    assert (neither.returncode, "beacon, lantern" in neither.stderr) == (2, True)


def test_a_file_with_a_fault_changes_nothing_and_says_which(home: Path, tmp_path: Path) -> None:
    before = Entry.objects.count()
    file = tmp_path / "changed.toml"
    file.write_text(CHANGED.replace("place_count = 4", "place_count = 5"))
    answer = fristed("site", file, home)
    assert answer.returncode == 2
    assert "place_count is 5 but 4 places are listed" in answer.stderr
    assert Entry.objects.count() == before
