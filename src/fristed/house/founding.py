"""Makes a new service: folder, settings, certificates, database, site, first administrator. All of it or nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from fristed.ground.act import ADMINISTRATOR, Refusal
from fristed.ground.ids import new_id
from fristed.ground.site import SiteFile
from fristed.house import certificates
from fristed.house.configuration import FILE, ConfigurationError, Service, read_service
from fristed.house.opening import set_up

FIRST = "administrator"  # the user name of a service's first account


@dataclass(frozen=True, slots=True)
class Founded:
    """What a new service tells whoever made it: its address, and the first administrator's one-time sign-in."""

    url: str
    administrator: str
    sign_in: str


def found(home: Path, plan: Service, key: bytes, site: SiteFile, site_text: str, owner: str = "") -> Founded:
    """Makes the service in a new folder. Raises ConfigurationError and leaves nothing behind when it cannot.

    `owner`: the address of the role that shall own the tables on PostgreSQL.
    """
    with _new_folder(home) as making:
        if plan.certificate:
            certificates.make_all(making, plan.host, key)
        (making / FILE).write_text(settings_text(plan), encoding="utf-8")
        (making / "site.toml").write_text(site_text, encoding="utf-8")
        set_up(read_service(making), key)
        make_tables(plan, owner)
        sign_in = open_site(site, FIRST)
        from django.db import connection  # Django is set up by now

        connection.close()
    return Founded(plan.origin(), FIRST, plan.origin() + sign_in)


def settings_text(plan: Service) -> str:
    """The settings that differ from what is usual, as TOML."""
    usual = msgspec.to_builtins(Service())
    said = {k: v for k, v in msgspec.to_builtins(plan).items() if k != "home" and v != usual[k]}
    return "".join(f"{key} = {msgspec.json.encode(value).decode()}\n" for key, value in said.items())


def refuse_used(home: Path) -> None:
    """Raises ConfigurationError unless the folder is new or empty. Asked before the questions, and again after."""
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise ConfigurationError(f"{home}: there is something here already. Choose a new or empty folder.")


@contextmanager
def _new_folder(home: Path) -> Iterator[Path]:
    """A folder made beside, and moved into place only when everything in it is done."""
    refuse_used(home)
    home.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(dir=home.parent.resolve(), prefix=".fristed-"))
    try:
        yield making
        making.rename(home)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise


def open_site(site: SiteFile, user_name: str) -> str:
    """A site with its places and its first administrator, whose one-time sign-in's path it answers."""
    from fristed.room.acts.places import lay_out
    from fristed.staff.acts import found_site, hire
    from fristed.staff.one_time import make_account, path_for
    from fristed.staff.who import Who

    first = Who(new_id(), ADMINISTRATOR, signed_in=True)  # whoever holds the service key
    account = make_account(user_name)
    for outcome in (
        found_site(first.tap(new_id()), file=site),
        lay_out(first.tap(new_id())),
        hire(first.tap(new_id()), name="Administrator", role=ADMINISTRATOR, account=account.pk),
    ):
        if isinstance(outcome, Refusal):
            raise ConfigurationError(outcome.sentence)
    return path_for(account)


def make_tables(plan: Service, owner: str) -> None:
    """Every table and guard in a database that must be empty. Raises ConfigurationError."""
    from django.db import DatabaseError, connection

    from fristed.house.connecting import as_owner
    from fristed.house.structure import bring_up, refuse_one_role

    refuse_one_role(plan, owner)
    try:
        with as_owner(plan, owner):
            if connection.introspection.table_names():
                raise ConfigurationError("database: it holds tables already. Give an empty database.")
        bring_up(plan, owner)
    except DatabaseError as error:
        reason = str(error).splitlines()[0]
        raise ConfigurationError(f"database: cannot be opened ({reason}). Is it there, and may we write?") from error
