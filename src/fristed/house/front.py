"""Between the server and Django: a request takes one of the few act threads only once all of it is here.

A page that sends half a request and waits would otherwise hold a thread, on SQLite the only one, for as long as it
likes. Bodies are read in the server's own loop, which holds thousands; see docs/adr/0016.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import suppress
from functools import partial
from io import BytesIO
from typing import Any, Protocol

from django.apps import apps
from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.base import BaseHandler
from django.core.signals import request_started
from django.db import DatabaseError
from django.http import HttpResponseBase
from django.urls import resolve, set_script_prefix
from granian.rsgi import ProtocolClosed, Scope  # type: ignore[attr-defined]  # it is for use, and not said to be

from fristed.house.hands import Hands

WHOLE_WITHIN = 10.0  # seconds from the headers to the last byte of a request
HALF_SENT = 32  # requests of one address that may be arriving; a further one leaves the oldest only AT_LEAST
AT_LEAST = 1.0  # seconds that every request has, whoever crowds it: an emergency among half-sent ones is whole by then

_BODILESS = {"GET", "HEAD", "OPTIONS"}
_CLOSE = [("connection", "close")]


class Line(Protocol):
    """How the server hands over a body and takes an answer: granian's `RSGIHTTPProtocol`."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...
    def response_empty(self, status: int, headers: list[tuple[str, str]], /) -> None: ...
    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes, /) -> None: ...


class Unfit(Exception):
    """A request that no page of this service sends, with the status that says why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Front(BaseHandler):
    """The RSGI application of floor and workshop; Django itself runs in `threads` threads of its own."""

    def __init__(self, threads: int) -> None:
        super().__init__()
        self.load_middleware()
        resolve("/")  # every page is loaded here: threads that load together see each other's modules half made
        self._hands = Hands(threads, _ready)
        self._arriving: defaultdict[str, dict[asyncio.Timeout, float]] = defaultdict(dict)

    async def __rsgi__(self, scope: Scope, line: Line) -> None:
        """Answers one request."""
        try:
            body = b"" if scope.method in _BODILESS else await self._whole(scope, line)
        except Unfit as unfit:
            line.response_empty(unfit.status, _CLOSE)
        else:
            await self._hands.do(partial(self._answer, scope, line, body), tap=scope.method not in _BODILESS)

    async def _whole(self, scope: Scope, line: Line) -> bytes:
        """All of the body. Raises Unfit."""
        length = scope.headers.get("content-length", "")
        if not length.isdigit():
            raise Unfit(411)
        if int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return b""  # Django tells by its length alone that it is too long, in a sentence
        address = _host(scope.client)
        arriving = self._arriving[address]
        try:
            async with asyncio.timeout(WHOLE_WITHIN) as patience:
                if len(arriving) >= HALF_SENT:
                    _hurry(arriving)
                arriving[patience] = asyncio.get_running_loop().time()
                body = b"".join([part async for part in line])
        except TimeoutError:
            raise Unfit(408) from None
        finally:
            arriving.pop(patience, None)
            if not arriving:
                self._arriving.pop(address, None)
        if len(body) < int(length):
            raise Unfit(400)  # its sender went away
        return body

    def _answer(self, scope: Scope, line: Line, body: bytes) -> None:
        """Lets Django answer, in a thread of its own, and sends what it says from there."""
        set_script_prefix("")
        request_started.send(sender=self.__class__, scope=scope)
        response = self.get_response(ASGIRequest(_asgi(scope), BytesIO(body)))
        response._handler_class = self.__class__  # type: ignore[attr-defined]  # as Django's own handlers do
        try:
            with suppress(ProtocolClosed):  # the sender has gone meanwhile
                line.response_bytes(response.status_code, _headers(response), b"".join(response))
        finally:
            response.close()


def _ready() -> None:
    """What the first tap of a thread would otherwise wait for: a line to the database on which every table is known."""
    with suppress(DatabaseError):  # it may come later
        for model in apps.get_models():
            model._default_manager.exists()


def _hurry(arriving: dict[asyncio.Timeout, float]) -> None:
    """Leaves the oldest of them no more than AT_LEAST from when it came."""
    oldest = next(iter(arriving))
    since = arriving.pop(oldest)
    if not oldest.expired():
        oldest.reschedule(since + AT_LEAST)


def _asgi(scope: Scope) -> dict[str, Any]:
    """The request as Django reads it. HTTP/2 names the host beside the headers and sends each cookie alone."""
    said = scope.headers.items()
    cookie = "; ".join(value for name, value in said if name == "cookie")
    others = [(name, value) for name, value in said if name not in ("cookie", "host")]
    host = scope.headers.get("host") or scope.authority or ""
    headers = [*others, ("cookie", cookie), ("host", host)]
    return {
        "method": scope.method,
        "path": scope.path,
        "query_string": scope.query_string,
        "scheme": scope.scheme,
        "client": (_host(scope.client), _port(scope.client)),
        "server": (_host(scope.server), _port(scope.server)),
        "headers": [(name.encode("latin1"), value.encode("latin1")) for name, value in headers],
    }


def _host(address: str) -> str:
    return address.rpartition(":")[0].strip("[]")


def _port(address: str) -> int:
    return int(address.rpartition(":")[2])


def _headers(response: HttpResponseBase) -> list[tuple[str, str]]:
    cookies = [("Set-Cookie", cookie.output(header="").strip()) for cookie in response.cookies.values()]
    return [*response.items(), *cookies]
