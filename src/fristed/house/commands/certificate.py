"""`fristed certificate`: a fresh certificate for the host name, before the old one ends."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from fristed.house import certificates, service_key
from fristed.house.authority_words import show_authority
from fristed.house.configuration import ConfigurationError, Service, read_service


def certificate(
    home: Annotated[Path, typer.Argument(help="The folder that 'fristed init' made.")] = Path(),
    new_authority: Annotated[
        bool, typer.Option("--new-authority", help="A fresh authority too; every tablet must install it.")
    ] = False,
) -> None:
    """Signs a fresh certificate with the site's own authority. Tablets that know the authority need nothing.

    The service takes it up at its next start. Ends with 0 when it is made, 2 when this service has no authority.
    """
    service = read_service(home)
    if not service.path(certificates.AUTHORITY).exists():
        raise ConfigurationError(f"{home}: there is no certificate authority here; 'fristed init --host' makes one.")
    _refuse_ended(service, new_authority)
    key = service_key.obtain(service)
    if new_authority:
        certificates.make_all(Path(service.home), service.host, key)
        show_authority(service)
    else:
        certificates.renew(Path(service.home), service.host, key)
    typer.echo(f"Good until {certificates.ends(service.path(certificates.HOST)):%d %B %Y}.")


def _refuse_ended(service: Service, new_authority: bool) -> None:
    ended = certificates.ends(service.path(certificates.AUTHORITY))
    if not new_authority and ended <= datetime.now(UTC):
        raise ConfigurationError(
            f"The authority ended on {ended:%d %B %Y} and can sign no more. Make a fresh one with --new-authority; "
            "every tablet must install it."
        )
