"""`fristed verify`: proof that nobody changed what was kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fristed.house.configuration import ConfigurationError
from fristed.house.opening import open_service

if TYPE_CHECKING:
    from fristed.journal.verify import Report
    from fristed.journal.verify.heads import SignedHead


def verify(
    home: Annotated[Path, typer.Argument(help="The folder that 'fristed init' made.")] = Path(),
    heads: Annotated[Path | None, typer.Option(help="Signed heads that were kept off this machine.")] = None,
    write_head: Annotated[
        Path | None, typer.Option(help="Add today's signed heads to this file, if all is well.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Reads everything and writes nothing: pages, guards, the chain of entries, rows, keys, signed heads.

    Ends with code 0 when all is as it was kept, 1 when something is not, 2 when it could not be looked at.
    Keep the file of heads on something you carry away: only it finds a tail that was cut.
    """
    service = open_service(home)
    from fristed.house.connecting import only_reading

    only_reading(service)
    report = read(_known(heads), quiet=json)
    if write_head and report.sound:
        from fristed.journal.verify.heads import write_heads

        write_heads(write_head, report.heads)
    print_json(report) if json else _print(report, service.home, write_head)
    raise typer.Exit(0 if report.sound else 1)


def _known(path: Path | None) -> list[SignedHead]:
    from fristed.journal.verify.heads import HeadsFileError, read_heads

    try:
        return read_heads(path) if path else []
    except HeadsFileError as error:
        raise ConfigurationError(f"--heads: {error}") from error


def read(heads: list[SignedHead], *, quiet: bool) -> Report:
    """Verifies, with a bar unless `quiet`."""
    from fristed.house.progress import bar
    from fristed.journal.verify import verify as check
    from fristed.journal.verify.run import total_entries

    total, done = total_entries(), 0
    with bar("readings of entries", quiet=quiet) as show:

        def tick(read: int) -> None:
            nonlocal done
            done += read
            show(done, total)

        return check(heads, tick)


def _print(report: Report, home: str, written: Path | None) -> None:
    for note in report.notes:
        typer.echo(f"Note: {note}")
    for finding in report.findings:
        typer.echo(f"{finding.check}: {finding.where}: {finding.sentence}")
    typer.echo(
        f"{report.entries:,} entries at {report.entries_per_second:,} entries/s, {report.rows:,} rows, "
        f"{len(report.heads)} {'site' if len(report.heads) == 1 else 'sites'}, {sum(report.seconds.values()):.1f} s."
    )
    if report.sound:
        typer.echo(f"{home}: everything is as it was kept.")
    if written:
        typer.echo(f"Heads {'added to' if report.sound else 'not written to'} {written}.")


def print_json(report: Report) -> None:
    """The whole report as one object."""
    import msgspec

    answer = msgspec.to_builtins(report) | {"sound": report.sound, "entries_per_second": report.entries_per_second}
    typer.echo(msgspec.json.encode(answer, order="sorted").decode())
