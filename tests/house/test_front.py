"""Nobody who sends half of something, or from too many connections, keeps the floor from answering."""

from __future__ import annotations

import asyncio
import resource
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlparse

import httpx
import psutil
import pytest

from fristed.house import crowd, front
from fristed.house.front import Front
from fristed.room.models import Emergency
from tests.house.test_serve import eventually
from tests.support.loops import alone
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


class Headers:
    """Headers as they came; HTTP/2 sends each cookie in one of its own."""

    def __init__(self, said: list[tuple[str, str]]) -> None:
        self._said = said

    def items(self) -> list[tuple[str, str]]:
        return self._said

    def get(self, wanted: str, default: str | None = None) -> str | None:
        return next((value for name, value in self._said if name == wanted), default)


class Sender:
    """Someone who sends a POST of these parts and, when they are shorter than they said, then waits for ever."""

    method, path, query_string, scheme, authority = "POST", "/turn/", "", "http", "localhost"
    client, server = "192.0.2.1:40000", "192.0.2.2:443"

    def __init__(self, *parts: bytes, length: int | str = 1000, leaves: bool = False) -> None:
        self.parts = parts
        self.leaves = leaves
        self.headers = Headers([("content-length", str(length))])
        self.said: list[int] = []
        self.heard: dict[str, str] = {}

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self.parts:
            yield part
        if not self.leaves:
            await asyncio.sleep(3600)

    def response_empty(self, status: int, headers: list[tuple[str, str]]) -> None:
        self.said.append(status)

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.said.append(status)
        self.heard = dict(headers)


async def answered(app: Front, sender: Sender) -> None:
    await app.__rsgi__(sender, sender)  # type: ignore[arg-type]  # a sender is its own scope and line


def ask(sender: Sender) -> list[int]:
    """What such a request is answered with."""
    alone(answered(Front(1), sender))
    return sender.said


def test_what_does_not_arrive_whole_in_time_is_ended(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "WHOLE_WITHIN", 0.05)
    assert ask(Sender(b"x")) == [408]


def test_a_request_among_many_half_sent_ones_has_its_time(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "HALF_SENT", 1)
    monkeypatch.setattr(front, "AT_LEAST", 0.2)
    senders = [Sender(b"x") for _ in range(4)]

    async def whole() -> None:
        app = Front(1)
        asked = [asyncio.create_task(answered(app, sender)) for sender in senders]
        await asyncio.sleep(0.1)
        assert [sender.said for sender in senders] == [[], [], [], []]
        await asyncio.sleep(0.3)
        assert [sender.said for sender in senders] == [[408], [408], [408], []]
        for task in asked:
            task.cancel()

    alone(whole())


def test_cookies_that_come_apart_are_read_together_and_the_host_may_stand_beside_the_headers(database: str) -> None:
    sender = Sender()
    sender.method = "GET"
    sender.headers = Headers([("cookie", "first=1"), ("cookie", "django_language=da")])
    assert ask(sender) == [302]
    assert sender.heard["Content-Language"] == "da"


def test_what_does_not_say_its_length_is_not_read(database: str) -> None:
    assert ask(Sender(b"x", length="")) == [411]


def test_half_a_request_whose_sender_left_reaches_no_page(database: str) -> None:
    assert ask(Sender(b"x", leaves=True)) == [400]


def test_a_page_asked_for_under_another_name_is_refused_and_the_log_names_no_name(service: Service) -> None:
    answer = httpx.get(f"{service.url}/turn/", headers={"Host": "elsewhere.example"})
    assert answer.status_code == 400
    said = service.said()
    assert "django.security.DisallowedHost" in said
    assert "elsewhere" not in said
