"""A moment that was recorded wrong and set right."""

from __future__ import annotations

from django.db import models

from fristed.ground.columns import IdField, MomentField, SealedField, WordField
from fristed.ground.models import Site


class Correction(models.Model):
    """One moment of one row, as it was and as it became. The earlier entry stays in the journal and is named here.

    Sealed under the visit's subject (or the thing's own id): why.
    """

    id = IdField(primary_key=True)
    site = models.ForeignKey(Site, models.PROTECT, db_index=False)
    thing = IdField(db_index=True)
    moment = WordField()  # visit.came, stay.seated, ... (room/rules/correction.py)
    was = MomentField()
    became = MomentField()
    corrected = MomentField()
    worker = IdField(null=True)
    entry = IdField(null=True)  # the key of the entry that said it before
    sealed = SealedField()
