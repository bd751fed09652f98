"""`fristed report`: counts by a published definition."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from fristed.house.configuration import ConfigurationError
from fristed.house.opening import open_service

if TYPE_CHECKING:
    from fristed.evidence.queries.period import Period
    from fristed.evidence.thistle import Month, Thistle
    from fristed.rehearsal.compare import Cell

_DAY = ["%Y-%m-%d"]
_SHARES = ("Cocaine\n%", "Heroin\n%", "Snow-\nball %")  # heads for `thistle.COLUMNS`


def report(
    name: Annotated[str, typer.Argument(help="Whose definitions: thistle (Glasgow City HSCP).")],
    home: Annotated[Path, typer.Argument(help="The folder that 'fristed init' made.")] = Path(),
    first: Annotated[datetime, typer.Option("--from", formats=_DAY, help="First service day.")] = ...,  # type: ignore[assignment]  # typer's way to say required
    last: Annotated[datetime, typer.Option("--to", formats=_DAY, help="Last service day, included.")] = ...,  # type: ignore[assignment]  # as above
    site: Annotated[str, typer.Option(help="Which site, where the service has several.")] = "",
    against: Annotated[str, typer.Option(help="A rehearsal's room: its published figures beside ours.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print the months as CSV, for a spreadsheet.")] = False,
) -> None:
    """Counts a period and prints the table with its definitions. Reads only; may run beside the service.

    Ends with code 0 when printed, 1 when --against finds a number that chance does not explain, 2 when an option
    or setting is wrong.
    """
    if name not in ("thistle",):
        raise ConfigurationError(f"{name}: there is no such report. There is: thistle.")
    if last < first:
        raise ConfigurationError(f"--to is {last:%Y-%m-%d}, before --from {first:%Y-%m-%d}. Swap them.")
    if json and csv:
        raise ConfigurationError("--json and --csv: only one of them can be printed. Leave one out.")
    service = open_service(home)
    from fristed.evidence.thistle import thistle
    from fristed.house.connecting import only_reading

    only_reading(service)
    period = _period(site, first.date(), last.date())
    table = thistle(period)
    cells = _compare(against, table, period) if against else []
    if json:
        _print_json(table, cells)
    elif csv:
        _print_csv(table)
    else:
        _print(table, cells)
        if not table.accesses:
            typer.echo(_recorded(period))
    raise typer.Exit(0 if all(cell.agrees for cell in cells) else 1)


def _period(slug: str, first: date, last: date) -> Period:
    from fristed.evidence.queries.period import Period
    from fristed.ground.models import Site

    sites = list(Site.objects.filter(slug=slug) if slug else Site.objects.all()[:2])
    if len(sites) == 1:
        return Period(sites[0].id, first, last)
    known = ", ".join(Site.objects.order_by("slug").values_list("slug", flat=True)) or "none"
    raise ConfigurationError(f"--site is {slug!r}; the sites of this service are: {known}. Name one of them.")


def _recorded(period: Period) -> str:
    """For whoever asked of days on which nobody came."""
    from django.db.models import Max, Min

    from fristed.room.models import Visit

    days = Visit.objects.filter(site=period.site).aggregate(first=Min("day"), last=Max("day"))
    if days["first"] is None:
        return "\nNobody has come yet."
    return f"\nNobody came on these days. Visits are recorded from {days['first']} to {days['last']}."


def _compare(room: str, table: Thistle, period: Period) -> list[Cell]:
    from fristed.evidence.queries.visits import accesses
    from fristed.rehearsal.compare import compare
    from fristed.rehearsal.roomfile import RoomFileError, read_room

    try:
        described = read_room(room)
    except RoomFileError as error:
        raise ConfigurationError(f"--against: {error}") from error
    came = accesses(period)
    days = [day for column in described.published if column.column == "persons" for day in column.values]
    counted = {day: int(came.until(day)) for day in days if period.first == described.first_day}
    within = {day: n for day, n in counted.items() if day <= period.last.isoformat()}
    try:
        cells = compare(described, list(table.months), within)
    except LookupError:
        cells = []  # a month in which the room itself says nothing
    if not cells:
        raise ConfigurationError(f"--against: {room} has no published figures for every month from --from to --to.")
    return cells


def _print_json(table: Thistle, cells: list[Cell]) -> None:
    import msgspec

    answer = table.plain() | ({"against": [msgspec.to_builtins(cell) for cell in cells]} if cells else {})
    typer.echo(msgspec.json.encode(answer).decode())


def _print_csv(table: Thistle) -> None:
    from fristed.evidence.spreadsheet import as_csv

    typer.echo(as_csv(table), nl=False)


def _print(table: Thistle, cells: list[Cell]) -> None:
    console = Console()
    console.print(_months(table))
    for line in _below(table):
        console.print(line, highlight=False)
    if cells:
        console.print(_against(cells))
        for cell in (c for c in cells if not c.agrees):
            console.print(f"Disagrees: {cell.column} {cell.when}: published {cell.published:g}, lived {cell.lived:g}.")
    console.print("\n[bold]What is counted[/bold]")
    for definition in table.definitions:
        console.print(f"[bold]{definition.name}[/bold]: {definition.counts} ({definition.source}.)", highlight=False)


def _months(table: Thistle) -> Table:
    from fristed.evidence.thistle import COLUMNS

    shown = Table(title=f"{table.first} to {table.last}", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    shown.add_column("Month", no_wrap=True)
    for head in ("Accesses", "Episodes", "Emer-\ngencies", *_SHARES, "People", "People\nso far"):
        shown.add_column(head, justify="right", overflow="fold")
    for m in table.months:
        shares = ("" if m.percent(c) is None else f"{m.percent(c):.1f}" for c in COLUMNS)
        shown.add_row(m.month, f"{m.accesses:,}", f"{m.episodes:,}", str(m.emergencies), *shares, *_people(m))
    shown.add_section()
    total = (f"{table.accesses:,}", f"{table.episodes:,}", str(table.emergencies), "", "", "")
    shown.add_row("All", *total, "", f"{int(table.people):,}")
    return shown


def _people(month: Month) -> tuple[str, str]:
    return f"{int(month.people):,}", f"{int(month.people_so_far):,}"


def _below(table: Thistle) -> list[str]:
    from fristed.evidence.words import GIVEN
    from fristed.room.words import GRADES

    given = ", ".join(f"{GIVEN[code]} {count:,}" for code, count in table.given.items() if count)
    genders = ", ".join(f"{name} {count:,}" for name, count in table.genders.items())
    grades = ", ".join(f"{GRADES[int(grade)]} {count}" for grade, count in table.grades.items() if count)
    return [
        f"Different people in the whole period: {int(table.people):,} ({genders}). Months are not added up.",
        f"Emergencies by the most that was done: {grades or 'none'}.",
        f"With naloxone {table.naloxone}; ambulance called {table.ambulances}, left with it {table.hospital}.",
        f"Noted: {given or 'nothing'}.",
    ]


def _against(cells: list[Cell]) -> Table:
    title = "Against what was published. Interval: what chance leaves of this room in 99 of 100"
    shown = Table(title=title, box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for head in ("Column", "When", "Read by the life", "Published", "Lived", "Interval", ""):
        shown.add_column(head)
    for c in cells:
        reads = "yes" if c.kind == "input" else "no"
        interval = f"{c.low:g} to {c.high:g}"
        shown.add_row(
            c.column, c.when, reads, f"{c.published:g}", f"{c.lived:g}", interval, "" if c.agrees else "disagrees"
        )
    return shown
