"""Keys and sealing. One service key, typed or read from a removable source, opens everything else.

From it come, by HKDF with a purpose: the database's key, the key that wraps each person's key, the web secret,
and the signing key of the journal's heads. Personal content is sealed with AES-256-GCM under its subject's own key;
destroying that key erases the person while the journal still verifies.
"""

from __future__ import annotations

import base64
import hmac
import os
from collections.abc import Iterable, Mapping

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fristed.ground.ids import Id

Content = Mapping[str, str | int | None | list[str]]


class Unreadable(Exception):
    """The content cannot be opened: its key was destroyed, or its text was changed."""


def derive(service_key: bytes, purpose: str) -> bytes:
    """A 32-byte key for one purpose."""
    return HKDF(SHA256(), 32, None, f"fristed/{purpose}".encode()).derive(service_key)


def head_signer(service_key: bytes) -> Ed25519PrivateKey:
    """The key that signs the journal's heads."""
    return Ed25519PrivateKey.from_private_bytes(derive(service_key, "heads"))


def wrap(wrapping_key: bytes, subject: Id, key: bytes) -> str:
    """A person's key, wrapped for the key store; bound to its owner."""
    nonce = os.urandom(12)  # never a rehearsal's stream: the wrapped key is in no journal
    return _text(nonce + AESGCM(wrapping_key).encrypt(nonce, key, subject.encode()))


def unwrap(wrapping_key: bytes, subject: Id, wrapped: str) -> bytes:
    """The opposite of `wrap`. Raises Unreadable."""
    return _open(wrapping_key, _bytes(wrapped), subject.encode())


def seal(key: bytes, subject: Id, tap: Id, place: str, content: Content) -> str:
    """Seals content that one tap puts in one place (`table.id.column`).

    The nonce follows from tap and place, each written once, so that a rehearsal repeats to the last hash.
    """
    nonce = hmac.digest(key, f"{tap}/{place}".encode(), "sha256")[:12]
    plain = msgspec.json.encode(content, order="sorted")
    return _text(nonce + AESGCM(key).encrypt(nonce, plain, subject.encode()))


def unseal(key: bytes | None, subject: Id, sealed: str) -> dict[str, object]:
    """The content; an empty one where nothing was sealed. Raises Unreadable without its key."""
    if not sealed:
        return {}
    if key is None:
        raise Unreadable(subject)
    content: dict[str, object] = msgspec.json.decode(_open(key, _bytes(sealed), subject.encode()))
    return content


def fingerprint(key: bytes, parts: Iterable[object]) -> str:
    """A short keyed digest of what was asked, to tell a repeated tap from a reused key.

    Keyed, because what was asked may be an alias: without the key nobody can try aliases until one fits.
    """
    return hmac.digest(key, msgspec.json.encode(list(parts), order="sorted"), "sha256").hex()[:32]


def _open(key: bytes, box: bytes, bound_to: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(box[:12], box[12:], bound_to)
    except InvalidTag as error:
        raise Unreadable(bound_to.decode()) from error


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text)
