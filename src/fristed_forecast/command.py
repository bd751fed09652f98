"""The command line: `fristed-forecast run | compare | explain | new-area`, and the studies beside a run."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from fristed_forecast import studies
from fristed_forecast.argument.areas import area, new_area
from fristed_forecast.argument.positions import OWN, BadInput, Position, positions
from fristed_forecast.evidence.explain import explain as explanation
from fristed_forecast.rates.structure import Structure, variants
from fristed_forecast.runs.plan import Part, Plan, parts
from fristed_forecast.studies import out, progress, refuse

app = typer.Typer(no_args_is_help=True, help=__doc__, pretty_exceptions_enable=False)


def chosen(names: str, file: Path) -> tuple[Position, ...]:
    """`all`, or names with commas; doing nothing always comes first."""
    known = positions(file)
    wanted = list(known) if names == "all" else ["do-nothing", *names.split(",")]
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise BadInput(f"--scenarios {unknown[0]}: accepted are all, {', '.join(known)}")
    return tuple(known[name] for name in dict.fromkeys(wanted))


def planned(name: str, scenarios: str, file: Path, draws: int | None, replicates: int | None, years: int, seed: int,
            structures: bool) -> Plan:  # fmt: skip
    """The plan of a run, checked. Nine structures take fewer draws each, where nobody says how many."""
    if years < 1:
        raise BadInput(f"--years {years}: accepted is 1 or more")
    place = area(name)
    forms = tuple(variants()) if structures else (Structure(),)
    usual_draws, usual_replicates = (200, 5) if structures else (1000, 20)
    draws = usual_draws if draws is None else draws
    replicates = usual_replicates if replicates is None else replicates
    return Plan(place, place.sizes(), chosen(scenarios, file), forms, draws, replicates, 52 * years, seed)


@app.command(epilog="Example: fristed-forecast run durham-2014 --draws 100 --replicates 5 --out results")
def run(
    name: Annotated[str, typer.Argument(metavar="AREA", help="an area's name, or its .toml file")],
    folder: Annotated[Path, typer.Option("--out", help="folder for results; a second run continues in it")],
    scenarios: Annotated[str, typer.Option(help="all, or names with commas")] = "all",
    positions_file: Annotated[Path, typer.Option("--positions", help="your own positions")] = OWN,
    draws: Annotated[int | None, typer.Option(help="1000; 200 with --structures")] = None,
    replicates: Annotated[int | None, typer.Option(help="20; 5 with --structures")] = None,
    years: int = 10,
    seed: int = 2014,
    threads: int = 2,
    structures: Annotated[bool, typer.Option(help="every structural variant as well")] = False,
    mirror: Annotated[bool, typer.Option(help="turn over every number whose sign nobody knows")] = False,
    prior: Annotated[bool, typer.Option(help="leave the area's calibration aside")] = False,
) -> None:
    """Run scenarios on an area; write Parquet, report and verdicts. Interrupted, it continues."""
    from fristed_forecast.report.make import make
    from fristed_forecast.runs.execute import execute

    try:
        plan = planned(name, scenarios, positions_file, draws, replicates, years, seed, structures)
        plan = replace(plan, mirror=mirror, prior=prior)
        with progress() as bar:
            task = bar.add_task("compiling, then running", total=len(parts(plan)))

            def step(part: Part) -> None:
                bar.update(task, advance=1, description=f"{part.position.name}, {part.people} people")

            execute(plan, folder, threads, step)
        out.print(f"report: {make(plan, folder)}", soft_wrap=True)
    except BadInput as error:
        raise refuse(error) from error


@app.command(epilog="Example: fristed-forecast compare durham-2014 hat prison")
def compare(
    name: Annotated[str, typer.Argument(metavar="AREA")],
    first: str,
    second: str,
    draws: int = 20,
    replicates: int = 5,
    years: int = 10,
    seed: int = 2014,
) -> None:
    """Two positions side by side: paired differences (first less second), with the doubt about numbers."""
    import numpy as np

    from fristed_forecast.runs.books import Books
    from fristed_forecast.runs.execute import RatesStore, one_draw, run_draw
    from fristed_forecast.runs.outcomes import SHOWN, difference, interval

    try:
        plan = planned(name, f"{first},{second}", OWN, draws, replicates, years, seed, False)
    except BadInput as error:
        raise refuse(error) from error
    store = RatesStore(plan.drawn())
    arms = []
    for wanted in (first, second):
        position = next(p for p in plan.positions if p.name == wanted)
        part = Part(Structure(), position, plan.people[0], 0, draws)
        store.open(part)
        counted = [run_draw(plan, part, store, k).yearly for k in range(draws)]
        books = Books([one_draw(store.draws, k) for k in range(draws)], years)
        arms.append(books.totals(np.stack(counted), position.levers))
    table = Table("outcome", f"{first} less {second}", "95 % of draws")
    for outcome, words in SHOWN.items():
        mean, low, high = interval(difference(arms[0], arms[1])[outcome])
        table.add_row(words, f"{mean:,.1f}", f"{low:,.1f} to {high:,.1f}")
    out.print(table)


@app.command(epilog="Example: fristed-forecast explain p_op")
def explain(symbol: str) -> None:
    """Where a number comes from and what hangs on it."""
    try:
        out.print(explanation(symbol), soft_wrap=True, markup=False, highlight=False)
    except KeyError as error:
        raise refuse(error) from error


@app.command("new-area", epilog="Example: fristed-forecast new-area mytown.toml 'My town' 900 180000")
def new_area_command(file: Path, name: str, people: int, population: int) -> None:
    """Write the one short file of a new area."""
    try:
        new_area(file, name, people, population)
        area(str(file))
    except BadInput as error:
        raise refuse(error) from error
    out.print(f"{file}: fill it in, then run it", soft_wrap=True)


STUDIES: dict[Callable[..., None], str] = {
    studies.calibrate: "calibrate durham-2014 --out calibrated",
    studies.tornado: "tornado durham-2014 hat",
    studies.weigh: "weigh weights.csv",
    studies.sweep: "sweep durham-2014 --lever hat_places=0:100:25 --out swept",
    studies.brief: "brief results brief.pdf",
}
for study, example in STUDIES.items():
    app.command(epilog=f"Example: fristed-forecast {example}")(study)

if __name__ == "__main__":
    app()
