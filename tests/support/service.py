"""A real service in a process of its own, on a free port, on either database, with a cast of every role.

    def test_something(service: Service, page: Page) -> None:
        service.tap_in(page, "nurse")            # a turn on the enrolled tablet, through the real screen
        page.goto(service.url + "/board/")
        with service.client("nurse") as http:    # the same without a browser
            http.get("/board/")

The test process reads and writes the same database (`service.site`, the ORM, acts with `service.tap("nurse")`).
"""

from __future__ import annotations

import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client

from fristed.ground.act import ADMINISTRATOR, CALL_SCREEN, DEVICE, MANAGER, Role, Tap
from fristed.ground.ids import Id, new_id
from fristed.ground.site import SiteFile
from fristed.house.configuration import Service as Settings
from fristed.house.founding import settings_text
from fristed.journal.grants import grant
from fristed.staff import devices, pins
from fristed.staff.acts import enrol_device, found_site, hire
from fristed.staff.models import Account, Pin
from fristed.staff.rules import POSTS
from fristed.staff.who import Who
from tests.support import databases
from tests.support.cast import done, site_file

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

PIN = "271828"
PASSWORD = "a long invented sentence"  # noqa: S105  # of invented people

COMMAND = (sys.executable, "-c", "from fristed.house.command import app; app()")

NAMES: dict[Role, str] = {
    "reception": "Ana",
    "room_worker": "Bo",
    "nurse": "Cem",
    "manager": "Dagny",
    "analyst": "Eli",
    "auditor": "Fay",
    "administrator": "Gus",
}


@dataclass
class Cast:
    """A site with a worker of every role and an enrolled tablet, in the database Django uses now."""

    site: Id
    file: SiteFile
    workers: dict[Role, Id] = field(default_factory=dict)
    accounts: dict[Role, int] = field(default_factory=dict)
    device: Id = ""
    token: str = ""

    def who(self, role: Role) -> Who:
        """Who stands at the tablet, signed in fully; "device" for nobody."""
        name, worker = NAMES.get(role, "tablet"), self.workers.get(role)
        return Who(self.site, role, worker, self.device, name, signed_in=role not in (DEVICE, CALL_SCREEN))

    def tap(self, role: Role) -> Tap:
        """A tap now by the worker of this role on the tablet."""
        return self.who(role).tap(new_id())


def make_cast(file: SiteFile | None = None) -> Cast:
    """Founds a site and hires everyone: names as in NAMES, user names the role, one PIN, one password."""
    chosen = file or site_file()
    cast = Cast(new_id(), chosen)
    first = Who(cast.site, ADMINISTRATOR, signed_in=True)
    done(found_site(first.tap(new_id()), file=chosen))
    for role in POSTS:
        name = f"{role}.{chosen.slug}" if Account.objects.filter(username=role).exists() else role
        account = Account.objects.create(username=name, password=_password())
        worker = done(hire(first.tap(new_id()), name=NAMES[role], role=role, account=account.pk)).thing
        Pin.objects.create(worker_id=worker, hash=_pin())
        cast.workers[role], cast.accounts[role] = worker, account.pk
    cast.token, cast.device = enrol(cast, "Tablet 1")
    return cast


@cache
def _password() -> str:
    """The hash of everyone's password, made once a process: on purpose it takes its time."""
    return make_password(PASSWORD)


@cache
def _pin() -> str:
    """The hash of everyone's PIN."""
    return pins.hashed(PIN)


def signed_in(cast: Cast, role: Role) -> Client:
    """Django's own test client, as someone who has signed in with a second factor, at no tablet."""
    account = Account.objects.get(pk=cast.accounts[role])
    Authenticator.objects.get_or_create(user=account, type=Authenticator.Type.TOTP, defaults={"data": {}})
    client = Client()
    client.force_login(account)
    return client


def enrol(cast: Cast, name: str, kind: str = "tablet") -> tuple[str, Id]:
    """One more device: its token and its id."""
    token = devices.new_token()
    credential = devices.credential_of(token)
    return token, done(enrol_device(cast.tap(MANAGER), name=name, kind=kind, credential=credential)).thing


@dataclass
class Service:
    """A running service. `url` has no slash at its end."""

    url: str
    home: Path
    cast: Cast
    process: subprocess.Popen[bytes]
    database: str

    @property
    def site(self) -> Id:
        return self.cast.site

    def tap(self, role: Role) -> Tap:
        return self.cast.tap(role)

    @contextmanager
    def client(self, role: Role | None = None, token: str | None = None) -> Iterator[httpx.Client]:
        """An HTTP client on the enrolled tablet: with nobody signed in, or in a turn of this role's worker."""
        with self.outsider() as http:
            http.cookies.set(devices.COOKIE, token or self.cast.token)
            if role is not None:
                answer = http.post("/turn/", data=self._pin_form(role) | {"csrfmiddlewaretoken": csrf(http)})
                assert answer.status_code == 302, answer.text
            yield http

    def outsider(self) -> httpx.Client:
        """An HTTP client that is nobody."""
        return httpx.Client(base_url=self.url, timeout=30, follow_redirects=False)

    @contextmanager
    def signed_in(self, role: Role) -> Iterator[httpx.Client]:
        """An HTTP client that has signed in fully, with name and password, as the worker of this role."""
        with self.outsider() as http:
            said = {"login": role, "password": PASSWORD, "csrfmiddlewaretoken": csrf(http, "/sign-in/")}
            assert http.post("/sign-in/", data=said).status_code == 302
            yield http

    def enrol(self, context: BrowserContext, token: str | None = None) -> None:
        """Makes a browser the enrolled tablet, with nobody signed in."""
        context.add_cookies([{"name": devices.COOKIE, "value": token or self.cast.token, "url": self.url}])

    def tap_in(self, page: Page, role: Role, token: str | None = None) -> None:
        """Begins a turn in the browser, as a worker does: name, PIN."""
        self.enrol(page.context, token)
        page.goto(f"{self.url}/turn/")
        page.get_by_label(NAMES[role], exact=True).check()
        page.get_by_label("PIN").fill(PIN)
        page.get_by_role("button", name="Begin my turn").click()
        page.wait_for_url(lambda address: "/turn/" not in address)

    @property
    def workshop(self) -> str:
        """Where reports are counted, once it answers there: it is up a moment after the floor."""
        port = int(self.url.rpartition(":")[2]) + 2
        wait_until_up(self, f"http://localhost:{port}")
        return f"http://localhost:{port}"

    @property
    def key(self) -> str:
        """The service key, of tests only."""
        return settings.SERVICE_KEY.hex()

    def said(self) -> str:
        """What the service printed so far."""
        return (self.home / "serve.log").read_text()

    def end(self) -> int:
        """Ends the service as the system does; answers its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=20)

    def _pin_form(self, role: Role) -> dict[str, str]:
        return {"worker": self.cast.workers[role], "pin": PIN, "next": "/"}


def csrf(http: httpx.Client, path: str = "/turn/") -> str:
    """The form token of a page."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', http.get(path).text)
    assert found, f"{path} has no form"
    return found.group(1)


def start(home: Path, cast: Cast, database: str, **changes: Any) -> Service:
    """Serves the database that the test uses, from this folder. `changes` are settings of fristed.toml."""
    port = free_port()
    address = "" if database == "sqlite" else serving_url()
    usual: dict[str, Any] = {"demonstration": True, "second_factor": False, "database": address}
    (home / "fristed.toml").write_text(settings_text(Settings(port=port, **usual | changes)))
    command = [*COMMAND, "serve", str(home)]
    given = os.environ | {"FRISTED_KEY": settings.SERVICE_KEY.hex()}
    with (home / "serve.log").open("w") as log:
        process = subprocess.Popen(command, env=given, stdout=log, stderr=subprocess.STDOUT)
    service = Service(f"http://localhost:{port}", home, cast, process, database)
    wait_until_up(service)
    return service


def wait_until_up(service: Service, address: str = "") -> None:
    """Returns when the floor (or this address) answers; fails with what the service printed if it ends instead."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if service.process.poll() is not None:
            raise AssertionError(f"the service ended: {service.said()}")
        try:
            httpx.get(f"{address or service.url}/turn/", timeout=5)
            return
        except httpx.TransportError:
            time.sleep(0.02)
    raise AssertionError("the service did not answer within 30 s")


def free_port() -> int:
    """The first of three free ports in a row on loopback."""
    while True:
        first = 20_000 + secrets.randbelow(12_000)
        if all(_free(first + step) for step in range(3)):
            return first


def database_url() -> str:
    """The PostgreSQL address of the database Django uses now."""
    kept = _current()
    return f"postgresql:///{kept['NAME']}?host={kept['HOST']}&user={kept['USER']}&port={kept['PORT'] or 5432}"


def serving_url() -> str:
    """The same database as the role that serves: it can do what serving needs, and cannot change the journal."""
    role = databases.serving_role()
    grant(role)
    user = f"user={_current()['USER']}"
    assert user in database_url()
    return database_url().replace(user, f"user={role}")


def _current() -> dict[str, str]:
    from django.db import connection

    return {key: str(connection.settings_dict[key]) for key in ("NAME", "HOST", "USER", "PORT")}


def _free(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) != 0


@pytest.fixture
def service(database: str, tmp_path: Path) -> Iterator[Service]:
    """A running service with its cast, on both databases."""
    started = start(tmp_path, make_cast(), database)
    yield started
    assert started.end() == 0
