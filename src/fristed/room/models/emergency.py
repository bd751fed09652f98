"""An emergency, every tap on its timeline, and the protocols that a site has signed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from fristed.ground.columns import IdField, MomentField, SealedField, WordField
from fristed.ground.models import Site
from fristed.room.models.visit import Visit


class Emergency(models.Model):
    """Something that cannot wait, at a place, the door, the toilet, the pavement. Who it is may be unknown.

    kind: empty until someone says; opioid, stimulant, mixed, seizure, cardiac, allergic, other; staff_safety.
    Sealed: note, debrief.
    """

    id = IdField(primary_key=True)
    site = models.ForeignKey(Site, models.PROTECT, db_index=False)
    visit = models.ForeignKey(Visit, models.PROTECT, null=True)
    day = WordField()
    spot = WordField()  # place, door, waiting, recovery, toilet, pavement, other
    place = models.IntegerField(null=True)
    kind = WordField(default="")
    raised = MomentField()
    ended = MomentField(null=True)
    person_now = WordField(default="")  # where the person is, as rules/emergency.py lists it
    false_alarm = MomentField(null=True)
    debriefed = MomentField(null=True)
    debriefed_by = IdField(null=True)
    attribution = models.CharField(max_length=200, default="")  # codes, one space between
    outcome = WordField(default="")
    sealed = SealedField()

    class Meta:
        indexes = [
            models.Index(fields=["site", "day"], name="emergency_by_day"),
            models.Index(fields=["site"], condition=Q(debriefed__isnull=True), name="emergency_open"),
        ]


class Step(models.Model):
    """One tap in an emergency: what was done, when. Undone is a new fact.

    micrograms null on a naloxone step: given, dose to be completed before the record closes.
    signed_by: who signed at the debrief for a tap that nobody had signed.
    """

    id = IdField(primary_key=True)
    site = models.ForeignKey(Site, models.PROTECT, db_index=False)
    emergency = models.ForeignKey(Emergency, models.PROTECT)
    kind = WordField()
    at = MomentField()
    recorded = MomentField()
    undone = MomentField(null=True)
    product = WordField(default="", max_length=80)
    route = WordField(default="")
    micrograms = models.BigIntegerField(null=True)
    litres = models.IntegerField(null=True)  # of oxygen, per minute
    worker = IdField(null=True)
    device = IdField(null=True)
    role = WordField(default="")  # the part someone took: lead, airway, drugs, scribe, room
    signed_by = IdField(null=True)
    sealed = SealedField()  # text


class Protocol(models.Model):
    """What a site signed for one kind of emergency: canonical JSON of `rules/protocol.py`. Only signed ones prompt."""

    id = IdField(primary_key=True)
    site = models.ForeignKey(Site, models.PROTECT)
    kind = WordField()
    text = models.TextField()
    signed = MomentField()
    signed_by = IdField(null=True)
    retired = MomentField(null=True)
