"""What could not be placed: taps made without a network that made no sense when they arrived."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from fristed.ground.columns import IdField, MomentField, SealedField, WordField
from fristed.ground.models import Site


class Unplaced(models.Model):
    """A tap that has happened and could not be applied: which act, why not. A person settles what becomes of it.

    Sealed: args, what was asked, as JSON. Under the client's or visit's key where one is named, or under its own.
    """

    id = IdField(primary_key=True)
    site = models.ForeignKey(Site, models.PROTECT, db_index=False)
    subject = IdField()
    act = WordField()
    at = MomentField()
    why = WordField()  # the rule, or what went wrong
    role = WordField()
    worker = IdField(null=True)
    settled = MomentField(null=True)
    settled_how = WordField(default="")  # entered (by hand, as a new fact), dropped
    sealed = SealedField()

    class Meta:
        indexes = [models.Index(fields=["site"], condition=Q(settled__isnull=True), name="unplaced_open")]
