"""A grid of lever values: one task a combination, on this machine or on a cluster, the same numbers on both."""

import hashlib
import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
from distributed import Client, LocalCluster, as_completed

from fristed_forecast.argument.areas import Area
from fristed_forecast.argument.levers import LEVERS
from fristed_forecast.argument.positions import BadInput, Position, checked, positions
from fristed_forecast.rates.structure import Structure
from fristed_forecast.runs.books import Books
from fristed_forecast.runs.execute import YEAR, RatesStore, one_draw, run_draw, write_whole
from fristed_forecast.runs.outcomes import SHOWN
from fristed_forecast.runs.plan import Part, Plan, claim_folder

MOST = 10_000  # combinations


def values(text: str) -> tuple[str, list[Any]]:
    """A lever and its values from `LEVER=LOW:HIGH:STEP` or `LEVER=a,b,c`."""
    name, _, listed = text.partition("=")
    if name not in LEVERS or not listed:
        raise BadInput(f"--lever {text}: write LEVER=LOW:HIGH:STEP or LEVER=a,b,c; levers are {', '.join(LEVERS)}")
    neutral = LEVERS[name].neutral
    if isinstance(neutral, bool):
        return name, [word == "true" for word in listed.split(",")]
    if isinstance(neutral, str):
        return name, listed.split(",")
    try:
        if ":" in listed:
            low, high, step = (float(part) for part in listed.split(":"))
            numbers = np.arange(low, high + step / 2, step).tolist()
        else:
            numbers = [float(part) for part in listed.split(",")]
    except (ValueError, ZeroDivisionError) as error:
        raise BadInput(f"--lever {text}: numbers are needed, as in {name}=0:100:10") from error
    return name, [int(v) if float(v).is_integer() else v for v in numbers]


def grid(area: Area, base: str, texts: list[str]) -> list[Position]:
    """A position for every combination, checked as any position is; `area` is where they will be run."""
    known = positions()
    if base not in known:
        raise BadInput(f"--position {base}: known are {', '.join(known)}")
    listed = [values(text) for text in texts]
    combinations = list(itertools.product(*(found for _, found in listed)))
    if len(combinations) > MOST:
        raise BadInput(f"{len(combinations)} combinations for {area.name}: accepted are up to {MOST}")
    found = []
    for combination in combinations:
        moved = dict(zip((name for name, _ in listed), combination, strict=True))
        name = ", ".join(f"{key}={value}" for key, value in moved.items())
        found.append(checked(f"--lever {name}", Position(name, "", "", known[base].levers | moved)))
    return found


def plan_of(area: Area, points: list[Position], settings: tuple[int, int, int, int]) -> Plan:
    """The plan of a sweep: the first number of people, the first structure."""
    draws, replicates, years, seed = settings
    return Plan(area, area.sizes()[:1], tuple(points), (Structure(),), draws, replicates, 52 * years, seed)


def one_point(plan: Plan, position: Position) -> dict[str, list[float]]:
    """Mean over replicates of every outcome, by draw."""
    store = RatesStore(plan.drawn())
    part = Part(plan.structures[0], position, plan.people[0], 0, plan.draws)
    counted = np.stack([run_draw(plan, part, store, k).yearly for k in range(plan.draws)])
    books = Books([one_draw(store.draws, k) for k in range(plan.draws)], plan.weeks // YEAR)
    found = books.totals(counted, position.levers)
    return {name: found[name].mean(axis=1).tolist() for name in SHOWN}


def file_of(folder: Path, position: Position) -> Path:
    """The file of one combination."""
    digest = hashlib.blake2b(json.dumps(position.levers, sort_keys=True).encode(), digest_size=8).hexdigest()
    return folder / "parts" / f"{digest}.parquet"


def keep(folder: Path, position: Position, found: dict[str, list[float]]) -> None:
    """One combination's rows, whole or not at all."""
    rows = {
        "levers": [position.name] * (len(SHOWN) * len(found["deaths"])),
        "outcome": [name for name in SHOWN for _ in found[name]],
        "draw": [k for name in SHOWN for k in range(len(found[name]))],
        "value": [value for name in SHOWN for value in found[name]],
    }
    write_whole(pa.table(rows), file_of(folder, position))


def run_sweep(
    area: Area,
    points: list[Position],
    folder: Path,
    settings: tuple[int, int, int, int],
    cluster: str,
    workers: int,
    step: Callable[[], object],
) -> Path:
    """Every combination that is not there yet; then all of them in one table, in the grid's order."""
    plan = plan_of(area, points, settings)
    claim_folder(folder, plan)
    missing = [point for point in points if not file_of(folder, point).exists()]
    for _ in range(len(points) - len(missing)):
        step()
    if missing:
        local = (
            None
            if cluster
            else LocalCluster(  # type: ignore[no-untyped-call, unused-ignore]
                n_workers=workers, threads_per_worker=1, dashboard_address=None
            )
        )
        with Client(cluster or local) as client:  # type: ignore[no-untyped-call, unused-ignore]
            tasks = {client.submit(one_point, plan, point, pure=False): point for point in missing}
            for done in as_completed(tasks):  # type: ignore[no-untyped-call, unused-ignore]
                keep(folder, tasks[done], done.result())
                step()
        if local:
            local.close()
    path = folder / "sweep.parquet"
    write_whole(pa.concat_tables([pq.read_table(file_of(folder, point)) for point in points]), path)
    return path
