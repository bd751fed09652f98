"""Doing the work: parallel over draws, serial sums in index order, each part written whole or not at all."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
from numpy.typing import NDArray

from fristed_forecast.argument.levers import policy
from fristed_forecast.evidence.draws import Draws
from fristed_forecast.rates.build import build, for_people
from fristed_forecast.rates.kinds import Theta
from fristed_forecast.rates.structure import Structure
from fristed_forecast.runs.lifetime import RATES, afterwards
from fristed_forecast.runs.plan import Part, Plan, claim_folder, parts
from fristed_forecast.twin.cohort import AGED, Ready, ready
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
        self.kept: dict[int, tuple[Theta, Rates, Ready]] = {}

    def open(self, part: Part) -> None:
        """Forget the rates of another chunk or structure."""
        if self.key != (part.structure.name(), part.first):
            self.key, self.kept = (part.structure.name(), part.first), {}

    def get(self, structure: Structure, k: int) -> tuple[Theta, Rates, Ready]:
        """Draw k, its rates, and its twin by age."""
        if k not in self.kept:
            theta = one_draw(self.draws, k)
            rates = build(theta, structure)
            self.kept[k] = (theta, rates, ready(rates, AGED))
        return self.kept[k]


class Drawn(NamedTuple):
    """One draw of one part."""

    yearly: NDArray[np.int64]  # [replicates, years, COLUMNS]
    weekly: NDArray[np.float32]  # [weeks, WEEKLY] means over replicates
    later: NDArray[np.float64]  # [RATES, COLUMNS] discounted counts of the rest of these people's lives


def run_draw(plan: Plan, part: Part, store: RatesStore, k: int) -> Drawn:
    """Counts of one draw; lives are followed to their end in the first structure."""
    theta, base, town = store.get(part.structure, k)
    rates = for_people(base, part.people)
    levers = policy(part.position.levers, theta, plan.area.cells())
    yearly = np.zeros((plan.replicates, plan.weeks // YEAR, COLUMNS), np.int64)
    weekly = np.zeros((plan.weeks, len(WEEKLY)))
    columns = [COLUMN_NAMES.index(name) for name in WEEKLY]
    mass = np.zeros_like(town.who.start)
    for replicate in range(plan.replicates):
        run = simulate(rates, levers, part.people, plan.weeks, plan.seed, k, replicate)
        yearly[replicate] = run.weekly.reshape(-1, YEAR, COLUMNS).sum(axis=1)
        weekly += run.weekly[:, columns]
        mass += town.place(run.last, plan.weeks) / plan.replicates
    lives = part.structure == plan.structures[0]
    later = afterwards(town, mass, plan.weeks) if lives else np.zeros((len(RATES), COLUMNS))
    return Drawn(yearly, (weekly / plan.replicates).astype(np.float32), later)


def write_whole(table: pa.Table, path: Path) -> None:
    """A killed run leaves a whole part or none."""
    unfinished = path.with_suffix(".unfinished")
    pq.write_table(table, unfinished, compression="zstd")
    unfinished.replace(path)


def part_tables(plan: Plan, part: Part, done: list[Drawn]) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Draw x replicate x year x outcome; draw x week x series; draw x discount rate x outcome afterwards."""
    years = plan.weeks // YEAR
    draws = np.arange(part.first, part.last)
    counted = np.stack([drawn.yearly for drawn in done]).reshape(-1, COLUMNS)
    keys = {
        "draw": np.repeat(draws, plan.replicates * years),
        "replicate": np.tile(np.repeat(np.arange(plan.replicates), years), len(draws)),
        "year": np.tile(np.arange(years), len(draws) * plan.replicates),
    }
    weekly = np.stack([drawn.weekly for drawn in done]).reshape(-1, len(WEEKLY))
    of_week = {"draw": np.repeat(draws, plan.weeks), "week": np.tile(np.arange(plan.weeks), len(draws))}
    later = np.stack([drawn.later for drawn in done]).reshape(-1, COLUMNS)
    of_life = {"draw": np.repeat(draws, len(RATES)), "discount": np.tile(np.array(RATES), len(draws))}
    return (
        pa.table(keys | {name: counted[:, k] for k, name in enumerate(COLUMN_NAMES)}),
        pa.table(of_week | {name: weekly[:, k] for k, name in enumerate(WEEKLY)}),
        pa.table(of_life | {name: later[:, k] for k, name in enumerate(COLUMN_NAMES)}),
    )


def run_part(plan: Plan, part: Part, store: RatesStore, folder: Path, threads: int) -> None:
    """One part into its files, unless they are there already."""
    path = folder / "parts" / part.file()
    if path.exists():
        return
    store.open(part)
    with ThreadPoolExecutor(threads) as pool:
        done = list(pool.map(partial(run_draw, plan, part, store), range(part.first, part.last)))
    yearly, weekly, later = part_tables(plan, part, done)
    write_whole(weekly, path.with_suffix(".weekly"))
    write_whole(later, path.with_suffix(".later"))
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


def read_later(plan: Plan, folder: Path, name: str, people: int) -> NDArray[np.float64]:
    """[draws, RATES, COLUMNS] of the rest of lives, first structure."""
    files = [
        (folder / "parts" / part.file()).with_suffix(".later")
        for part in parts(plan)
        if part.structure == plan.structures[0] and part.position.name == name and part.people == people
    ]
    stacked = np.concatenate([np.stack([c.to_numpy() for c in _counts(f)], axis=1) for f in files])
    return stacked.reshape(plan.draws, len(RATES), COLUMNS)


def _counts(path: Path) -> Iterator[pa.ChunkedArray]:
    table = pq.read_table(path)
    return (table.column(name) for name in COLUMN_NAMES)
