"""Signed heads: what each site's chain was when somebody took the paper away.

A head kept off the machine is what finds a tail that was cut, or a history written anew with every hash made to fit.
The file holds one line of JSON per head; new heads are added at its end, so one file is the history of the heads.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings

from fristed.ground.ids import Id
from fristed.ground.moments import Moment, now
from fristed.ground.seal import head_signer
from fristed.journal.entry import Head
from fristed.journal.verify import reading
from fristed.journal.verify.report import Finding


class HeadsFileError(ValueError):
    """The file of heads cannot be read: where and what to do."""


class SignedHead(msgspec.Struct, frozen=True):
    """One line of the file. `signature`: Ed25519 over `claim`, by the key whose public half is `signer`; base64."""

    site: Id
    seq: int
    hash: str
    signed: Moment
    signer: str = ""
    signature: str = ""

    @property
    def claim(self) -> bytes:
        """What is signed."""
        return f"fristed head\n{self.site}\n{self.seq}\n{self.hash}\n{self.signed}".encode()


def write_heads(path: Path, heads: Mapping[Id, Head]) -> int:
    """Adds the present heads to the file; answers how many."""
    signer = head_signer(settings.SERVICE_KEY)
    with path.open("ab") as file:
        for site, head in heads.items():
            claim = SignedHead(site, head.seq, head.hash, now(), _text(signer.public_key().public_bytes_raw()))
            signed = msgspec.structs.replace(claim, signature=_text(signer.sign(claim.claim)))
            file.write(msgspec.json.encode(signed) + b"\n")
    return len(heads)


def read_heads(path: Path) -> list[SignedHead]:
    """The heads of a file. Raises HeadsFileError."""
    try:
        lines = path.read_bytes().splitlines()
        return [msgspec.json.decode(line, type=SignedHead) for line in lines if line.strip()]
    except OSError as error:
        raise HeadsFileError(f"{path}: cannot be read ({error.strerror}).") from error
    except msgspec.DecodeError as error:
        raise HeadsFileError(
            f"{path}: this is not a file of heads ({error}). Give the file --write-head made."
        ) from error


def differing_heads(heads: list[SignedHead]) -> Iterator[Finding]:
    """Each signed head that the journal does not hold any more."""
    public = head_signer(settings.SERVICE_KEY).public_key()
    for signed in heads:
        where = f"site {signed.site}, entry {signed.seq}"
        if not _is_ours(signed, public):
            yield Finding("heads", where, "This head was not signed by this service, or was changed since.")
            continue
        hash = reading.entry_hash(signed.site, signed.seq)
        if hash is None:
            last = reading.head(signed.site).seq
            yield Finding(
                "heads", where, f"A signed head names entry {signed.seq}; the journal ends at {last}: its tail is cut."
            )
        elif hash != signed.hash:
            yield Finding(
                "heads", where, "The journal was written anew: this entry's hash is not the one that was signed."
            )


def _is_ours(signed: SignedHead, public: Ed25519PublicKey) -> bool:
    try:
        public.verify(base64.b64decode(signed.signature), signed.claim)
    except (InvalidSignature, ValueError):
        return False
    return True


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
