"""`fristed serve`: runs the service until it is told to stop."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from fristed.house.opening import only_writer, open_service


def serve(
    home: Annotated[Path, typer.Argument(help="The folder that 'fristed init' made.")] = Path(),
    volume_encrypted: Annotated[
        bool | None, typer.Option(help="On PostgreSQL: whether its disk is encrypted. Asked once otherwise.")
    ] = None,
) -> None:
    """Runs the service in this folder: floor, bell and workshop, on three ports in a row.

    The key is typed, or read from its medium, and held until the service ends. Ends with code 0 on SIGTERM or
    Ctrl-C, and with 2 when a setting stops the start.
    """
    os.environ["FRISTED_SERVED"] = "1"
    service = open_service(home)
    with only_writer(service):
        from fristed.house.running import run  # Django is set up by now

        run(service, volume_encrypted)
