"""Commands beside a run: calibrate, tornado, weigh, sweep, brief."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from fristed_forecast.argument.areas import area
from fristed_forecast.argument.positions import BadInput, positions

out, wrong = Console(), Console(stderr=True)
AREA = Annotated[str, typer.Argument(metavar="AREA", help="an area's name, or its .toml file")]


def refuse(error: Exception) -> typer.Exit:
    """Say what is wrong and stop; nothing has been written."""
    wrong.print(str(error.args[0]), style="bold", soft_wrap=True, markup=False)
    return typer.Exit(2)


def progress() -> Progress:
    """Bars on the error stream."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=wrong)


def calibrate(
    name: AREA,
    folder: Annotated[Path, typer.Option("--out", help="folder for AREA.csv and calibration.md")],
    points: Annotated[int, typer.Option(help="twin runs a wave")] = 600,
    simulations: int = 1500,
    seed: int = 7,
    threads: int = 2,
) -> None:
    """Calibrate an area: history matching on the twin, then simulations of people inside. Writes the posterior."""
    from fristed_forecast.calibration.run import calibrate as whole
    from fristed_forecast.calibration.run import save

    try:
        made = whole(name, seed, points, simulations, threads)
    except BadInput as error:
        raise refuse(error) from error
    folder.mkdir(parents=True, exist_ok=True)
    save(made, folder / f"{Path(name).stem}.csv", folder / "calibration.md")
    out.print(f"{folder}: posterior and page written", soft_wrap=True)


def tornado(name: AREA, position: str, outcome: str = "deaths", many: int = 15, years: int = 10) -> None:
    """What a position's effect hangs on, one number at a time through the twin; widest first."""
    from fristed_forecast.doubt.tornado import tornado as swings
    from fristed_forecast.evidence.table import numbers
    from fristed_forecast.runs.outcomes import SHOWN

    try:
        place, known = area(name), positions()
        if position not in known or outcome not in SHOWN:
            raise BadInput(f"positions are {', '.join(known)}; outcomes are {', '.join(SHOWN)}")
    except BadInput as error:
        raise refuse(error) from error
    table = Table("symbol", "number", "low end", "high end")
    for swing in swings(place, known[position], place.claimed_people, years)[outcome][:many]:
        table.add_row(swing.symbol, numbers()[swing.symbol].name, f"{swing.low:,.4g}", f"{swing.high:,.4g}")
    out.print(table)


def weigh(file: Annotated[Path, typer.Argument(help="weights.csv of the package, or your own")]) -> None:
    """How much every assumption weighs on the claims, through the twin; the page of assumptions reads it."""
    from fristed_forecast.doubt.weights import weights, write

    write(file, weights(area("durham-2014")))
    out.print(f"{file}: written", soft_wrap=True)


def sweep(
    name: AREA,
    folder: Annotated[Path, typer.Option("--out", help="folder for results; a second sweep continues in it")],
    levers: Annotated[list[str], typer.Option("--lever", help="LEVER=LOW:HIGH:STEP or LEVER=a,b,c; repeat for a grid")],
    position: Annotated[str, typer.Option(help="the position whose levers are moved")] = "do-nothing",
    draws: int = 100,
    replicates: int = 5,
    years: int = 10,
    seed: int = 2014,
    cluster: Annotated[str, typer.Option(help="address of a Dask scheduler; empty: this machine")] = "",
    workers: Annotated[int, typer.Option(help="workers on this machine")] = 2,
) -> None:
    """Every combination of lever values, with Dask on this machine or a cluster. Interrupted, it continues."""
    from fristed_forecast.runs.sweep import grid, run_sweep

    try:
        points = grid(area(name), position, levers)
        with progress() as bar:
            task = bar.add_task("sweep", total=len(points))
            settings = (draws, replicates, years, seed)
            done = run_sweep(area(name), points, folder, settings, cluster, workers, lambda: bar.advance(task))
    except BadInput as error:
        raise refuse(error) from error
    out.print(f"{done}: one row a combination, outcome and draw", soft_wrap=True)


def brief(folder: Path, file: Path) -> None:
    """The two-page brief (PDF) of a finished run: verdicts, payers, doubts, and two lines to sign."""
    from fristed_forecast.report.brief import make

    try:
        make(folder, file)
    except BadInput as error:
        raise refuse(error) from error
    out.print(f"{file}: written", soft_wrap=True)
