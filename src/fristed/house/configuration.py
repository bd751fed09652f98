"""A service's settings: where it lives, which database, which address. Checked at start, key by key."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import unquote, urlsplit

import msgspec
from msgspec import Meta, Struct

from fristed.ground import seal

FILE = "fristed.toml"


class ConfigurationError(ValueError):
    """A setting that stops the start: its key, its value, what is accepted."""


class Service(Struct, frozen=True, forbid_unknown_fields=True):
    """What `fristed.toml` in the service's folder says."""

    database: str = ""  # empty: the encrypted file; or postgresql://name@host:port/database
    address: str = "127.0.0.1"
    port: Annotated[int, Meta(ge=1, le=65533)] = 8700  # the bell and the workshop listen on the two that follow
    certificate: str = ""
    certificate_key: str = ""
    second_factor: bool = True
    demonstration: bool = False
    home: str = ""  # the folder itself, filled in when read


def read_service(home: Path) -> Service:
    """Reads the settings of the service in a folder. Raises ConfigurationError with key, value and range."""
    path = home / FILE
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return msgspec.convert(raw | {"home": str(home.resolve())}, Service)
    except FileNotFoundError as error:
        raise ConfigurationError(
            f"{path}: there is no service in this folder. Make one with 'fristed init'."
        ) from error
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ConfigurationError(f"{path}: {error}.") from error


def running_service() -> Service:
    """The service this process belongs to, by the environment its supervisor gave it."""
    return read_service(Path(os.environ["FRISTED_HOME"]))


def databases(service: Service, service_key: bytes) -> dict[str, dict[str, Any]]:
    """Django's DATABASES for this service."""
    if not service.database:
        options = {"key": seal.derive(service_key, "database").hex(), "transaction_mode": "IMMEDIATE"}
        name = str(Path(service.home) / "fristed.db")
        return {"default": {"ENGINE": "fristed.ground.sqlcipher", "NAME": name, "OPTIONS": options}}
    url = urlsplit(service.database)
    return {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": url.path.removeprefix("/"),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": unquote(url.hostname or ""),
            "PORT": str(url.port or ""),
            "CONN_MAX_AGE": None,
        }
    }
