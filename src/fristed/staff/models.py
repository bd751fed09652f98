"""Who works here, on which devices, on which shift."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from fristed.ground.columns import IdField, MomentField, SealedField, WordField
from fristed.ground.models import Site


class Account(AbstractUser):
    """A sign-in: name, password, second factor. Written by sign-in itself, not by acts."""


class Worker(models.Model):
    """A person's post at one site, with one role. Someone who works at two sites has two posts, one account."""

    id = IdField(primary_key=True)
    site = models.ForeignKey(Site, models.PROTECT)
    account = models.BigIntegerField(null=True)
    name = WordField()
    role = WordField()
    since = MomentField()
    until = MomentField(null=True)


class Pin(models.Model):
    """A worker's PIN for shared tablets (argon2) and its failures. Written by sign-in: no secret in a journal."""

    worker = models.OneToOneField(Worker, models.PROTECT, primary_key=True)
    hash = models.TextField()
    failures = models.IntegerField(default=0)
    locked_until = MomentField(null=True)


class Device(models.Model):
    """An enrolled tablet or screen. Its credential authorises emergencies with nobody signed in."""

    id = IdField(primary_key=True)
    site = models.ForeignKey(Site, models.PROTECT)
    name = WordField()
    kind = WordField()  # tablet, wall, call_screen
    credential = models.CharField(max_length=64, unique=True)  # SHA-256 of the token the device holds
    enrolled = MomentField()
    retired = MomentField(null=True)
    armed = MomentField(null=True)  # since when its sound has been heard working; null: silent


class Duty(models.Model):
    """Someone on shift, with their part in it."""

    id = IdField(primary_key=True)
    site = models.ForeignKey(Site, models.PROTECT)
    worker = models.ForeignKey(Worker, models.PROTECT)
    part = WordField()  # lead, floor, door, recovery
    since = MomentField()
    until = MomentField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["worker"], condition=models.Q(until__isnull=True), name="on_duty_once")
        ]


class Handover(models.Model):
    """What one shift tells the next. Sealed under its own id."""

    id = IdField(primary_key=True)
    site = models.ForeignKey(Site, models.PROTECT)
    day = WordField()
    written = MomentField()
    worker = models.ForeignKey(Worker, models.PROTECT)
    sealed = SealedField()
