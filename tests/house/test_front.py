"""Nobody who sends half of something, or from too many connections, keeps the floor from answering."""

from __future__ import annotations

import asyncio
import resource
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any
from urllib.parse import urlparse

import httpx
import psutil
import pytest

from fristed.house import crowd, front
from fristed.house.front import Front
from fristed.room.models import Emergency
from tests.house.test_serve import eventually
from tests.support.service import Service, csrf
from tests.support.service import service as service  # the fixture
from tests.support.tapping import tap

HALF = (
    "POST {path} HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: csrftoken={token}\r\nContent-Type: {kind}\r\n"
    "Fristed-Tap: 1\r\nContent-Length: 1000\r\n\r\n{{"
)


@contextmanager
def connections(service: Service, number: int, sent: str) -> Iterator[list[socket.socket]]:
    """So many connections to the floor, each of which sends this and then waits."""
    to = urlparse(service.url)
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with ExitStack() as held:
        made = [held.enter_context(socket.create_connection((to.hostname, to.port), 10)) for _ in range(number)]
        for connection in made:
            connection.sendall(sent.format(port=to.port).encode())
        yield made


def raise_emergency(service: Service) -> None:
    with service.client() as http:
        sent = tap("room.raise_emergency", args={"spot": "toilet"})
        headers = {"Fristed-Tap": "1"}
        answer = http.post("/taps", json={"now": sent["at"], "taps": [sent]}, headers=headers, timeout=20).json()
    assert answer["answers"][0]["ok"], answer
    assert Emergency.objects.filter(id=sent["key"]).exists()


@pytest.mark.parametrize(("path", "kind"), [("/taps", "application/json"), ("/sign-in/", "text/plain")])
def test_requests_that_are_half_sent_hold_no_act_thread(service: Service, path: str, kind: str) -> None:
    with service.outsider() as http:
        csrf(http, "/sign-in/")
        token = http.cookies["csrftoken"]
    half = HALF.replace("{path}", path).replace("{kind}", kind).replace("{token}", token)
    with connections(service, 40, half) as held:
        raise_emergency(service)
        held[0].settimeout(20)
        assert b" 408 " in held[0].recv(200), "the oldest of too many is ended"


def test_more_half_sent_headers_than_any_queue_holds_delay_nothing(service: Service) -> None:
    with connections(service, 1500, "GET / HTTP/1.1\r\nHost: localhost:{port}\r\n"):
        raise_emergency(service)
        floor = parts_that_listen(service)
        eventually(lambda: len(floor.net_connections("tcp")) <= crowd.MOST + 10, "the oldest are ended")
        raise_emergency(service)


def parts_that_listen(service: Service) -> psutil.Process:
    """The process of the floor that holds the connections."""
    return max(
        psutil.Process(service.process.pid).children(recursive=True),
        key=lambda process: len(process.net_connections("tcp")),
    )


class Sender:
    """A sender of these parts, who then waits for ever; what is answered stays in `said`."""

    def __init__(self, *parts: dict[str, Any]) -> None:
        self.parts = list(parts)
        self.said: list[dict[str, Any]] = []

    async def receive(self) -> dict[str, Any]:
        if not self.parts:
            await asyncio.sleep(3600)
        return {"type": "http.request", **self.parts.pop(0)}

    async def send(self, message: dict[str, Any]) -> None:
        self.said.append(message)


SCOPE = {"type": "http", "path": "/turn/", "method": "POST", "headers": [], "client": ("192.0.2.1", 1)}


def ask(sender: Sender) -> int:
    """The status that such a request is answered with."""
    with ThreadPoolExecutor(1) as alone:  # browser tests have a loop in this thread
        alone.submit(asyncio.run, Front(1)(SCOPE, sender.receive, sender.send)).result()
    status: int = sender.said[0]["status"] if sender.said else 0
    return status


def test_what_does_not_arrive_whole_in_time_is_ended(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "WHOLE_WITHIN", 0.05)
    assert ask(Sender({"body": b"x", "more_body": True})) == 408


def test_a_request_among_many_half_sent_ones_has_its_time(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "HALF_SENT", 1)
    monkeypatch.setattr(front, "AT_LEAST", 0.2)
    slow, crowd = (
        Sender({"body": b"x", "more_body": True}),
        [Sender({"body": b"x", "more_body": True}) for _ in range(3)],
    )

    async def whole() -> None:
        app = Front(1)
        asked = [asyncio.create_task(app(SCOPE, sender.receive, sender.send)) for sender in (slow, *crowd)]
        await asyncio.sleep(0.1)
        assert slow.said == []
        await asyncio.sleep(0.3)
        assert [bool(sender.said) for sender in (slow, *crowd)] == [True, True, True, False]
        for task in asked:
            task.cancel()

    with ThreadPoolExecutor(1) as alone:
        alone.submit(asyncio.run, whole()).result()


def test_what_is_longer_than_any_page_sends_is_not_read_to_its_end(database: str) -> None:
    part = {"body": b"x" * 1_000_000, "more_body": True}
    sender = Sender(part, part, part, part, part)
    assert ask(sender) == 413
    assert len(sender.parts) == 2


def test_a_sender_that_goes_away_is_answered_nothing(database: str) -> None:
    assert ask(Sender({"body": b"x", "more_body": True}, {"type": "http.disconnect"})) == 0


def test_a_page_asked_for_under_another_name_is_refused_and_the_log_names_no_name(service: Service) -> None:
    answer = httpx.get(f"{service.url}/turn/", headers={"Host": "elsewhere.example"})
    assert answer.status_code == 400
    said = service.said()
    assert "django.security.DisallowedHost" in said
    assert "elsewhere" not in said
