"""The journal: one chain of entries per site."""

from __future__ import annotations

from django.db import models

from fristed.ground.columns import IdField, MomentField, WordField
from fristed.ground.models import Site


class Entry(models.Model):
    """One act. `text` is the canonical entry; `hash` is SHA-256 over the previous hash and this text, in hex.

    The other columns repeat parts of the text, to be found by; `fristed verify` compares them.
    Triggers on both databases refuse UPDATE, DELETE and TRUNCATE.
    """

    key = IdField(primary_key=True)
    site = models.ForeignKey(Site, models.PROTECT, db_index=False)
    seq = models.BigIntegerField()
    act = WordField()
    thing = IdField()
    happened = MomentField()
    recorded = MomentField()
    text = models.TextField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "seq"], name="one_entry_per_number")]
        indexes = [models.Index(fields=["thing"], name="entry_by_thing")]
