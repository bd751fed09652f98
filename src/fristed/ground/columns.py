"""The few kinds of column that acts write: text and integers, so that both databases answer the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    _Char = models.CharField[Any, Any]
    _Text = models.TextField[Any, Any]
    _Integer = models.BigIntegerField[Any, Any]
else:  # Django's fields take no types at run time
    _Char, _Text, _Integer = models.CharField, models.TextField, models.BigIntegerField


class IdField(_Char):
    """An opaque id of 32 hex digits."""

    def __init__(self, **options: Any) -> None:
        options["max_length"] = 32
        super().__init__(**options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        del options["max_length"]
        return name, path, args, options


class MomentField(_Integer):
    """Microseconds since 1970 in UTC."""


class WordField(_Char):
    """A short code from a list that is not this table's to fix."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 60)
        super().__init__(**options)


class SealedField(_Text):
    """Personal content, sealed under its subject's key; empty when there is none."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("default", "")
        options.setdefault("blank", True)
        super().__init__(**options)
