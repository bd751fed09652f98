"""The service key: typed as a passphrase, or read from a file on something that is carried away.

Never kept on the disk that holds the database. A seized machine is a machine without power: it says nothing.
"""

from __future__ import annotations

import os
import secrets
import sys
from getpass import getpass
from hmac import compare_digest
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw

from fristed.ground import seal
from fristed.house.configuration import ConfigurationError, Service
from fristed.house.disks import disks_of

ENVIRONMENT = "FRISTED_KEY"
SHORTEST_PASSPHRASE = 16


def new_key() -> bytes:
    """A fresh key of 256 bits."""
    return secrets.token_bytes(32)


def from_passphrase(passphrase: str, salt: bytes) -> bytes:
    """The key that a passphrase makes with the service's salt (argon2id, 256 MiB, 3 passes: about a second)."""
    return hash_secret_raw(
        passphrase.encode(), salt, time_cost=3, memory_cost=256 * 1024, parallelism=2, hash_len=32, type=Type.ID
    )


def check_value(key: bytes) -> str:
    """What is kept of the key, to tell a wrong one."""
    return seal.derive(key, "check").hex()


def obtain(service: Service) -> bytes:
    """The key of a service, from where its settings say. Raises ConfigurationError when it is not the right one."""
    sources = {"passphrase": _typed, "file": _carried, "environment": _given}
    key = sources[service.key_source](service)
    if service.key_check and not compare_digest(check_value(key), service.key_check):
        raise ConfigurationError("This is not the key of this service. Nothing was opened.")
    return key


def refuse_same_disk(key_file: Path, home: Path) -> None:
    """Raises ConfigurationError when the key would lie on the disk that holds the service's folder."""
    shared = disks_of(key_file.parent) & disks_of(home)
    if shared:
        raise ConfigurationError(
            f"key_file is {str(key_file)!r}, on the same disk as {home} ({', '.join(sorted(shared))}). Whoever takes "
            "the machine would take both. Use something you carry away, or a typed passphrase. (Checked by the block "
            "devices under both folders, as Linux names them; a copy elsewhere cannot be seen.)"
        )


def write_key_file(path: Path, key: bytes) -> None:
    """Writes a new key file, readable by its owner only. Never replaces one. Raises ConfigurationError."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(key.hex() + "\n")
    except OSError as error:
        raise ConfigurationError(f"key_file is {str(path)!r}: cannot be made ({error.strerror}).") from error


def _typed(service: Service) -> bytes:
    passphrase = getpass("Passphrase of this service: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    return from_passphrase(passphrase, bytes.fromhex(service.key_salt))


def _carried(service: Service) -> bytes:
    path = Path(service.key_file)
    if not service.demonstration:
        refuse_same_disk(path, Path(service.home))
    try:
        return _key_in(path.read_text(encoding="ascii"), str(path))
    except OSError as error:
        raise ConfigurationError(
            f"key_file is {service.key_file!r}: cannot be read ({error.strerror}). Put its medium in and try again."
        ) from error


def _given(service: Service) -> bytes:
    if not service.demonstration:
        raise ConfigurationError(
            "key_source is 'environment'; that is accepted only with demonstration = true. "
            "Use 'passphrase', or 'file' with key_file on something you carry away."
        )
    return _key_in(os.environ.get(ENVIRONMENT, ""), ENVIRONMENT)


def _key_in(text: str, where: str) -> bytes:
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        key = b""
    if len(key) != 32:
        raise ConfigurationError(f"{where}: a key is 64 hexadecimal digits; this is not.")
    return key
