"""`fristed certificate`: a fresh certificate for the host name, before the old one ends."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fristed.house import certificates, service_key
from fristed.house.configuration import ConfigurationError, read_service


def certificate(home: Annotated[Path, typer.Argument(help="The folder that 'fristed init' made.")] = Path()) -> None:
    """Signs a fresh certificate with the site's own authority. Tablets that know the authority need nothing.

    The service takes it up at its next start. Ends with 0 when it is made, 2 when this service has no authority.
    """
    service = read_service(home)
    if not service.path(certificates.AUTHORITY).exists():
        raise ConfigurationError(f"{home}: there is no certificate authority here; 'fristed init --host' makes one.")
    certificates.renew(Path(service.home), service.host, service_key.obtain(service))
    typer.echo(f"Good until {certificates.ends(service.path(certificates.HOST)):%d %B %Y}.")
