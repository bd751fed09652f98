"""An emergency and every tap on its timeline."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from fristed.ground.columns import IdField, MomentField, SealedField, WordField
from fristed.ground.models import Site
from fristed.room.models.visit import Visit


class Emergency(models.Model):
    """Something that cannot wait, at a place, the door, the toilet, the pavement. Who it is may be unknown.

    kind: empty until someone says; opioid, stimulant, mixed, seizure, cardiac, allergic, other; staff_safety.
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
    person_now = WordField(default="")  # where the person is: recovery, left, ambulance, died
    false_alarm = MomentField(null=True)
    debriefed = MomentField(null=True)
    attribution = WordField(default="", max_length=200)
    outcome = WordField(default="")
    sealed = SealedField()

    class Meta:
        indexes = [
            models.Index(fields=["site", "day"], name="emergency_by_day"),
            models.Index(fields=["site"], condition=Q(debriefed__isnull=True), name="emergency_open"),
        ]


class Step(models.Model):
    """One tap in an emergency: what was done, when. Signed once, at debrief; undone is a new fact.

    micrograms null on a naloxone step: given, dose to be completed before the record closes.
    """

    id = IdField(primary_key=True)
    site = models.ForeignKey(Site, models.PROTECT, db_index=False)
    emergency = models.ForeignKey(Emergency, models.PROTECT)
    kind = WordField()
    at = MomentField()
    undone = MomentField(null=True)
    product = WordField(default="", max_length=80)
    route = WordField(default="")
    micrograms = models.BigIntegerField(null=True)
    worker = IdField(null=True)
    device = IdField(null=True)
    role = WordField(default="")  # the role someone took: lead, airway, drugs, scribe, room
    sealed = SealedField()
