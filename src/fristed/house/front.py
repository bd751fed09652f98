"""Between the server and Django: a request takes one of the few act threads only once all of it is here.

A page that sends half a request and waits would otherwise hold a thread, on SQLite the only one, for as long as it
likes. Bodies are read in the server's own loop, which holds thousands; see docs/adr/0016.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.base import BaseHandler
from django.core.signals import request_started
from django.http import HttpResponseBase
from django.urls import set_script_prefix

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Answer = tuple[int, list[tuple[bytes, bytes]], bytes]  # status, headers, body

WHOLE_WITHIN = 10.0  # seconds from the headers to the last byte of a request
HALF_SENT = 32  # requests of one address that may be arriving; a further one leaves the oldest only AT_LEAST
AT_LEAST = 1.0  # seconds that every request has, whoever crowds it: an emergency among half-sent ones is whole by then
_TOO_LATE: Answer = (408, [(b"connection", b"close")], b"")
_TOO_LONG: Answer = (413, [(b"connection", b"close")], b"")


class TooLong(Exception):
    """More was sent than any page sends."""


class Gone(Exception):
    """The sender went away before all of it was here."""


class Front(BaseHandler):
    """The ASGI application of floor and workshop; Django itself runs in `threads` threads of its own."""

    def __init__(self, threads: int) -> None:
        super().__init__()
        self.load_middleware()
        self._threads = ThreadPoolExecutor(threads, "act")
        self._arriving: defaultdict[str, dict[asyncio.Timeout, float]] = defaultdict(dict)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            return
        try:
            body = await self._whole(scope, receive)
        except Gone:
            return
        except TimeoutError:
            answer = _TOO_LATE
        except TooLong:
            answer = _TOO_LONG
        else:
            answer = await asyncio.get_running_loop().run_in_executor(self._threads, self._answer, scope, body)
        status, headers, said = answer
        with suppress(RuntimeError):  # the server's word for a sender that has gone meanwhile
            await send({"type": "http.response.start", "status": status, "headers": headers})
            await send({"type": "http.response.body", "body": said})

    async def _whole(self, scope: Scope, receive: Receive) -> bytes:
        """All of the body. Raises TimeoutError, TooLong, Gone."""
        most: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        length = dict(scope["headers"]).get(b"content-length", b"")
        if length.isdigit() and int(length) > most:
            return b""  # Django tells by its length alone that it is too long, in a sentence
        address = scope["client"][0] if scope.get("client") else ""
        arriving = self._arriving[address]
        async with asyncio.timeout(WHOLE_WITHIN) as patience:
            if len(arriving) >= HALF_SENT:
                oldest = next(iter(arriving))
                since = arriving.pop(oldest)
                if not oldest.expired():
                    oldest.reschedule(since + AT_LEAST)
            arriving[patience] = asyncio.get_running_loop().time()
            try:
                return await _read(receive, most)
            finally:
                arriving.pop(patience, None)
                if not arriving:
                    self._arriving.pop(address, None)

    def _answer(self, scope: Scope, body: bytes) -> Answer:
        """What Django says, in a thread of its own."""
        set_script_prefix("")
        request_started.send(sender=self.__class__, scope=scope)
        stream = BytesIO(body)
        try:
            request = ASGIRequest(scope, stream)
        except UnicodeDecodeError:
            return 400, [], b""
        response = self.get_response(request)
        response._handler_class = self.__class__  # type: ignore[attr-defined]  # as Django's own handlers do
        try:
            return response.status_code, _headers(response), b"".join(response)
        finally:
            response.close()


async def _read(receive: Receive, most: int) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        body += message.get("body", b"")
        if len(body) > most:
            raise TooLong
        if not message.get("more_body", False):
            return bytes(body)


def _headers(response: HttpResponseBase) -> list[tuple[bytes, bytes]]:
    said = [(name.encode("ascii"), value.encode("latin1")) for name, value in response.items()]
    cookies = [
        (b"Set-Cookie", cookie.output(header="").strip().encode("ascii")) for cookie in response.cookies.values()
    ]
    return said + cookies
