"""A certificate that ends soon is told at the start and on the pages of whoever can see to it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import psutil
import pytest
from django.conf import settings
from django.test import override_settings
from msgspec.structs import replace

from fristed.ground.act import Role
from fristed.house import certificate_ends, certificates
from fristed.house.certificate_ends import Which, endings, in_words
from fristed.house.configuration import Service
from fristed.house.founding import settings_text
from tests.room.pages import posts_only, read
from tests.support.cast import site_file
from tests.support.service import COMMAND, database_url, free_port, make_cast

DAY = timedelta(days=1)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """The settings of a service with an authority and a host certificate of its own."""
    certificate_ends._ends.cache_clear()
    certificates.make_all(tmp_path, "localhost", settings.SERVICE_KEY)
    made = Service(certificate=certificates.HOST, certificate_key=certificates.HOST_KEY, home=str(tmp_path))
    yield made
    certificate_ends._ends.cache_clear()


def when(service: Service, before_host_ends: timedelta) -> datetime:
    return certificates.ends(service.path(certificates.HOST)) - before_host_ends


@pytest.mark.parametrize(
    ("before", "told"),
    [(31 * DAY, []), (29 * DAY, [("host", False)]), (timedelta(0), [("host", True)]), (-DAY, [("host", True)])],
)
def test_the_host_s_certificate_is_told_of_thirty_days_before_it_ends(
    service: Service, before: timedelta, told: list[tuple[Which, bool]]
) -> None:
    assert [(e.which, e.over) for e in endings(service, when(service, before))] == told


def test_the_authority_is_told_of_half_a_year_before_since_every_tablet_must_install_the_next(service: Service) -> None:
    ends = certificates.ends(service.path(certificates.AUTHORITY))
    assert "authority" not in [e.which for e in endings(service, ends - 181 * DAY)]
    assert "authority" in [e.which for e in endings(service, ends - 179 * DAY)]
    said = [in_words(service, e) for e in endings(service, ends - DAY) if e.which == "authority"]
    assert "--new-authority" in said[0]


def test_a_certificate_that_the_site_brought_is_told_of_too(service: Service) -> None:
    own = service.path("own.pem")
    shutil.copy(service.path(certificates.HOST), own)
    brought = Service(certificate="own.pem", certificate_key="own-key.pem", home=service.home)
    (ending,) = endings(brought, certificates.ends(own) - DAY)
    assert ending.which == "own"
    assert "certificate_key" in in_words(brought, ending)
    assert endings(Service(home=service.home), certificates.ends(own)) == []


@pytest.mark.parametrize(("role", "told"), [("manager", True), ("nurse", False)])
def test_a_manager_reads_it_on_the_day_s_page_and_a_nurse_need_not(
    database: str, service: Service, monkeypatch: pytest.MonkeyPatch, role: Role, told: bool
) -> None:
    monkeypatch.setattr(certificates, "_HOST_DAYS", 20 * DAY)
    certificates.renew(Path(service.home), "localhost", settings.SERVICE_KEY)
    with override_settings(SERVICE=service):
        assert ("The certificate ends on" in read(posts_only(site_file()), role, "/day/")) is told


@pytest.mark.parametrize("path", ["/posts/", "/devices/"])
def test_an_administrator_reads_it_where_staff_and_devices_are_kept(
    database: str, service: Service, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(certificates, "_HOST_DAYS", 20 * DAY)
    certificates.renew(Path(service.home), "localhost", settings.SERVICE_KEY)
    with override_settings(SERVICE=service):
        assert "run 'fristed certificate'" in read(posts_only(site_file()), "administrator", path)


def test_a_running_service_warned_at_its_start_and_keeps_its_certificate_while_a_fresh_one_waits(
    database: str, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, port = Path(service.home), free_port()
    monkeypatch.setattr(certificates, "_HOST_DAYS", 20 * DAY)
    certificates.renew(home, "localhost", settings.SERVICE_KEY)
    address = "" if database == "sqlite" else database_url()
    plan = replace(service, host="localhost", port=port, demonstration=True, second_factor=False, database=address)
    (home / "fristed.toml").write_text(settings_text(plan))
    make_cast()
    given = os.environ | {"FRISTED_KEY": settings.SERVICE_KEY.hex()}
    with (home / "log").open("w") as log:
        process = subprocess.Popen([*COMMAND, "serve", str(home)], env=given, stdout=log, stderr=log)
    try:
        trusting = ssl.create_default_context(cafile=str(home / certificates.AUTHORITY))
        first = served(port, trusting)
        assert "WARNING: The certificate ends on" in (home / "log").read_text()
        renewed = subprocess.run([*COMMAND, "certificate", str(home)], env=given, capture_output=True, text=True)
        assert "Good until" in renewed.stdout, renewed.stderr
        for part in psutil.Process(process.pid).children():
            part.send_signal(signal.SIGKILL)
        assert served(port, trusting) == first, "the key in memory fits the certificate in memory"
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0


def served(port: int, trusting: ssl.SSLContext) -> bytes:
    """The certificate that the service shows, once it answers."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            plain = socket.create_connection(("localhost", port), timeout=5)
            with plain, trusting.wrap_socket(plain, server_hostname="localhost") as safe:
                return safe.getpeercert(binary_form=True) or b""
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the service did not answer within 30 s")
