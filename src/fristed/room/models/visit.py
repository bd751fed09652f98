"""A visit from the door to the exit: what was declared, where the person stayed, who watches until when."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from fristed.ground.columns import IdField, MomentField, SealedField, WordField
from fristed.ground.models import Site
from fristed.people.models import Client


class Visit(models.Model):
    """One time someone comes, with a code or without. Sealed: call_word (as called today), note,
    wanted (the word they asked for, where someone else who is here is called by it).

    outcome: waiting, admitted, refused, left_waiting, service (came for something else than a place).
    """

    id = IdField(primary_key=True)
    site = models.ForeignKey(Site, models.PROTECT, db_index=False)
    client = models.ForeignKey(Client, models.PROTECT, null=True, db_index=False)
    day = WordField()
    came = MomentField()
    purpose = WordField()  # consume, service
    route = WordField(default="")  # the queue the person waits in
    priority = models.IntegerField(default=0)
    outcome = WordField()
    waiting = MomentField(null=True)  # in the queue since; null when not waiting
    called = MomentField(null=True)
    admitted = MomentField(null=True)  # given a place for the first time
    seen = MomentField(null=True)  # someone last saw this person breathing
    refused_by = WordField(default="")  # the rule
    offered = WordField(default="", max_length=200)  # what was offered instead
    left = MomentField(null=True)
    exit = WordField(default="")
    sealed = SealedField()

    class Meta:
        indexes = [
            models.Index(fields=["site", "day"], name="visit_by_day"),
            models.Index(fields=["site"], condition=Q(left__isnull=True), name="visit_open"),
            models.Index(fields=["client", "came"], name="visit_by_client"),
            models.Index(fields=["client"], condition=Q(left__isnull=True), name="visit_open_by_client"),
        ]


class Consumption(models.Model):
    """One declared consumption. It exists before a place is given and before use is seen.

    Answers about last use, depressants, tolerance, assistance: yes, no or not_asked; never filled in beforehand.
    """

    id = IdField(primary_key=True)
    site = models.ForeignKey(Site, models.PROTECT, db_index=False)
    visit = models.ForeignKey(Visit, models.PROTECT)
    day = WordField()
    declared = MomentField()
    substances = models.CharField(max_length=200)  # codes in alphabetical order, one space between
    route = WordField()
    last_use = WordField(default="not_asked")
    depressants = WordField(default="not_asked")
    tolerance = WordField(default="not_asked")
    assisted = WordField(default="not_asked")
    helper = IdField(null=True)
    product_seen = WordField(default="not_asked")
    rules_told = WordField(default="not_asked")
    started = MomentField(null=True)
    use_seen = WordField(default="")  # seen, not_seen
    ended = MomentField(null=True)

    class Meta:
        indexes = [models.Index(fields=["site", "day"], name="consumption_by_day")]


class Stay(models.Model):
    """A person in a place. A fact, so it may overlap another when tablets were apart: then it is contested."""

    id = IdField(primary_key=True)
    site = models.ForeignKey(Site, models.PROTECT, db_index=False)
    visit = models.ForeignKey(Visit, models.PROTECT)
    consumption = models.ForeignKey(Consumption, models.PROTECT, null=True)
    place = models.IntegerField()
    seated = MomentField()
    freed = MomentField(null=True)
    contested = MomentField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "place"],
                condition=Q(freed__isnull=True, contested__isnull=True),
                name="one_person_in_one_place",
            ),
            models.UniqueConstraint(
                fields=["visit"],
                condition=Q(freed__isnull=True, contested__isnull=True),
                name="one_place_for_one_person",
            ),
        ]
        indexes = [models.Index(fields=["site"], condition=Q(freed__isnull=True), name="stay_open")]


class Place(models.Model):
    """What is true of a numbered place beyond who sits there. Where it stands and serves is in the site's file."""

    id = IdField(primary_key=True)
    site = models.ForeignKey(Site, models.PROTECT)
    number = models.IntegerField()
    cleaning = MomentField(null=True)  # to be wiped since
    closed = MomentField(null=True)
    closed_reason = WordField(default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "number"], name="each_place_once")]


class Watch(models.Model):
    """Someone is to be looked at until a moment: who, since, due, why. Due null: unset, a nurse releases."""

    id = IdField(primary_key=True)
    site = models.ForeignKey(Site, models.PROTECT, db_index=False)
    visit = models.ForeignKey(Visit, models.PROTECT)
    why = WordField()  # after_use, after_naloxone, sedated
    since = MomentField()
    due = MomentField(null=True)
    ended = MomentField(null=True)
    ended_how = WordField(default="")

    class Meta:
        indexes = [models.Index(fields=["site"], condition=Q(ended__isnull=True), name="watch_open")]


class Observation(models.Model):
    """What was measured or seen at one moment; null is not measured."""

    id = IdField(primary_key=True)
    site = models.ForeignKey(Site, models.PROTECT, db_index=False)
    visit = models.ForeignKey(Visit, models.PROTECT, null=True)
    emergency = models.ForeignKey("room.Emergency", models.PROTECT, null=True)
    at = MomentField()
    recorded = MomentField()
    breaths = models.IntegerField(null=True)  # per minute
    oxygen = models.IntegerField(null=True)  # SpO2, percent
    avpu = WordField(default="")  # alert, voice, pain, unresponsive
    gcs = models.IntegerField(null=True)
    pulse = models.IntegerField(null=True)  # per minute
    systolic = models.IntegerField(null=True)  # mmHg
    diastolic = models.IntegerField(null=True)
    undone = MomentField(null=True)
    worker = IdField(null=True)
    device = IdField(null=True)
    signed_by = IdField(null=True)  # at the debrief, for a tap that nobody had signed
