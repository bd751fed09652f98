"""`fristed upgrade`: brings a service's database up to this version of the program."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fristed.house.opening import only_writer, open_service


def upgrade(
    home: Annotated[Path, typer.Argument(help="The folder that 'fristed init' made.")] = Path(),
    owner: Annotated[str, typer.Option(help="On PostgreSQL: the address of the role that owns the tables.")] = "",
) -> None:
    """Makes missing tables and guards. The service must not be running; make a backup first.

    On PostgreSQL it also gives the role that serves what serving needs, and takes the rest away. Ends with 0 when all
    is in place, 2 when an option or setting is wrong.
    """
    service = open_service(home)
    with only_writer(service):
        from fristed.house.structure import bring_up  # Django is set up by now

        bring_up(service, owner)
    typer.echo("Everything is in place.")
