"""The service day: checked, opened, closed."""

from __future__ import annotations

from django.db import models

from fristed.ground.columns import IdField, MomentField, SealedField, WordField
from fristed.ground.models import Site


class DayRecord(models.Model):
    """One service day of a site. `overridden`: the lead opened although a check or the minimum staff was missing.

    `left_open`: what was still open at closing, as words and counts; all of it stays open.
    """

    id = IdField(primary_key=True)
    site = models.ForeignKey(Site, models.PROTECT, db_index=False)
    day = WordField()
    opened = MomentField(null=True)
    overridden = MomentField(null=True)
    closed = MomentField(null=True)
    left_open = WordField(default="", max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "day"], name="each_day_once")]


class OpeningCheck(models.Model):
    """One item of the opening check: oxygen, AED, bag-mask, naloxone with its expiry."""

    id = IdField(primary_key=True)
    site = models.ForeignKey(Site, models.PROTECT, db_index=False)
    day = WordField()
    item = WordField()
    found = WordField()  # present, missing
    expires = WordField(default="")  # ISO date where the item expires
    at = MomentField()
    sealed = SealedField()

    class Meta:
        indexes = [models.Index(fields=["site", "day"], name="check_by_day")]
