"""The manual is what runs; a stale page fails."""

from pathlib import Path

import pytest

from fristed_forecast.report.manual import PAGES

DOCS = Path(__file__).parents[2] / "docs" / "forecast"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_manual_is_what_the_code_says(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name]()
