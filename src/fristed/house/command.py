"""The command line: `fristed COMMAND --help`. Each command lives in `commands/`."""

from __future__ import annotations

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
