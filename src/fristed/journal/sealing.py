"""Personal content is sealed on its way into an entry, under the key of whom it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fristed.ground import seal
from fristed.ground.act import Put, Secret, Tap, Verdict
from fristed.ground.ids import Id
from fristed.ground.keyring import Keyring, asking_key
from fristed.journal.entry import EntryText, Sealed
from fristed.journal.tables import refuse_overlong

ERASED = "erased_subject"  # the flag of an entry whose personal content could not be kept: the person is erased


def sealed_change(
    keyring: Keyring, tap: Tap, act: str, asked: Mapping[str, Any], verdict: Verdict, flags: tuple[str, ...]
) -> Sealed:
    """The change of a settled act with its secrets sealed. What belongs to an erased person is left out and flagged.

    Raises Overlong on a text that its column does not hold.
    """
    closing = _Closing(keyring, tap)
    for put in verdict.puts:
        refuse_overlong(put.table, put.values)
    puts = tuple(closing.put(put) for put in verdict.puts)
    subject = verdict.subject or next(iter(closing.keys), None)
    reason = closing.text(subject, "reason", {"reason": tap.reason}) if subject and tap.reason else tap.reason
    key = closing.keys[subject] if subject in closing.keys else asking_key()
    ask = seal.fingerprint(key, [act, asked]) if key else ""
    return Sealed(puts, reason, subject, ask, (*flags, ERASED) if None in closing.keys.values() else flags)


def same_ask(keyring: Keyring, first: EntryText, act: str, asked: Mapping[str, Any]) -> bool:
    """Whether a repeated tap asks what its first one asked. Of an erased person nobody can tell: then it does."""
    if first.act != act or first.ask == seal.fingerprint(asking_key(), [act, asked]):
        return first.act == act
    if first.subject is None:
        return False
    key = keyring.key(first.subject)
    return first.ask == seal.fingerprint(key, [act, asked]) if key else keyring.is_destroyed(first.subject)


class _Closing:
    """Seals for one tap; `keys` by subject, None where the key was destroyed."""

    def __init__(self, keyring: Keyring, tap: Tap) -> None:
        self.keyring = keyring
        self.tap = tap
        self.keys: dict[Id, bytes | None] = {}

    def put(self, put: Put) -> Put:
        secrets = {column: value for column, value in put.values.items() if isinstance(value, Secret)}
        if not secrets:
            return put
        closed = {c: self.text(s.subject, f"{put.table}.{put.id}.{c}", s.content) for c, s in secrets.items()}
        return replace(put, values={**put.values, **closed})

    def text(self, subject: Id, place: str, content: seal.Content) -> str:
        key = self._key(subject)
        return seal.seal(key, subject, self.tap.key, place, content) if key and content else ""

    def _key(self, subject: Id) -> bytes | None:
        if subject not in self.keys:
            try:
                self.keys[subject] = self.keyring.make(subject)
            except seal.Unreadable:
                self.keys[subject] = None
        return self.keys[subject]
