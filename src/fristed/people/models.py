"""People who come, under the codes they choose. What is personal is sealed under each person's own key."""

from __future__ import annotations

from django.db import models

from fristed.ground.columns import IdField, MomentField, SealedField, WordField
from fristed.ground.models import Site


class Client(models.Model):
    """One person at one site. Sealed: call_word, born (year), gender, residence, housing and the rest of the card."""

    id = IdField(primary_key=True)
    site = models.ForeignKey(Site, models.PROTECT)
    registered = MomentField()
    merged_into = models.ForeignKey("self", models.PROTECT, null=True)
    erased = MomentField(null=True)
    sealed = SealedField()


class Code(models.Model):
    """A code that finds a person: alias, constructed code, card. One code may belong to two people."""

    id = IdField(primary_key=True)
    site = models.ForeignKey(Site, models.PROTECT)
    client = models.ForeignKey(Client, models.PROTECT)
    kind = WordField()
    retired = MomentField(null=True)
    sealed = SealedField()  # code


class Identity(models.Model):
    """A name or health number where a site keeps one: sealed under a key of its own, opened only with a reason."""

    id = IdField(primary_key=True)  # and the subject whose key seals it
    client = models.ForeignKey(Client, models.PROTECT)
    kind = WordField()  # name, health_number
    kept = MomentField()
    sealed = SealedField()  # text


class Consent(models.Model):
    """A consent to one purpose, in one version of its text. Declined and not asked are answers too."""

    id = IdField(primary_key=True)
    client = models.ForeignKey(Client, models.PROTECT)
    purpose = WordField()
    version = WordField()
    answer = WordField()  # given, declined
    asked = MomentField()
    withdrawn = MomentField(null=True)


class Eligibility(models.Model):
    """An answer to one of the site's questions, and who gave it."""

    id = IdField(primary_key=True)
    client = models.ForeignKey(Client, models.PROTECT)
    question = WordField()
    answer = WordField()  # yes, no, not_asked
    given_by = WordField()  # client, worker, other
    asked = MomentField()


class Alert(models.Model):
    """What whoever meets this person must know first: allergy, seizure, overdose here before, helper."""

    id = IdField(primary_key=True)
    client = models.ForeignKey(Client, models.PROTECT)
    kind = WordField()
    since = MomentField()
    ended = MomentField(null=True)
    sealed = SealedField()  # note


class Exclusion(models.Model):
    """A time in which this person is not admitted to use a place. Never bars equipment, naloxone or help."""

    id = IdField(primary_key=True)
    client = models.ForeignKey(Client, models.PROTECT)
    reason = WordField()
    since = MomentField()
    until = MomentField()
    decided_by = IdField()
    appealed = MomentField(null=True)
    ended = MomentField(null=True)
    sealed = SealedField()  # note, appeal, why it ended early


class Merge(models.Model):
    """Two records were found to be one person: `client` was put under `into`; `undone` when they were told apart."""

    id = IdField(primary_key=True)
    client = models.ForeignKey(Client, models.PROTECT)
    into = models.ForeignKey(Client, models.PROTECT, related_name="+")
    since = MomentField()
    undone = MomentField(null=True)


class Look(models.Model):
    """A worker looked at what is kept of a person: once per person, page and turn."""

    id = IdField(primary_key=True)
    client = models.ForeignKey(Client, models.PROTECT)
    what = WordField()  # page, record, identity
    worker = IdField(null=True)
    at = MomentField()
    sealed = SealedField()  # why, where a reason is needed
