"""What is looked at before a service starts. Each finding is a sentence that says what to do."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from fristed.ground.models import Site
from fristed.ground.site import decode_site
from fristed.house.configuration import ConfigurationError
from fristed.house.structure import too_powerful
from fristed.journal import erasure, triggers


def refuse_unready() -> None:
    """Raises ConfigurationError with the first thing that stops the start."""
    try:
        problem = _migrations() or _triggers() or too_powerful(settings.SERVICE) or _site() or _erased()
    except (DatabaseError, ImproperlyConfigured) as error:
        raise ConfigurationError(
            f"database: cannot be opened ({str(error).splitlines()[0]}). "
            "Is it there, is it this service's, and is the key the right one?"
        ) from error
    finally:
        connection.close()
    if problem:
        raise ConfigurationError(problem)


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return ""
    return f"database: {len(plan)} changes of structure are missing. Make a backup, then run 'fristed upgrade'."


def _triggers() -> str:
    missing = triggers.missing()
    if not missing:
        return ""
    return (
        f"database: the guard {missing[0]} is missing, so the journal could be changed. Someone has altered the "
        "database. Run 'fristed verify' and keep its answer; then 'fristed upgrade' puts the guard back."
    )


def _site() -> str:
    files = [decode_site(file) for file in Site.objects.values_list("file", flat=True)]
    if settings.SERVICE.rehearsal and not all(file.demonstration for file in files):
        return (
            "rehearsal is true, but a real site is kept in this database. Nothing real is ever opened as a rehearsal."
        )
    if files:
        return ""
    return "database: no site is founded in it. Make the service with 'fristed init'."


def _erased() -> str:
    """Whoever was erased stays erased, even if this database was put back from an old copy."""
    try:
        erasure.reapply(erasure.list_path())
    except (erasure.ListError, OSError) as error:
        return f"destroyed.keys: {error}"
    return ""
