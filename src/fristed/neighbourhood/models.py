"""The street around the room, counted from before the first day."""

from __future__ import annotations

from django.db import models

from fristed.ground.columns import IdField, MomentField, SealedField, WordField
from fristed.ground.models import Site


class _Noted(models.Model):
    """`undone`: the note was a wrong tap; it stays, and counts no more."""

    id = IdField(primary_key=True)
    site = models.ForeignKey(Site, models.PROTECT, db_index=False)
    at = MomentField()
    day = WordField()
    undone = MomentField(null=True)

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["site", "day"], name="%(class)s_by_day")]


class NeedleFind(_Noted):
    """Discarded needles found on a route or at a spot."""

    spot = models.CharField(max_length=200)
    count = models.IntegerField()


class Complaint(_Noted):
    """Something a neighbour said, by which way, about what. Sealed under its own id: the words."""

    channel = WordField()
    category = WordField()
    sealed = SealedField()


class PublicUse(_Noted):
    """People seen using in public, counted, never described."""

    spot = models.CharField(max_length=200)
    count = models.IntegerField()


class Patrol(_Noted):
    """A walk around the room by staff."""

    spot = models.CharField(max_length=200)
    minutes = models.IntegerField()
