"""What a full run consists of, and the manifest that every output carries."""

import hashlib
import json
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from fristed_forecast.argument.areas import Area
from fristed_forecast.argument.positions import BadInput, Position
from fristed_forecast.calibration.posterior import sampled
from fristed_forecast.evidence.draws import Draws, draw, mirrored
from fristed_forecast.rates.structure import Structure
from fristed_forecast.week.compiled import PACKAGE, code_hash


@dataclass(frozen=True)
class Plan:
    """One full run. `people` are the numbers of dependent people every scenario is run at."""

    area: Area
    people: tuple[int, ...]
    positions: tuple[Position, ...]
    structures: tuple[Structure, ...]
    draws: int
    replicates: int
    weeks: int
    seed: int
    chunk: int = 25
    mirror: bool = False  # turn over every number whose sign nobody knows
    prior: bool = False  # leave the area's calibration aside

    def drawn(self) -> Draws:
        """The run's parameter draws: the area's posterior where it has been calibrated."""
        name = "" if self.prior else self.area.posterior
        at = sampled(name, self.seed, self.draws) if name else {}
        draws = draw(self.seed, self.draws, self.area.numbers, at)
        return mirrored(draws) if self.mirror else draws

    def __post_init__(self) -> None:
        for name in ("draws", "replicates", "weeks", "chunk"):
            if getattr(self, name) < 1:
                raise BadInput(f"{name} = {getattr(self, name)}: accepted is 1 or more")
        if self.weeks % 52:
            raise BadInput(f"weeks = {self.weeks}: accepted is whole years of 52 weeks")


@dataclass(frozen=True)
class Part:
    """The unit of work and of resuming: some draws of one scenario at one number of people."""

    structure: Structure
    position: Position
    people: int
    first: int
    last: int

    def file(self) -> str:
        """Name without folder: stable, so that a second run finds what the first has done."""
        key = "|".join([self.structure.name(), self.position.name, str(self.people)])
        digest = hashlib.blake2b(key.encode(), digest_size=4).hexdigest()
        return f"{self.position.name}-{self.people}-{digest}-{self.first:05d}-{self.last:05d}.parquet"


def parts(plan: Plan) -> list[Part]:
    """Every part; parts of the same draws and structure follow each other, to share their rates. Draws come outermost:
    what an interrupted run has finished is a whole run of fewer draws."""
    return [
        Part(structure, position, people, first, min(first + plan.chunk, plan.draws))
        for first in range(0, plan.draws, plan.chunk)
        for structure in plan.structures
        for people in plan.people
        for position in plan.positions
    ]


def data_hash() -> str:
    """Hash of every number and scenario shipped with the package."""
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted([*PACKAGE.rglob("*.csv"), *PACKAGE.rglob("*.toml")]):
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def manifest(plan: Plan) -> dict[str, Any]:
    """What another person needs to make the same numbers: hashes, seeds, versions, and what was not set."""
    names = ("numpy", "numba", "scipy", "pyarrow")
    return {
        "code": code_hash(),
        "data": data_hash(),
        "area": plan.area.name,
        "area_numbers": hashlib.blake2b(repr(plan.area).encode(), digest_size=8).hexdigest(),
        "people": list(plan.people),
        "scenarios": {p.name: p.levers for p in plan.positions},
        "structures": [asdict(s) for s in plan.structures],
        "draws": plan.draws,
        "replicates": plan.replicates,
        "weeks": plan.weeks,
        "seed": plan.seed,
        "mirror": plan.mirror,
        "posterior": "" if plan.prior else plan.area.posterior,
        "unset": list(plan.area.unset),
        "versions": {name: _version(name) for name in names},
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def claim_folder(folder: Path, plan: Plan) -> None:
    """Write the manifest, or refuse a folder that holds another run's results."""
    path = folder / "manifest.json"
    text = json.dumps(manifest(plan), indent=1, sort_keys=True)
    if path.exists():
        if path.read_text(encoding="utf-8") != text:
            raise BadInput(f"{folder}: holds a run of other code, data, scenarios or seeds; give another folder")
        return
    (folder / "parts").mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
