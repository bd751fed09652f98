"""The tables that acts write, as Django knows them: their columns and what a new row holds where nothing was said."""

from __future__ import annotations

from functools import cache

from django.apps import apps
from django.db import models

from fristed.ground.store import Row


@cache
def blank_row(table: str) -> Row:
    """Every column of a table with its default; None where there is none. Raises KeyError on an unknown table."""
    return {
        str(field.column): field.get_default() if field.has_default() else None
        for field in _models()[table]._meta.concrete_fields
    }


@cache
def _models() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_models()}
