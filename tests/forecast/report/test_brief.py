"""The brief says what a finished run says, in two pages that anybody can print and sign."""

import json
from pathlib import Path
from typing import Any

import pytest

from fristed_forecast.argument.positions import BadInput
from fristed_forecast.report.brief import SUMMARY, make, source
from fristed_forecast.verdict import VOID

CARD = {"words": "A room saves at least one life in ten years. #evil[*]", "verdict": "cannot tell",
        "number": "-0.4 (-2 to 1), deaths", "settles": "Deaths near a room."}  # fmt: skip
SUMMARIES: dict[str, Any] = {
    "area": "Invented town",
    "scale": "1,700 dependent people",
    "cards": [CARD | {"verdict": VOID}] * 25,
    "payers": {"heads": ["position", "police"], "rows": [["hat", "2,000,000"]] * 21},
    "first": "h_hat",
    "unset": ["p_op", "sh_inj"],
    "again": "Code a, data b, seed 1.",
}


def test_a_brief_of_every_claim_and_position_fits_two_pages(tmp_path: Path) -> None:
    (tmp_path / SUMMARY).write_text(json.dumps(SUMMARIES), encoding="utf-8")
    make(tmp_path, tmp_path / "brief.pdf")
    written = (tmp_path / "brief.pdf").read_bytes()
    assert written.startswith(b"%PDF")
    assert pages(SUMMARIES) == 2


def pages(summary: dict[str, Any]) -> int:
    """How many pages the brief has, asked of the typesetter."""
    import typst

    drawn = typst.compile(source(summary).encode(), format="svg")
    return len(drawn) if isinstance(drawn, list) else 1


def test_words_of_a_claim_are_never_markup() -> None:
    assert '#"A room saves at least one life in ten years. #evil[*]"' in source(SUMMARIES)


def test_a_folder_without_a_finished_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no finished run is here"):
        make(tmp_path, tmp_path / "brief.pdf")
