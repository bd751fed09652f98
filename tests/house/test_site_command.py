"""`fristed site` puts a changed site file in force, or leaves the earlier one as it was."""

from __future__ import annotations

import json
from pathlib import Path

from fristed.ground.models import Site
from fristed.ground.site import decode_site
from fristed.journal.models import Entry
from fristed.room.models import Place
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
    assert '+   "value": 30' in answer.stdout
    site = Site.objects.get()
    assert decode_site(site.file).stay["inject"].value == 30
    assert list(Place.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]
    assert (home / "site.toml").read_text() == CHANGED
    assert fristed("verify", home).returncode == 0
    assert "Nothing in it differs." in fristed("site", home / "site.toml", home).stdout
    assert json.loads(fristed("site", file, home, "--json").stdout) == {"site": site.id, "differs": []}


def test_a_file_with_a_fault_changes_nothing_and_says_which(home: Path, tmp_path: Path) -> None:
    before = Entry.objects.count()
    file = tmp_path / "changed.toml"
    file.write_text(CHANGED.replace("place_count = 4", "place_count = 5"))
    answer = fristed("site", file, home)
    assert answer.returncode == 2
    assert "place_count is 5 but 4 places are listed" in answer.stderr
    assert Entry.objects.count() == before
