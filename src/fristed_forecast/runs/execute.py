"""Doing the work: parallel over draws, serial sums in index order, each part written whole or not at all."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
from numpy.typing import NDArray

from fristed_forecast.argument.levers import policy
from fristed_forecast.evidence.draws import Draws
from fristed_forecast.rates.build import build, for_people
from fristed_forecast.rates.kinds import Theta
from fristed_forecast.rates.structure import Structure
from fristed_forecast.runs.plan import Part, Plan, claim_folder, parts
from fristed_forecast.week.counts import COLUMN_NAMES, COLUMNS
from fristed_forecast.week.inputs import Rates
from fristed_forecast.week.run import simulate

YEAR = 52
WEEKLY = ("alive", "poisoning deaths", "other deaths", "entrants", "oral waiting", "HAT waiting",
          "weeks HAT, injecting", "weeks HAT, smoking", "dealers x1000")  # fmt: skip


def one_draw(draws: Draws, k: int) -> dict[str, float]:
    """The k-th joint draw, symbol by symbol."""
    return {symbol: float(values[k]) for symbol, values in draws.items()}


class RatesStore:
    """Rates of the latest chunk's draws: scenarios and numbers of people share them."""

    def __init__(self, draws: Draws) -> None:
        self.draws = draws
        self.key: tuple[str, int] = ("", -1)
        self.kept: dict[int, tuple[Theta, Rates]] = {}

    def open(self, part: Part) -> None:
        """Forget the rates of another chunk or structure."""
        if self.key != (part.structure.name(), part.first):
            self.key, self.kept = (part.structure.name(), part.first), {}

    def get(self, structure: Structure, k: int) -> tuple[Theta, Rates]:
        """Draw k and its rates."""
        if k not in self.kept:
            theta = one_draw(self.draws, k)
            self.kept[k] = (theta, build(theta, structure))
        return self.kept[k]


def run_draw(plan: Plan, part: Part, store: RatesStore, k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """[replicates, years, COLUMNS] counts of one draw, and [weeks, WEEKLY] means over its replicates."""
    theta, base = store.get(part.structure, k)
    rates = for_people(base, part.people)
    levers = policy(part.position.levers, theta, plan.area.prison_places)
    yearly = np.zeros((plan.replicates, plan.weeks // YEAR, COLUMNS), np.int64)
    weekly = np.zeros((plan.weeks, len(WEEKLY)))
    columns = [COLUMN_NAMES.index(name) for name in WEEKLY]
    for replicate in range(plan.replicates):
        run = simulate(rates, levers, part.people, plan.weeks, plan.seed, k, replicate)
        yearly[replicate] = run.weekly.reshape(-1, YEAR, COLUMNS).sum(axis=1)
        weekly += run.weekly[:, columns]
    return yearly, (weekly / plan.replicates).astype(np.float32)


def write_whole(table: pa.Table, path: Path) -> None:
    """A killed run leaves a whole part or none."""
    unfinished = path.with_suffix(".unfinished")
    pq.write_table(table, unfinished, compression="zstd")
    unfinished.replace(path)


def part_tables(
    plan: Plan, part: Part, done: list[tuple[NDArray[np.int64], NDArray[np.float32]]]
) -> tuple[pa.Table, pa.Table]:
    """Draw x replicate x year x outcome; and draw x week x series."""
    years = plan.weeks // YEAR
    draws = np.arange(part.first, part.last)
    counted = np.stack([yearly for yearly, _ in done]).reshape(-1, COLUMNS)
    keys = {
        "draw": np.repeat(draws, plan.replicates * years),
        "replicate": np.tile(np.repeat(np.arange(plan.replicates), years), len(draws)),
        "year": np.tile(np.arange(years), len(draws) * plan.replicates),
    }
    weekly = np.stack([series for _, series in done]).reshape(-1, len(WEEKLY))
    of_week = {"draw": np.repeat(draws, plan.weeks), "week": np.tile(np.arange(plan.weeks), len(draws))}
    return (
        pa.table(keys | {name: counted[:, k] for k, name in enumerate(COLUMN_NAMES)}),
        pa.table(of_week | {name: weekly[:, k] for k, name in enumerate(WEEKLY)}),
    )


def run_part(plan: Plan, part: Part, store: RatesStore, folder: Path, threads: int) -> None:
    """One part into its files, unless they are there already."""
    path = folder / "parts" / part.file()
    if path.exists():
        return
    store.open(part)
    with ThreadPoolExecutor(threads) as pool:
        done = list(pool.map(partial(run_draw, plan, part, store), range(part.first, part.last)))
    yearly, weekly = part_tables(plan, part, done)
    write_whole(weekly, path.with_suffix(".weekly"))
    write_whole(yearly, path)


def execute(plan: Plan, folder: Path, threads: int, step: Callable[[Part], None]) -> None:
    """Everything of the plan that is not there yet; `step` is told after each part."""
    claim_folder(folder, plan)
    store = RatesStore(plan.drawn())
    for part in parts(plan):
        run_part(plan, part, store, folder, threads)
        step(part)


def read_arm(plan: Plan, folder: Path, structure: Structure, name: str, people: int) -> NDArray[np.int64]:
    """[draws, replicates, years, COLUMNS] of one scenario, as written."""
    files = [
        folder / "parts" / part.file()
        for part in parts(plan)
        if part.structure == structure and part.position.name == name and part.people == people
    ]
    stacked = np.concatenate([np.stack([c.to_numpy() for c in _counts(f)], axis=1) for f in files])
    return stacked.reshape(plan.draws, plan.replicates, plan.weeks // YEAR, COLUMNS)


def _counts(path: Path) -> Iterator[pa.ChunkedArray]:
    table = pq.read_table(path)
    return (table.column(name) for name in COLUMN_NAMES)
