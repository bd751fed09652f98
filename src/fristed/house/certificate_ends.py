"""Warns before a certificate ends: from then on every tablet refuses this service, with people in the room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

from fristed.house import certificates
from fristed.house.configuration import Service

Which = Literal["host", "authority", "own"]  # own: brought by the site, not made by init

# a fresh host certificate is one command; a fresh authority must be installed on every tablet
_BEFORE: dict[Which, timedelta] = {
    "host": timedelta(days=30),
    "own": timedelta(days=30),
    "authority": timedelta(days=180),
}
_REMEDY: dict[Which, str] = {
    "host": "Run 'fristed certificate {home}', then start the service again.",
    "own": "Put a fresh one where certificate and certificate_key point, then start the service again.",
    "authority": "Run 'fristed certificate {home} --new-authority', start the service again, and install it on each "
    "tablet.",
}


@dataclass(frozen=True, slots=True)
class Ending:
    """A certificate that ends soon, or has ended."""

    which: Which
    at: datetime
    over: bool


def endings(service: Service, now: datetime) -> list[Ending]:
    """The certificates of the running service that end soon, the first to end first."""
    found = sorted((_ends(service.path(name)), which) for which, name in _files(service).items())
    return [Ending(which, at, at <= now) for at, which in found if at - _BEFORE[which] <= now]


def in_words(service: Service, ending: Ending) -> str:
    """The warning for whoever starts the service."""
    which = "The certificate authority" if ending.which == "authority" else "The certificate"
    verb = "ended" if ending.over else "ends"
    remedy = _REMEDY[ending.which].format(home=service.home)
    return f"WARNING: {which} {verb} on {ending.at:%d %B %Y}: tablets refuse this service from then on. {remedy}"


def _files(service: Service) -> dict[Which, str]:
    if not service.tls:
        return {}
    if service.certificate != certificates.HOST:
        return {"own": service.certificate}
    return {"host": certificates.HOST, "authority": certificates.AUTHORITY}


@cache
def _ends(certificate: Path) -> datetime:
    """When it ends, as it was when this process was started: a fresh file is served from the next start only."""
    return certificates.ends(certificate)
