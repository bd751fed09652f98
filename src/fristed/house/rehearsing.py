"""Makes a rehearsal's service and lives in it: a folder, a key, a database of its own; never a real one's."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from fristed.ground.moments import Moment, now, world_clock
from fristed.house import service_key
from fristed.house.configuration import FILE, ConfigurationError, Service, read_service
from fristed.house.emptying import empty
from fristed.house.founding import make_tables, settings_text
from fristed.house.opening import only_writer, set_up
from fristed.house.pace import ENVIRONMENT, Pace
from fristed.rehearsal.roomfile import RoomFile

if TYPE_CHECKING:
    from fristed.rehearsal.life import Life

NOTES = "rehearsal.toml"
KEY = "rehearsal.key"
PIN = "271828"
PASSWORD = "an invented sentence"  # noqa: S105  # of invented people, printed at every start
_START = 30.0  # seconds a service may take to answer


class Notes(msgspec.Struct, frozen=True):
    """What a rehearsal remembers of itself between runs: its room, its seed, its tablet's token."""

    room: str
    seed: int
    tablet: str


def notes_of(home: Path) -> Notes | None:
    """The notes of the rehearsal in a folder; None where nothing is. Raises ConfigurationError on a real service."""
    if not home.exists() or not any(home.iterdir()):
        return None
    if not (home / NOTES).exists() or not read_service(home).rehearsal:
        raise ConfigurationError(f"{home}: this is not a rehearsal. Choose another folder; a rehearsal has its own.")
    return msgspec.convert(tomllib.loads((home / NOTES).read_text(encoding="utf-8")), Notes)


def remove(home: Path) -> str:
    """Removes a rehearsal, and nothing but a rehearsal. Answers the address of its database, empty again."""
    if notes_of(home) is None:
        return ""
    service = read_service(home)
    with only_writer(service):
        if service.database:
            empty(service.database)
        shutil.rmtree(home)
    return service.database


def make(
    home: Path,
    name: str,
    room: RoomFile,
    first: date | None,
    days: int,
    port: int,
    seed: int,
    lived: Callable[[], None],
    database: str = "",
) -> None:
    """A new rehearsal with so many days of history; `lived` is called after each. Leaves nothing behind on failure.

    `database`: the address of an empty PostgreSQL database; empty: an encrypted file in the folder.
    """
    with _new_folder(home):
        key, token = service_key.new_key(), secrets.token_urlsafe(32)
        service_key.write_key_file(home / KEY, key)
        plan = Service(
            database=database,
            port=port,
            demonstration=True,
            rehearsal=True,
            second_factor=False,
            key_source="file",
            key_file=str((home / KEY).absolute()),
            key_check=service_key.check_value(key),
        )
        (home / FILE).write_text(settings_text(plan), encoding="utf-8")
        (home / NOTES).write_text(_text(Notes(name, seed, token)), encoding="utf-8")
        set_up(read_service(home), key)
        make_tables(plan, "")
        with _emptied_on_failure(plan):
            _fill(room, first, days, seed, token, lived)


def staff(home: Path) -> list[tuple[str, str]]:
    """Role and user name of everyone who can sign in."""
    from fristed.staff.models import Account

    return [
        (name.replace("_", " "), name) for name in Account.objects.order_by("id").values_list("username", flat=True)
    ]


def live(home: Path, room: RoomFile, notes: Notes, speed: int, tell: Callable[[str], None]) -> None:
    """Serves the rehearsal and lives on in it until interrupted."""
    from django.db import connection

    from fristed.rehearsal.live import live_on

    service = read_service(home)
    life, start = _awake(room, notes, service)
    connection.close()
    pace = Pace(start, world_clock(), speed)
    command = [sys.executable, "-c", "from fristed.house.command import app; app()", "serve", str(home)]
    serving = subprocess.Popen(command, env=os.environ | {ENVIRONMENT: pace.text()})

    def clock() -> Moment:
        if serving.poll() is not None:
            raise ConfigurationError(f"{home}: the service ended with code {serving.returncode}.")
        return pace.now()

    try:
        _wait_until_up(service, clock)
        live_on(life, clock, tell)
    except KeyboardInterrupt:
        return
    finally:
        serving.terminate()
        serving.wait()


def _awake(room: RoomFile, notes: Notes, service: Service) -> tuple[Life, Moment]:
    from fristed.rehearsal import resume
    from fristed.rehearsal.live import days_from
    from fristed.rehearsal.remote import RemoteHands

    hands = RemoteHands(service.origin(), notes.tablet, PIN, {})
    life = resume.life_of(room, hands, seed=notes.seed)
    hands.crew = life.crew
    start = resume.lively_moment(life, now(), resume.last_recorded(life.site))
    life.stage.now = start
    for story in list(resume.tidy_up(life)):
        life.stage.begin(start, story)
    days_from(life, start, lambda day: resume.opened(life.site, day))
    return life, start


def _wait_until_up(service: Service, clock: Callable[[], Moment]) -> None:
    import httpx

    until = time.monotonic() + _START
    while time.monotonic() < until:
        clock()
        try:
            httpx.get(f"{service.origin()}/turn/", timeout=5)
            return
        except httpx.TransportError:
            time.sleep(0.05)
    raise ConfigurationError(f"{service.origin()} did not answer within {_START:.0f} s.")


def _fill(room: RoomFile, first: date | None, days: int, seed: int, token: str, lived: Callable[[], None]) -> None:
    from django.db import connection

    from fristed.rehearsal.crew import NAMES, enrol
    from fristed.rehearsal.history import lively, make_history
    from fristed.staff import pins
    from fristed.staff.devices import credential_of
    from fristed.staff.models import Account

    accounts = {role: Account.objects.create_user(role, password=PASSWORD).pk for role in NAMES}
    until = None
    if first is None:
        until, today = lively(room, now())
        first = today - timedelta(days=days)
    life = make_history(room, first, days, seed=seed, accounts=accounts, until=until, after_day=lambda day: lived())
    enrol(life.site, life.crew, life.stage.now, "Rehearsal tablet", credential_of(token))
    for role, worker in life.crew.items():
        if role in ("reception", "room_worker", "nurse", "manager"):
            pins.set_hash(worker, PIN)
    connection.close()


@contextmanager
def _new_folder(home: Path) -> Iterator[None]:
    home.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        raise


@contextmanager
def _emptied_on_failure(plan: Service) -> Iterator[None]:
    """The folder goes by itself; the tables of a PostgreSQL database, which was empty, go here."""
    try:
        yield
    except BaseException:
        if plan.database:
            empty(plan.database)
        raise


def _text(notes: Notes) -> str:
    return "".join(f"{k} = {msgspec.json.encode(v).decode()}\n" for k, v in msgspec.to_builtins(notes).items())
