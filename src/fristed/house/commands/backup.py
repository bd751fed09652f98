"""`fristed backup`: one encrypted file, made while the service runs."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace

from fristed.house.certificates import FOLDER
from fristed.house.configuration import FILE, ConfigurationError, Service, without_password
from fristed.house.opening import open_service


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write; it must not exist.")],
    home: Annotated[Path, typer.Argument(help="The folder that 'fristed init' made.")] = Path(),
    json: Annotated[bool, typer.Option("--json", help="Print the heads in it as JSON.")] = False,
) -> None:
    """Writes everything as it is at one moment, encrypted under the service's key; the service may be running.

    The settings go into a second file beside it, FILE.toml, without the database's password; without their salt a
    passphrase opens nothing. Certificates go into a folder beside it, FILE.certificates, their keys locked.
    Keep the list of destroyed keys (destroyed.keys in the folder) somewhere else than backups.
    Ends with 0 when the backup is whole and on the disk.
    """
    service = open_service(home)
    from fristed.house.progress import bar
    from fristed.journal.backup import back_up

    try:
        with bar("rows" if service.database else "pages", quiet=json) as tick:
            heads = back_up(file, tick)
    except FileExistsError as error:
        raise ConfigurationError(f"{file}: is there already. A backup never replaces another.") from error
    except OSError as error:
        raise ConfigurationError(f"{file}: cannot be written ({error.strerror}).") from error
    _write_settings(service, beside(file))
    if service.path(FOLDER).is_dir():
        shutil.copytree(service.path(FOLDER), certificates_beside(file))
    if json:
        import msgspec

        typer.echo(msgspec.json.encode({"file": str(file), "heads": heads}, order="sorted").decode())
        return
    for site, head in heads.items():
        typer.echo(f"Site {site}: {head.seq:,} entries, head {head.hash}.")
    typer.echo(f"{file}: {file.stat().st_size:,} bytes, whole.")


def _write_settings(service: Service, path: Path) -> None:
    text = service.path(FILE).read_text(encoding="utf-8")
    if service.database != (address := without_password(service.database)):
        from fristed.house.founding import settings_text

        text = settings_text(replace(service, database=address))
    path.write_text(text, encoding="utf-8")


def beside(file: Path) -> Path:
    """Where the settings of a backup lie."""
    return file.with_name(f"{file.name}.toml")


def certificates_beside(file: Path) -> Path:
    """Where the certificates of a backup lie, if its service has any."""
    return file.with_name(f"{file.name}.{FOLDER}")
