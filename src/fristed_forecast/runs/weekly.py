"""The weekly series of a finished run, arm by arm, and weekly-quantiles.parquet: their quantiles over draws."""

from pathlib import Path

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
from numpy.typing import NDArray

from fristed_forecast.rates.structure import Structure
from fristed_forecast.runs.execute import WEEKLY
from fristed_forecast.runs.plan import Plan, parts

QUANTILES = (0.025, 0.25, 0.5, 0.75, 0.975)
FILE = "weekly-quantiles.parquet"


def series(plan: Plan, folder: Path, structure: Structure, position: str, people: int) -> NDArray[np.float32]:
    """[draws, weeks, WEEKLY] means over replicates of one arm."""
    tables = [
        pq.read_table((folder / "parts" / part.file()).with_suffix(".weekly"), columns=list(WEEKLY))
        for part in parts(plan)
        if part.structure == structure and part.position.name == position and part.people == people
    ]
    stacked = np.concatenate([np.stack([c.to_numpy() for c in table.columns], axis=-1) for table in tables])
    return stacked.reshape(plan.draws, plan.weeks, len(WEEKLY))


def arm(plan: Plan, folder: Path, structure: Structure, position: str, people: int) -> pa.Table:
    """One row a quantile and week, one column a series."""
    found = np.quantile(series(plan, folder, structure, position, people), QUANTILES, axis=0).astype(np.float32)
    rows = len(QUANTILES) * plan.weeks
    keys = {"structure": [structure.name()] * rows, "position": [position] * rows, "people": [people] * rows}
    keys |= {"quantile": np.repeat(QUANTILES, plan.weeks), "week": np.tile(np.arange(plan.weeks), len(QUANTILES))}
    return pa.table(keys | {name: found[..., k].ravel() for k, name in enumerate(WEEKLY)})


def write(plan: Plan, folder: Path) -> None:
    """Every arm of the run, one after another; the file is whole or not there."""
    arms = [(s, p.name, n) for s in plan.structures for p in plan.positions for n in plan.people]
    first = arm(plan, folder, *arms[0])
    unfinished = folder / f"{FILE}.unfinished"
    with pq.ParquetWriter(unfinished, first.schema, compression="zstd") as writer:
        for one in arms:
            writer.write_table(arm(plan, folder, *one))
    unfinished.replace(folder / FILE)
