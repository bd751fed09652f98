"""The key store: each subject's key, wrapped under a key that only the running service holds."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol

from django.conf import settings
from django.db import connection

from fristed.ground import seal
from fristed.ground.chance import fresh_bytes
from fristed.ground.ids import Id


class Keyring(Protocol):
    """Where subjects' keys are kept: the database, or a rehearsal's memory."""

    def key(self, subject: Id) -> bytes | None:
        """A subject's key; None when it was never made or has been destroyed."""

    def keys(self, subjects: Iterable[Id]) -> dict[Id, bytes]:
        """The keys of many subjects at once; those that have one."""

    def make(self, subject: Id) -> bytes:
        """The subject's key, made now if there is none. Raises Unreadable once it was destroyed."""

    def destroy(self, subject: Id) -> None:
        """Deletes the subject's key: what it sealed cannot be read again."""

    def is_destroyed(self, subject: Id) -> bool:
        """Whether the subject's key was destroyed."""


class DatabaseKeyring:
    """Subjects' keys in the table `ground_subjectkey`."""

    def key(self, subject: Id) -> bytes | None:
        return self.keys([subject]).get(subject)

    def keys(self, subjects: Iterable[Id]) -> dict[Id, bytes]:
        """In one query."""
        wanted = tuple(dict.fromkeys(subjects))
        if not wanted:
            return {}
        marks = ",".join(["%s"] * len(wanted))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id, wrapped FROM ground_subjectkey WHERE id IN ({marks})", wanted)  # noqa: S608  # marks only
            return {id: seal.unwrap(wrapping_key(), id, wrapped) for id, wrapped in cursor.fetchall()}

    def make(self, subject: Id) -> bytes:
        known = self.key(subject)
        if known is not None:
            return known
        if self.is_destroyed(subject):
            raise seal.Unreadable(subject)
        fresh = fresh_bytes(32)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO ground_subjectkey (id, wrapped) VALUES (%s, %s)",
                (subject, seal.wrap(wrapping_key(), subject, fresh)),
            )
        return fresh

    def destroy(self, subject: Id) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM ground_subjectkey WHERE id = %s", (subject,))

    def key_is_there(self, subject: Id) -> bool:
        """Whether a key is kept, readable or not."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM ground_subjectkey WHERE id = %s", (subject,))
            return cursor.fetchone() is not None

    def is_destroyed(self, subject: Id) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM ground_destroyedkey WHERE id = %s", (subject,))
            return cursor.fetchone() is not None


def wrapping_key() -> bytes:
    """The key that wraps subjects' keys."""
    return _purpose_key(settings.SERVICE_KEY, "subjects")


def asking_key() -> bytes:
    """The key for fingerprints of what was asked about nobody in particular."""
    return _purpose_key(settings.SERVICE_KEY, "asks")


@lru_cache(maxsize=8)
def _purpose_key(service_key: bytes, purpose: str) -> bytes:
    return seal.derive(service_key, purpose)
