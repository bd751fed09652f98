"""Measures the house and writes docs/performance.md: `make bench`. About forty minutes on two idle cores.

python -m bench [--days 365] [--runs 5] [--seconds 30] [--database sqlite] [--print]
"""

from __future__ import annotations

import os
import platform
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
REMEDIES = PAGE.with_name("performance-notes.md")


def main(
    days: Annotated[int, typer.Option(help="Days of history, 300 visits a day.")] = 365,
    runs: Annotated[int, typer.Option(help="Runs; medians and spread are of these.")] = 5,
    seconds: Annotated[float, typer.Option(help="Length of each measurement.")] = 30,
    database: Annotated[list[str] | None, typer.Option(help="sqlite, postgres, or both.")] = None,
    show: Annotated[bool, typer.Option("--print", help="Prints, and writes nothing.")] = False,
) -> None:
    """Measures the floor on each database."""
    from tests import conftest  # noqa: F401  # names the settings and sets Django up

    from bench import floor
    from bench.place import DATABASES, lived

    parts = []
    for kind in database or DATABASES:
        with lived(kind, days) as place:
            parts.append(floor.written(place, floor.measure(place, runs, seconds)))
    text = _head(days, runs, seconds) + "\n".join(parts)
    if show:
        typer.echo(text)
    else:
        PAGE.write_text(text)


def _head(days: int, runs: int, seconds: float) -> str:
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return (
        "# Performance\n\n"
        f"Written by `make bench` on {date.today().isoformat()}: {machine}. "  # noqa: DTZ011  # the day on this machine
        "The load generator and five Chromium pages share the machine with the service; the pages stand for tablets, "
        "which have processors of their own, and so give way to it, except where they are called its equals.\n\n"
        f"{days} days of history at 300 visits a day; {runs} runs of {seconds:g} s for each measurement; "
        "medians, with lowest and highest in brackets. Delays at 50 acts/s count from when a tap was due.\n\n"
        f"What was tried where a figure missed its bar: [{REMEDIES.stem}]({REMEDIES.name}).\n\n"
    )


if __name__ == "__main__":
    typer.run(main)
