"""`fristed restore`: a backup becomes the service's database again."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from fristed.ground.moments import now
from fristed.house.certificates import FOLDER
from fristed.house.commands.backup import beside, certificates_beside
from fristed.house.configuration import FILE, ConfigurationError, Service
from fristed.house.founding import settings_text
from fristed.house.opening import only_writer, open_service

if TYPE_CHECKING:
    from fristed.journal.verify import Report


def restore(
    file: Annotated[Path, typer.Argument(help="A file that 'fristed backup' made.")],
    home: Annotated[Path, typer.Argument(help="The service's folder, or a new one.")] = Path(),
    destroyed_keys: Annotated[
        Path | None, typer.Option(help="The list of destroyed keys, if not in the folder.")
    ] = None,
    nobody_erased: Annotated[bool, typer.Option(help="Say that nobody was ever erased here.")] = False,
    database: Annotated[
        str,
        typer.Option(help="For a new folder: postgresql://..., or 'file' for the encrypted file; usual: as it was."),
    ] = "",
    owner: Annotated[str, typer.Option(help="On PostgreSQL: the address of the role that owns the tables.")] = "",
    replace: Annotated[bool, typer.Option(help="Set the present encrypted file aside first.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print what verify found as JSON.")] = False,
) -> None:
    """Restores a backup, erases again whoever was erased since, and verifies all of it. The service must not run.

    Brings the database, in which the site is kept, and into a new folder the settings and certificates that lie beside
    the backup. The site file of 'fristed init' is not in a backup and nothing reads it again; the list of destroyed
    keys and the key are yours to bring.

    Ends with 0 when what was restored is sound, 1 when something in it is not, 2 when nothing was restored.
    """
    with _settings(file, home, database):
        again, report = _put_back(file, home, destroyed_keys, nobody_erased, owner, replace, quiet=json)
    if json:
        from fristed.house.commands.verify import print_json

        print_json(report)
        raise typer.Exit(0 if report.sound else 1)
    for finding in report.findings:
        typer.echo(f"{finding.check}: {finding.where}: {finding.sentence}")
    for site, head in report.heads.items():
        typer.echo(f"Site {site}: {head.seq:,} entries, head {head.hash}.")
    typer.echo(f"Restored; {again} keys destroyed again; {'sound' if report.sound else 'NOT sound'}.")
    raise typer.Exit(0 if report.sound else 1)


@contextmanager
def _settings(file: Path, home: Path, database: str) -> Iterator[None]:
    """A new folder takes the settings that lie beside the backup; it goes again where nothing could be restored."""
    if not file.exists():
        raise ConfigurationError(f"{file}: there is no such file.")
    if (home / FILE).exists() and database:
        raise ConfigurationError(f"--database: {home / FILE} names the database already. Leave the option out.")
    if (home / FILE).exists() or not beside(file).exists():
        yield
        return
    new = not home.exists()
    _bring_settings(file, home, database)
    try:
        yield
    except ConfigurationError:
        shutil.rmtree(home if new else home / FOLDER, ignore_errors=True)
        (home / FILE).unlink(missing_ok=True)
        raise


def _bring_settings(file: Path, home: Path, database: str) -> None:
    text = beside(file).read_text(encoding="utf-8")
    if database:
        kept = tomllib.loads(text) | {"database": "" if database == "file" else database}
        text = settings_text(msgspec.convert(kept, Service))
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    (home / FILE).write_text(text, encoding="utf-8")
    if certificates_beside(file).is_dir():
        shutil.copytree(certificates_beside(file), home / FOLDER)


def _put_back(
    file: Path, home: Path, destroyed_keys: Path | None, nobody_erased: bool, owner: str, replace: bool, quiet: bool
) -> tuple[int, Report]:
    """How many keys were destroyed again, and what verify finds. Raises ConfigurationError: nothing was restored."""
    service = open_service(home)
    with only_writer(service):
        from fristed.house.commands.verify import read
        from fristed.house.connecting import as_owner
        from fristed.house.progress import bar
        from fristed.house.structure import bring_up, refuse_one_role
        from fristed.journal.backup import RestoreError
        from fristed.journal.backup import restore as put_back
        from fristed.journal.erasure import ListError, list_path

        refuse_one_role(service, owner)
        _list_in_place(list_path(), destroyed_keys, nobody_erased)
        if replace:
            _set_aside(service)
        try:
            with as_owner(service, owner), bar("rows", quiet=quiet or not service.database) as tick:
                again = put_back(file, list_path(), tick)
            bring_up(service, owner)
        except (RestoreError, ListError) as error:
            raise ConfigurationError(str(error)) from error
        return again, read([], quiet=quiet)


def _list_in_place(path: Path, given: Path | None, nobody_erased: bool) -> None:
    if given is not None:
        if path.exists():
            raise ConfigurationError(
                f"--destroyed-keys: {path} is there already; that list is used. Leave the option out."
            )
        if not given.exists():
            raise ConfigurationError(f"--destroyed-keys: {given}: there is no such file.")
        shutil.copyfile(given, path)
    elif not path.exists() and not nobody_erased:
        raise ConfigurationError(
            f"{path}: the list of destroyed keys is not here, so a person who was erased could come back. Give it with "
            "--destroyed-keys, or say --nobody-erased."
        )


def _set_aside(service: Service) -> None:
    from fristed.journal.backup.restoring import set_aside

    if not service.database:
        set_aside(service.path("fristed.db"), f"fristed.db.before-{now()}")
