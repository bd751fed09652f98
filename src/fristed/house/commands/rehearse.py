"""`fristed rehearse`: an invented service, to look at, to train in, to measure."""

from __future__ import annotations

import signal
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from fristed.house import rehearsing
from fristed.house.configuration import ConfigurationError, Service, read_service
from fristed.rehearsal.history import SEED
from fristed.rehearsal.roomfile import RoomFile, RoomFileError, read_room


def rehearse(
    room: Annotated[str, typer.Argument(help="thistle, insite, thistle-2025, insite-2003, or a room file (.toml).")],
    home: Annotated[Path, typer.Option(help="The rehearsal's own folder.")] = Path("rehearsal"),
    days: Annotated[int, typer.Option(min=1, max=3660, help="Days of history.")] = 30,
    first: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help="First day; usual: so that history ends now."),
    ] = None,
    speed: Annotated[int, typer.Option(min=0, max=3600, help="Seconds that pass in one; 0: history only.")] = 60,
    database: Annotated[str, typer.Option(help="An empty postgresql://... of its own; usual: an encrypted file.")] = "",
    port: Annotated[int, typer.Option(min=1, max=65533)] = 8790,
    seed: Annotated[int, typer.Option(help="Another seed, another life.")] = SEED,
    fresh: Annotated[bool, typer.Option(help="Start over: the earlier rehearsal in this folder is removed.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print address and sign-ins as JSON.")] = False,
) -> None:
    """Invents a service from a room file and lives it through the same acts as real staff.

    Makes the history once, then serves and lives on until Ctrl-C; a second run starts at once. Nothing in it is real,
    and nothing real belongs in it. Ends with code 0, also on Ctrl-C while it serves (a 'make' around it then says
    Interrupt), or 2 when an option or setting is wrong.
    """
    described = _room(room)
    if first is not None and speed:
        raise ConfigurationError("--from needs --speed 0: a life that goes on has its history up to now.")
    if fresh:
        earlier = rehearsing.remove(home)
        database = database or earlier
    notes = rehearsing.notes_of(home)
    if notes is None:
        _refuse_taken(port, speed)
        day = first.date() if first else None
        with _progress() as progress:
            bar = progress.add_task(f"{described.name}", total=days)
            rehearsing.make(home, room, described, day, days, port, seed, lambda: progress.advance(bar), database)
        notes = rehearsing.notes_of(home)
    else:
        _known(home, room, notes, database, speed)
    assert notes is not None
    _tell_json(home) if json else _tell(home, speed)
    if speed:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        rehearsing.live(home, described, notes, speed, lambda sentence: Console(stderr=True).print(sentence))


def _room(name: str) -> RoomFile:
    try:
        return read_room(name)
    except RoomFileError as error:
        raise ConfigurationError(str(error)) from error


def _refuse_taken(port: int, speed: int) -> None:
    """A long history is not made for a service that then cannot listen."""
    from fristed.house.supervisor import refuse_taken_ports

    if speed:
        refuse_taken_ports(Service(port=port))


def _known(home: Path, room: str, notes: rehearsing.Notes, database: str, speed: int) -> None:
    if notes.room != room:
        raise ConfigurationError(f"{home}: this is a rehearsal of {notes.room}. Add --fresh to start over.")
    if database and database != read_service(home).database:
        raise ConfigurationError(f"{home}: this rehearsal has its database already. Add --fresh to start over.")
    from fristed.house.opening import only_writer, open_service

    if speed:
        with only_writer(read_service(home)):  # or it would greet, and then find that it runs already
            _refuse_taken(read_service(home).port, speed)
    open_service(home)


def _progress() -> Progress:
    words = TextColumn("{task.description}")
    return Progress(
        words,
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("days"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )


def _tell(home: Path, speed: int) -> None:
    console = Console()
    console.print("Invented people only: enter nobody real here.", style="bold")
    signs = Table("Role", "User name", "Password", "PIN on the tablet")
    for role, name in rehearsing.staff(home):
        signs.add_row(role, name, rehearsing.PASSWORD, rehearsing.PIN)
    console.print(signs)
    if speed:
        console.print(
            f"Its clock is not the one on your wall: it begins in a busy hour, and {speed} of its seconds pass in one.",
            highlight=False,
        )
    else:  # a rehearsal that goes on prints its address itself, when it is there
        console.print(f"fristed report thistle {home} --from ... --to ...", highlight=False)


def _tell_json(home: Path) -> None:
    import msgspec

    same = {"password": rehearsing.PASSWORD, "pin": rehearsing.PIN}
    signs = [{"role": role, "user": name} | same for role, name in rehearsing.staff(home)]
    typer.echo(msgspec.json.encode({"url": read_service(home).origin(), "staff": signs}).decode())
