"""The same numbers for any number of threads, any chunk, and after being killed."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest
from numpy.typing import NDArray

from fristed_forecast.argument.areas import area
from fristed_forecast.argument.positions import BadInput, positions
from fristed_forecast.rates.structure import Structure, variants
from fristed_forecast.report import trust
from fristed_forecast.report.make import make
from fristed_forecast.runs import weekly
from fristed_forecast.runs.execute import WEEKLY, execute, read_arm
from fristed_forecast.runs.plan import Plan, manifest, parts
from fristed_forecast.verdict import UNANSWERED

NAMES = ("do-nothing", "hat", "room")


@pytest.fixture(scope="module")
def plan() -> Plan:
    chosen = tuple(positions()[name] for name in NAMES)
    return Plan(area("durham-2014"), (300,), chosen, (Structure(),), 6, 2, 104, 9, chunk=3)


def arms(plan: Plan, folder: Path) -> list[NDArray[Any]]:
    return [read_arm(plan, folder, plan.structures[0], name, 300) for name in NAMES]


def run(plan: Plan, folder: Path, threads: int = 1) -> list[NDArray[Any]]:
    execute(plan, folder, threads, lambda part: None)
    return arms(plan, folder)


def equal(first: list[NDArray[Any]], second: list[NDArray[Any]]) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))


def test_threads_and_chunks_change_nothing(plan: Plan, tmp_path: Path) -> None:
    first = run(plan, tmp_path / "one")
    assert equal(first, run(plan, tmp_path / "two", threads=2))
    assert equal(first, run(replace(plan, chunk=2), tmp_path / "other", threads=2))
    assert not np.array_equal(first[0], first[1])


def test_a_killed_run_continues_to_the_same_numbers(plan: Plan, tmp_path: Path) -> None:
    whole = run(plan, tmp_path / "whole")
    folder = tmp_path / "killed"
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[2]);"
        "from fristed_forecast.argument.areas import area;"
        "from fristed_forecast.argument.positions import positions;"
        "from fristed_forecast.rates.structure import Structure; from fristed_forecast.runs.plan import Plan;"
        "from fristed_forecast.runs.execute import execute;"
        f"chosen = tuple(positions()[n] for n in {NAMES!r});"
        "plan = Plan(area('durham-2014'), (300,), chosen, (Structure(),), 6, 2, 104, 9, chunk=3);"
        "execute(plan, Path(sys.argv[1]), 1, lambda part: __import__('time').sleep(0.5))"
    )
    source = str(Path(__file__).parents[3] / "src")
    process = subprocess.Popen([sys.executable, "-c", code, str(folder), source])
    while not list((folder / "parts").glob("*.parquet")):
        assert process.poll() is None
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert 0 < len(list((folder / "parts").glob("*.parquet"))) < 6
    assert equal(whole, run(plan, folder))


def test_what_an_interrupted_run_has_finished_is_a_whole_run_of_fewer_draws(plan: Plan) -> None:
    wide = replace(plan, structures=tuple(variants()), people=(300, 400))
    fewer = [part.file() for part in parts(replace(wide, draws=3))]
    assert [part.file() for part in parts(wide)][: len(fewer)] == fewer
    assert len(fewer) == 9 * len(NAMES) * 2


def test_a_folder_of_another_run_is_refused(plan: Plan, tmp_path: Path) -> None:
    run(plan, tmp_path)
    with pytest.raises(BadInput, match="other code, data, scenarios or seeds"):
        execute(replace(plan, seed=10), tmp_path, 1, lambda part: None)


def test_every_output_carries_hashes_and_seed(plan: Plan, tmp_path: Path) -> None:
    run(plan, tmp_path)
    written = json.loads((tmp_path / "manifest.json").read_text())
    assert written == manifest(plan)
    assert len(written["code"]) == len(written["data"]) == 16 and written["seed"] == 9


def test_the_report_shows_cards_payers_and_what_is_unset(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trust, "SHOWN_CLOSELY", ("room",))
    run(plan, tmp_path)
    text = make(plan, tmp_path).read_text()
    assert "What would change the answer" in text
    assert "unset: national value, interval × 2" in text
    assert text.count("<svg") >= 6 and "<script" not in text
    hangs = text.partition("What it hangs on")[2].partition("Which number to collect")[0]
    assert hangs.count("<svg") == 2  # deaths and society, by the heaviest numbers
    table = pq.read_table(tmp_path / weekly.FILE)
    assert table.num_rows == len(NAMES) * len(weekly.QUANTILES) * plan.weeks
    alive = weekly.series(plan, tmp_path, plan.structures[0], "room", 300)[:, 77, WEEKLY.index("alive")]
    keys = zip(table["position"].to_pylist(), table["quantile"].to_pylist(), table["week"].to_pylist(), strict=True)
    row = list(keys).index(("room", 0.5, 77))
    assert table["alive"][row].as_py() == np.float32(np.quantile(alive, 0.5))
    verdicts = json.loads((tmp_path / "verdicts.json").read_text())
    assert set(verdicts.values()) == {UNANSWERED}


def test_a_horizon_of_nothing_is_refused(plan: Plan) -> None:
    for weeks in (0, 53):
        with pytest.raises(BadInput, match="weeks ="):
            replace(plan, weeks=weeks)


def test_there_are_nine_structures_each_a_single_step_from_the_base() -> None:
    names = [s.name() for s in variants()]
    assert len(names) == len(set(names)) == 9 and names[0] == "base"
    with pytest.raises(ValueError, match="accepted are Pierce, Sordo"):
        Structure(mortality="guess")
