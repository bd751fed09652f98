"""`fristed upgrade`: brings a service's database up to this version of the program."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fristed.house.opening import only_writer, open_service


def upgrade(home: Annotated[Path, typer.Argument(help="The folder that 'fristed init' made.")] = Path()) -> None:
    """Makes missing tables and guards. The service must not be running; make a backup first.

    Ends with 0 when all is in place.
    """
    service = open_service(home)
    with only_writer(service):
        from django.core.management import call_command  # Django is set up by now

        from fristed.journal import triggers

        call_command("migrate", verbosity=0)
        triggers.install()
    typer.echo("Everything is in place.")
