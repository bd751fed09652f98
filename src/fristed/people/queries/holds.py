"""Legal holds, and what is erased already."""

from __future__ import annotations

from collections.abc import Collection

from fristed.ground.ids import Id
from fristed.ground.models import DestroyedKey, Hold


def holds_on(site: Id, subjects: Collection[Id]) -> list[Hold]:
    """The holds in force on these subjects, the oldest first."""
    return list(Hold.objects.filter(site=site, subject__in=subjects, released=None).order_by("since"))


def is_erased(site: Id, subject: Id) -> bool:
    """Whether this subject's key was destroyed."""
    return DestroyedKey.objects.filter(site=site, id=subject).exists()
