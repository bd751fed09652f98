"""Sites and the key store."""

from __future__ import annotations

from django.db import models

from fristed.ground.columns import IdField


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
