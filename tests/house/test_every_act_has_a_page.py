"""Whatever can be done has a page on which somebody does it."""

from __future__ import annotations

import re
from pathlib import Path

import fristed
from fristed.journal.frame import ACTS

SOURCE = Path(fristed.__file__).parent
WITHOUT = {
    "room.lay_out": "`fristed init` and `fristed site` do it with the site file",
    "staff.change_site_file": "`fristed site` does it",
}
PAGES = ("*/templates/**/*.html", "*/static/**/*.js", "*/screens.py", "*/screens/*.py")


def test_every_act_stands_on_a_page_or_says_why_not() -> None:
    texts = (path.read_text(encoding="utf-8") for pages in PAGES for path in SOURCE.glob(pages))
    shown = {found for text in texts for found in re.findall(r"\b[a-z]+\.[a-z_]+\b", text)}
    by_hand = {name for name, act in ACTS.items() if not (act.own_page or act.founding)}
    assert by_hand - shown == set(WITHOUT)
