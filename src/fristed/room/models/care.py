"""What is given, found, offered and reported in the room, with a visit or without."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from fristed.ground.columns import IdField, MomentField, SealedField, WordField
from fristed.ground.models import Site
from fristed.room.models.visit import Visit


class _Noted(models.Model):
    """`undone`: the note was a wrong tap; it stays, and counts no more."""

    id = IdField(primary_key=True)
    site = models.ForeignKey(Site, models.PROTECT, db_index=False)
    visit = models.ForeignKey(Visit, models.PROTECT, null=True)
    at = MomentField()
    day = WordField()
    undone = MomentField(null=True)

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["site", "day"], name="%(class)s_by_day")]


class Supply(_Noted):
    """Equipment out or needles back, naloxone kits; also for others, also without a visit."""

    direction = WordField()  # out, back
    item = WordField()
    count = models.IntegerField()
    for_others = WordField(default="no")


class ServiceGiven(_Noted):
    """A service or a brief intervention: what, on which topic, how long."""

    kind = WordField()
    topic = WordField(default="")
    minutes = models.IntegerField(null=True)


class Referral(_Noted):
    """An offer of another service, on site or off; `at` is when it was offered."""

    to = WordField()
    on_site = WordField()  # yes, no
    accepted = MomentField(null=True)
    declined = MomentField(null=True)
    attended = MomentField(null=True)


class Sample(_Noted):
    """A sample for drug checking, where the law of the place allows it."""

    label = WordField()
    declared = WordField()
    method = WordField(default="")
    result = WordField(default="", max_length=200)
    told = MomentField(null=True)  # the person was told
    ended = WordField(default="")  # returned, destroyed

    class Meta(_Noted.Meta):
        indexes = [*_Noted.Meta.indexes, models.Index(fields=["site"], condition=Q(ended=""), name="sample_here")]


class Found(_Noted):
    """A substance left behind or given up. Not stock: a sealed bag with a number, two people, and where it went.

    Never tied to a visit: `visit` stays null. Sealed under its own id: what it looks like.
    """

    spot = WordField()
    bag = WordField()
    milligrams = models.BigIntegerField(null=True)  # weighed; null when not weighed
    worker = IdField(null=True)  # who found it or took it
    second_worker = IdField(null=True)
    witnessed = MomentField(null=True)
    ended = WordField(default="")  # handed, destroyed
    handed_to = WordField(default="", max_length=200)  # to whom, or how destroyed
    handed = MomentField(null=True)
    sealed = SealedField()

    class Meta(_Noted.Meta):
        indexes = [*_Noted.Meta.indexes, models.Index(fields=["site"], condition=Q(ended=""), name="found_here")]


class Incident(_Noted):
    """Violence, threat, theft, suspected dealing, fire, needle-stick and the like."""

    kind = WordField()
    police = WordField(default="no")
    sealed = SealedField()
