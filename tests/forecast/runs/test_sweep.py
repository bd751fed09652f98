"""A sweep gives the same numbers under Dask as without, and continues where it was."""

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from fristed_forecast.argument.areas import area
from fristed_forecast.argument.positions import BadInput
from fristed_forecast.runs.sweep import grid, one_point, plan_of, run_sweep

LEVERS = ["hat_places=0:20:20", "hat_conditional=true,false"]
SETTINGS = (2, 1, 1, 3)


def test_a_grid_is_every_combination_checked() -> None:
    points = grid(area("durham-2014"), "hat", LEVERS)
    assert [p.levers["hat_places"] for p in points] == [0, 0, 20, 20]
    for wrong, sentence in (("hat_places=a", "numbers are needed"), ("nothing=1", "levers are"),
                            ("hat_places=-5", "accepted is 0 to")):  # fmt: skip
        with pytest.raises(BadInput, match=sentence):
            grid(area("durham-2014"), "hat", [wrong])
    with pytest.raises(BadInput, match="somebody must pay"):
        grid(area("durham-2014"), "do-nothing", ["hat_places=10"])


def test_dask_changes_nothing_and_a_second_sweep_continues(tmp_path: Path) -> None:
    place = area("durham-2014")
    points = grid(place, "hat", LEVERS)[1:3]
    run_sweep(place, points, tmp_path, SETTINGS, "", 1, lambda: None)
    path = tmp_path / "sweep.parquet"
    rows = pq.read_table(path)
    plan = plan_of(place, points, SETTINGS)
    found = one_point(plan, points[1])
    deaths = [v for v, name, levers in zip(rows["value"].to_pylist(), rows["outcome"].to_pylist(),
              rows["levers"].to_pylist(), strict=True) if name == "deaths" and levers == points[1].name]  # fmt: skip
    assert np.array_equal(deaths, found["deaths"])
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "parts").glob("*.parquet")}
    steps: list[int] = []
    run_sweep(place, points, tmp_path, SETTINGS, "", 1, lambda: steps.append(1))
    assert len(steps) == 2
    assert before == {p: p.stat().st_mtime_ns for p in (tmp_path / "parts").glob("*.parquet")}
