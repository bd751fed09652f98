"""Copies every row of every table from one database to another of the same structure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections, models

from fristed.journal.triggers import APPEND_ONLY

AT_ONCE = 2_000
Tick = Callable[[int, int], None]  # told how much is done, of how much


def copy_rows(source: str, target: str, tick: Tick = lambda done, total: None) -> int:
    """Answers how many rows. What migrating has put into the target's tables is replaced."""
    copied, total = 0, sum(model._base_manager.using(source).count() for model in _models())
    for model in _models():
        if model._meta.db_table not in APPEND_ONLY:
            _run(target, f'DELETE FROM "{model._meta.db_table}"')  # noqa: S608  # names from models only
    for model in _models():
        for rows in _batches(model, source, target):
            _insert(model, target, rows)
            copied += len(rows)
            tick(copied, total)
    for sql in connections[target].ops.sequence_reset_sql(no_style(), _models()):
        _run(target, sql)
    return copied


def _models() -> list[type[models.Model]]:
    return [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]


def _batches(model: type[models.Model], source: str, target: str) -> Iterator[list[tuple[Any, ...]]]:
    fields = model._meta.concrete_fields
    names = [field.attname for field in fields]
    rows = model._base_manager.using(source).order_by("pk").values_list(*names).iterator(chunk_size=AT_ONCE)
    kept = connections[target]
    while batch := list(islice(rows, AT_ONCE)):
        yield [tuple(f.get_db_prep_save(v, kept) for f, v in zip(fields, row, strict=True)) for row in batch]


def _insert(model: type[models.Model], target: str, rows: list[tuple[Any, ...]]) -> None:
    names = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    marks = ", ".join(["%s"] * len(model._meta.concrete_fields))
    with connections[target].cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})', rows)  # noqa: S608  # names from models only


def _run(alias: str, sql: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(sql)
