"""Tells in the terminal how a tablet comes to trust this service."""

from __future__ import annotations

import segno
import typer

from fristed.house import certificates
from fristed.house.configuration import Service


def show_authority(service: Service) -> None:
    """The page to open on each tablet, what to compare there, and the page's address as a picture."""
    page = f"{service.origin()}/authority/"
    typer.echo(f"\nOn each tablet, open {page} and install the site's certificate authority.")
    typer.echo("The tablet warns once, before it knows us. Go on only if it shows the same fingerprint:")
    typer.echo(f"  {certificates.fingerprint(service.path(certificates.AUTHORITY))}")
    segno.make(page, error="m").terminal(compact=True)
