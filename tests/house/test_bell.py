"""The bell tells every listening screen what alarms there are, from a process of its own."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import signal
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import httpx
import pytest

from fristed.ground.moments import now
from fristed.house import bell
from fristed.house.tower import Listener, Site
from fristed.journal.frame import ACTS
from fristed.staff.acts import arm_device, retire_device, start_duty
from tests.support.cast import done
from tests.support.loops import alone
from tests.support.service import Service, enrol
from tests.support.service import service as service  # the fixture

Said = dict[str, Any]


@contextmanager
def screen(
    service: Service, token: str | None = None, *, sounding: bool = False
) -> Iterator[Iterator[tuple[str, Said]]]:
    """What a screen hears from the bell: pairs of event and content, as they come."""
    with service.client(token=token) as http:
        address = http.get("/clock").json()["bell"]
    with (
        httpx.Client(timeout=30) as listening,
        listening.stream("GET", f"{address}&sounding={int(sounding)}", headers={"Origin": service.url}) as stream,
    ):
        assert stream.status_code == 200
        assert stream.headers["access-control-allow-origin"] == service.url
        yield events(stream)


def events(stream: httpx.Response) -> Iterator[tuple[str, Said]]:
    name = ""
    for line in stream.iter_lines():
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))


def alarms(heard: Iterator[tuple[str, Said]], until: Any) -> Said:
    """The first thing heard that fits."""
    return next(said for name, said in heard if name == "alarms" and until(said))


def test_a_screen_hears_an_alarm_who_is_coming_and_its_end(service: Service) -> None:
    done(start_duty(service.tap("manager"), worker=service.cast.workers["nurse"], part="lead"))
    with screen(service) as heard:
        assert next(heard)[0] == "beat"
        quiet = alarms(heard, lambda said: True)
        assert quiet["emergencies"] == []
        assert [worker["name"] for worker in quiet["on_duty"]] == ["Cem"]
        raised = done(ACTS["room.raise_emergency"](service.tap("device"), spot="place", place=2)).thing
        (open_one,) = alarms(heard, lambda said: said["emergencies"])["emergencies"]
        assert (open_one["id"], open_one["spot"], open_one["place"]) == (raised, "place", 2)
        assert open_one["coming"] == []
        done(ACTS["room.acknowledge"](service.tap("nurse"), emergency=raised))
        coming = alarms(heard, lambda said: said["emergencies"][0]["coming"])
        assert [who["name"] for who in coming["emergencies"][0]["coming"]] == ["Cem"]
        done(ACTS["room.end_emergency"](service.tap("nurse"), emergency=raised, person_now="recovery"))
        assert alarms(heard, lambda said: not said["emergencies"])["emergencies"] == []


def test_a_screen_that_comes_late_hears_what_is_already_true(service: Service) -> None:
    done(ACTS["room.raise_emergency"](service.tap("device"), spot="toilet"))
    with screen(service) as heard:
        assert [e["spot"] for e in alarms(heard, lambda said: True)["emergencies"]] == ["toilet"]


def test_every_screen_hears_which_screens_would_stay_silent(service: Service) -> None:
    token, wall = enrol(service.cast, "Wall", "wall")
    done(arm_device(service.tap("nurse"), device=service.cast.device))
    done(arm_device(service.tap("nurse"), device=wall))
    with screen(service) as heard, screen(service, token, sounding=True):
        said = alarms(heard, lambda said: any(s["sounding"] for s in said["screens"]))
    by_name = {s["name"]: (s["armed"], s["sounding"]) for s in said["screens"]}
    assert by_name == {"Tablet 1": (True, False), "Wall": (True, True)}


def test_a_page_of_the_workshop_hears_the_bell_as_one_of_the_floor_does(service: Service) -> None:
    with service.client() as http:
        address = http.get("/clock").json()["bell"]
    name, _, port = service.url.rpartition(":")
    for page in (service.url, f"{name}:{int(port) + 2}"):
        with httpx.Client() as http, http.stream("GET", address, headers={"Origin": page}) as stream:
            assert stream.headers["access-control-allow-origin"] == page


def test_a_retired_screen_hears_nothing_more_although_its_stream_was_open(service: Service) -> None:
    token, wall = enrol(service.cast, "Wall", "wall")
    with service.client(token=token) as http:
        address = http.get("/clock").json()["bell"]
    with screen(service, token) as heard:
        alarms(heard, lambda said: True)
        done(retire_device(service.tap("manager"), device=wall))
        assert [name for name, _ in heard if name == "alarms"] == [], "the stream ends"
    done(ACTS["room.raise_emergency"](service.tap("device"), spot="toilet"))
    with httpx.Client(timeout=30) as again, again.stream("GET", address) as stream:
        assert "alarms" not in [name for name, _ in events(stream)]


def test_a_stream_ends_with_its_ticket() -> None:
    told: list[Any] = []

    async def send(message: Any) -> None:
        told.append(message)

    alone(bell._tell(Listener(Site()), send, until=now() - 1))
    assert [message.get("more_body", False) for message in told] == [True, False], "a beat, and no more"


def test_the_bell_is_shut_to_strangers(service: Service) -> None:
    with service.client() as http:
        address = http.get("/clock").json()["bell"]
    ours = address.split("?")[0]
    with httpx.Client() as outsider:
        assert outsider.get(ours).status_code == 403
        assert outsider.get(f"{address[:-8]}AAAAAAAA").status_code == 403
        assert outsider.get(address.replace("/alarms", "/board")).status_code == 404
        with outsider.stream("GET", address, headers={"Origin": "http://elsewhere.example"}) as stream:
            assert "access-control-allow-origin" not in stream.headers
    with service.outsider() as http:
        assert http.get("/clock").json().keys() == {"now"}
        assert http.get("/alarms").status_code == 302


def test_the_floor_says_the_same_to_a_screen_that_cannot_hear_the_bell(service: Service) -> None:
    done(ACTS["room.raise_emergency"](service.tap("device"), spot="door"))
    with service.client() as http:
        told = http.get("/alarms").json()
    with screen(service, sounding=True) as heard:
        said = alarms(heard, lambda said: said["screens"][0]["sounding"])
    assert told == said


def bell_process(service: Service) -> int:
    """The process that listens where the bell does."""
    kept = Path(f"/proc/{service.process.pid}/task/{service.process.pid}/children").read_text()
    floor, bell, work = sorted(int(child) for child in kept.split())
    return bell


def test_a_killed_bell_rings_again(service: Service) -> None:
    raised = done(ACTS["room.raise_emergency"](service.tap("device"), spot="door")).thing
    os.kill(bell_process(service), signal.SIGKILL)
    until_up = httpx.HTTPTransport(retries=20)
    with service.client() as http:
        address = http.get("/clock").json()["bell"]
    with httpx.Client(transport=until_up, timeout=30) as http, http.stream("GET", address) as stream:
        said = alarms(events(stream), lambda said: True)
    assert [e["id"] for e in said["emergencies"]] == [raised]


async def _stays() -> dict[str, Any]:
    await asyncio.Event().wait()
    return {}


async def _closed(message: dict[str, Any]) -> None:
    raise RuntimeError("ASGI flow error: transport closed")


def test_a_browser_that_closes_while_it_is_told_something_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    async def told() -> None:
        with pytest.raises(bell.Gone):
            await bell.until_gone(_stays, bell.event(_closed, "beat", b"{}"))
        gc.collect()

    alone(told())
    assert caplog.records == []


def test_a_browser_that_goes_and_a_send_that_fails_at_one_moment_are_no_error(caplog: pytest.LogCaptureFixture) -> None:
    async def goes() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def told() -> None:
        await bell.until_gone(goes, bell.event(_closed, "beat", b"{}"))
        gc.collect()

    alone(told())
    assert caplog.records == []


def test_an_error_of_the_bells_own_is_not_taken_for_a_closed_browser() -> None:
    async def wrong() -> None:
        raise LookupError("invented")

    with pytest.raises(LookupError):
        alone(bell.until_gone(_stays, wrong()))


def test_browsers_that_close_at_any_moment_leave_no_word_in_the_services_log(service: Service) -> None:
    with service.client() as http:
        address = urlparse(http.get("/clock").json()["bell"])
    asked = f"GET {address.path}?{address.query}&sounding=0 HTTP/1.1\r\nHost: {address.netloc}\r\n\r\n".encode()
    for n in range(40):
        with socket.create_connection((address.hostname, address.port)) as screen:
            screen.sendall(asked)
            screen.settimeout(0.001 * (n + 1))
            with suppress(TimeoutError):
                screen.recv(64)
            screen.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", n % 2, 0))
        done(ACTS["room.raise_emergency"](service.tap("device"), spot="door"))
    service.end()
    assert [line for line in service.said().splitlines() if not line.startswith("http")] == []
