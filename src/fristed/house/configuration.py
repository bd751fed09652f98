"""A service's settings: where it lives, which database, which address. Checked at start, key by key."""

from __future__ import annotations

import os
import re
import tomllib
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from fristed.ground import seal
from fristed.ground.site_faults import faults

FILE = "fristed.toml"

KeySource = Literal["passphrase", "file", "environment"]


class ConfigurationError(ValueError):
    """A setting that stops the start: its key, its value, what is accepted."""


class Service(Struct, frozen=True, forbid_unknown_fields=True):
    """What `fristed.toml` in the service's folder says."""

    database: str = ""  # empty: the encrypted file; or postgresql://name@host:port/database
    address: str = "127.0.0.1"
    host: str = ""  # the name in the certificate; passkeys need a name, not an address
    port: Annotated[int, Meta(ge=1, le=65533)] = 8700  # the bell and the workshop listen on the two that follow
    certificate: str = ""  # PEM files; relative to the folder
    certificate_key: str = ""
    second_factor: bool = True
    demonstration: bool = False
    rehearsal: bool = False  # made by `fristed rehearse`: invented people only, a frame that says so
    key_source: KeySource = "environment"
    key_file: str = ""
    key_salt: str = ""
    key_check: str = ""  # tells a wrong key before anything is opened with it
    floor_threads: Annotated[int, Meta(ge=1, le=32)] = 4  # on PostgreSQL; on SQLite always one
    turn_idle_minutes: Annotated[int, Meta(ge=1, le=120)] = 10
    turn_minutes: Annotated[int, Meta(ge=5, le=960)] = 240
    sign_in_idle_minutes: Annotated[int, Meta(ge=1, le=240)] = 30
    sign_in_minutes: Annotated[int, Meta(ge=15, le=1440)] = 720
    pin_digits: Annotated[int, Meta(ge=4, le=12)] = 6
    pin_attempts: Annotated[int, Meta(ge=3, le=20)] = 5
    pin_wait_seconds: Annotated[int, Meta(ge=10, le=3600)] = 60  # doubles with each further failure, up to an hour
    pocket_hours: Annotated[int, Meta(ge=1, le=24)] = 12  # how long a tablet keeps taps that it could not send
    pace: int = 1  # how many seconds pass for one of the world, filled in at a rehearsal's start
    home: str = ""  # the folder itself, filled in when read

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach it."""
        if self.address == "localhost":
            return True
        try:
            return ip_address(self.address).is_loopback
        except ValueError:
            return False

    @property
    def tls(self) -> bool:
        return bool(self.certificate and self.certificate_key)

    def path(self, name: str) -> Path:
        """A file of the service, by its name in the folder."""
        return Path(self.home) / name

    def origin(self, offset: int = 0) -> str:
        """Where a browser finds the floor (0), the bell (1) or the workshop (2)."""
        return f"{'https' if self.tls else 'http'}://{self.host or self.address}:{self.port + offset}"

    def origins(self, offset: int = 0) -> list[str]:
        """`origin`, and the other name under which a browser on this machine may know it."""
        other = [f"http://localhost:{self.port + offset}"] if self.loopback and not self.tls else []
        return [self.origin(offset), *other]


def read_service(home: Path) -> Service:
    """Reads the settings of the service in a folder. Raises ConfigurationError with key, value and range."""
    path = home / FILE
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigurationError(
            f"{path}: there is no service in this folder. Make one with 'fristed init'."
        ) from error
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path}: is not text in UTF-8. Save it anew as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path}: not valid TOML: {error}.") from error
    _refuse(faults(raw, Service), path)
    service = msgspec.convert(raw | {"home": str(home.resolve())}, Service)
    _refuse(_problems(service), path)
    return service


def running_service() -> Service:
    """The service this process belongs to, by the environment its supervisor gave it."""
    return read_service(Path(os.environ["FRISTED_HOME"]))


def databases(service: Service, service_key: bytes, *, read_only: bool = False) -> dict[str, dict[str, Any]]:
    """Django's DATABASES for this service."""
    if not service.database:
        key = seal.derive(service_key, "database").hex()
        options = {"key": key, "read_only": True} if read_only else {"key": key, "transaction_mode": "IMMEDIATE"}
        name = str(service.path("fristed.db"))
        kept = {"CONN_MAX_AGE": None}  # or every request would open the file and decrypt its pages anew
        return {"default": {"ENGINE": "fristed.ground.sqlcipher", "NAME": name, "OPTIONS": options} | kept}
    from psycopg.conninfo import conninfo_to_dict  # only a service on PostgreSQL pays for the import

    url = conninfo_to_dict(service.database)
    return {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": url.get("dbname", ""),
            "USER": url.get("user", ""),
            "PASSWORD": url.get("password", ""),
            "HOST": url.get("host", ""),
            "PORT": str(url.get("port", "")),
            "CONN_MAX_AGE": None,
            "OPTIONS": {"options": "-c default_transaction_read_only=on"} if read_only else {},
        }
    }


def without_password(address: str) -> str:
    """A database's address as it may be written down."""
    bare = re.sub(r"//([^:/?#]*):[^/?#]*@", r"//\1@", address)
    return re.sub(r"([?&])(?:ssl)?password=[^&]*&?", r"\1", bare).rstrip("?&")


def _refuse(found: list[str], path: Path) -> None:
    if found:
        raise ConfigurationError("\n".join(f"{path}: {fault}" for fault in found))


def _problems(service: Service) -> list[str]:
    found: list[str] = []
    if service.database and not service.database.startswith(("postgresql://", "postgres://")):
        found.append(
            f"database is {service.database!r}; accepted are '' (the encrypted file) "
            "or an address such as 'postgresql://name@host:5432/database'."
        )
    if not service.second_factor and not service.demonstration:
        found.append("second_factor is false; that is accepted only with demonstration = true.")
    if service.rehearsal and not service.demonstration:
        found.append("rehearsal is true; that is accepted only with demonstration = true.")
    if bool(service.certificate) != bool(service.certificate_key):
        found.append("certificate and certificate_key belong together; one of them is empty.")
    if not service.loopback and not service.tls:
        found.append(
            f"address is {service.address!r}, which other machines can reach, but there is no certificate. "
            "Give certificate and certificate_key (made by 'fristed init'), or use address = '127.0.0.1'."
        )
    if service.address in ("0.0.0.0", "::") and not service.host:  # refused, not bound
        found.append(
            f"address is {service.address!r}, which has no name, and host is empty. Give host the name that browsers "
            "know this service by."
        )
    return found
