"""The command line: `fristed COMMAND --help`. Each command lives in `commands/`, and is named here in one line.

Codes: 0 done; 1 found something wrong; 2 a wrong option or setting, said in a sentence.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import typer

from fristed.ground.site import SiteFileError
from fristed.house.commands import backup, certificate, init, rehearse, report, restore, serve, site, upgrade, verify
from fristed.house.configuration import ConfigurationError

P = ParamSpec("P")

_UNANSWERED = (
    "A question was left without an answer, so nothing was done. Where nobody can type, give the answers as options: "
    "--help lists them."
)

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="markdown"
)


@app.callback(help=__doc__)
def _fristed() -> None:
    os.umask(0o077)  # whatever a command makes is its owner's alone


def _offer(command: Callable[P, None], example: str) -> None:
    app.command(epilog=f"Example: {example}")(_plainly(command))


def _plainly(command: Callable[P, None]) -> Callable[P, None]:
    """A wrong setting ends the command with its sentence, not with a traceback."""

    @wraps(command)
    def run(*args: P.args, **named: P.kwargs) -> None:
        try:
            command(*args, **named)
        except (ConfigurationError, SiteFileError) as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(2) from error
        except typer.Abort as error:
            typer.echo(f"\n{_UNANSWERED}", err=True)
            raise typer.Exit(2) from error

    return run


_offer(init.init, "fristed init /srv/fristed --site site.toml --key file --key-file /media/key/fristed --host room.lan")
_offer(serve.serve, "fristed serve /srv/fristed")
_offer(site.site, "fristed site changed.toml /srv/fristed")
_offer(upgrade.upgrade, "fristed upgrade /srv/fristed")
_offer(verify.verify, "fristed verify /srv/fristed --heads /media/paper/heads --write-head /media/paper/heads")
_offer(backup.backup, "fristed backup /media/copies/monday.backup /srv/fristed")
_offer(restore.restore, "fristed restore /media/copies/monday.backup /srv/fristed --replace")
_offer(certificate.certificate, "fristed certificate /srv/fristed")
_offer(rehearse.rehearse, "fristed rehearse thistle --days 30 --speed 60")
_offer(report.report, "fristed report thistle /srv/fristed --from 2025-01-13 --to 2025-08-31")
