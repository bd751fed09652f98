"""The street around the room, counted from before the first day."""

from __future__ import annotations

from django.db import models

from fristed.ground.columns import IdField, MomentField, SealedField, WordField
from fristed.ground.models import Site


class _Noted(models.Model):
    id = IdField(primary_key=True)
    site = models.ForeignKey(Site, models.PROTECT)
    at = MomentField()
    day = WordField()

    class Meta:
        abstract = True


class NeedleFind(_Noted):
    """Discarded needles found on a route or at a spot."""

    spot = models.CharField(max_length=200)
    count = models.IntegerField()


class Complaint(_Noted):
    """Something a neighbour said, by which way, about what."""

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
