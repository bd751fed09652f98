"""PostgreSQL does not encrypt its files: the disk under it must be encrypted. Asked once, the answer is journalled."""

from __future__ import annotations

import sys

import typer
from django.db import connection

from fristed.ground.act import ADMINISTRATOR
from fristed.ground.ids import new_id
from fristed.ground.models import Site
from fristed.house.configuration import ConfigurationError, Service
from fristed.journal.entry import parse
from fristed.journal.models import Entry
from fristed.staff.acts import answer_volume
from fristed.staff.who import Who

_QUESTION = "PostgreSQL keeps its files unencrypted. Is the disk under it encrypted?"


def refuse_open_volume(service: Service, given: bool | None) -> None:
    """Raises ConfigurationError until someone has said that the disk under PostgreSQL is encrypted."""
    if not service.database or service.demonstration:
        return
    try:
        if given is not None or not _answered():
            _keep(_ask() if given is None else given)
        if not _said():
            raise ConfigurationError(
                "database: the disk under PostgreSQL is not encrypted, so a seized machine would speak. Encrypt it, "
                "then start with --volume-encrypted; or use the embedded encrypted file."
            )
    finally:
        connection.close()


def _answered() -> bool:
    return Entry.objects.filter(act=answer_volume.name).exists()


def _said() -> bool:
    latest = Entry.objects.filter(act=answer_volume.name).order_by("-recorded").first()
    return latest is not None and parse(latest.text).reason == "encrypted"


def _keep(encrypted: bool) -> None:
    site = Site.objects.order_by("id").first()
    assert site is not None
    reason = "encrypted" if encrypted else "not encrypted"
    answer_volume(Who(site.id, ADMINISTRATOR).tap(new_id(), reason=reason), encrypted=encrypted)


def _ask() -> bool:
    if not sys.stdin.isatty():
        raise ConfigurationError(f"database: {_QUESTION} Start once with --volume-encrypted or --no-volume-encrypted.")
    return typer.confirm(_QUESTION)
