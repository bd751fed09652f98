"""Sites, the key store, and what may and may not leave it."""

from __future__ import annotations

from django.db import models

from fristed.ground.columns import IdField, MomentField, WordField


class Site(models.Model):
    """A site and its file, as canonical JSON. Changed only by acts, so every earlier file is in the journal."""

    id = IdField(primary_key=True)
    slug = models.CharField(max_length=41, unique=True)
    file = models.TextField()


class SubjectKey(models.Model):
    """The key that seals what is personal about one subject (a client, or a visit without a code), wrapped.

    The one table from which rows are deleted: that is how a person is erased.
    """

    id = IdField(primary_key=True)
    wrapped = models.TextField()


class DestroyedKey(models.Model):
    """A subject whose key was destroyed. When an act puts a row here, the key of the same id is deleted with it."""

    id = IdField(primary_key=True)  # the subject
    site = models.ForeignKey(Site, models.PROTECT)
    destroyed = MomentField()
    why = WordField()  # asked, time_over


class Hold(models.Model):
    """A legal hold: while it lasts, this subject's key may not be destroyed. Why is the reason of its entry."""

    id = IdField(primary_key=True)
    site = models.ForeignKey(Site, models.PROTECT)
    subject = IdField(db_index=True)
    since = MomentField()
    released = MomentField(null=True)
