"""The bell: a small process of its own that tells every listening screen, as server-sent events, what alarms there are.

It reads, and writes nothing. A screen shows `GET /alarms?ticket=...&sounding=0|1`; it hears `alarms` whenever what
is true has changed, always all of it, so that a screen that was away misses nothing, and `beat` in between. While
the bell cannot read the database it is silent, and screens ask the floor instead.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs

import msgspec
from django.conf import settings

from fristed.ground.act import ANYONE_ON_THE_FLOOR
from fristed.ground.moments import Moment, now
from fristed.house import tickets
from fristed.house.configuration import Service
from fristed.house.tower import Listener, Tower

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

BEAT = 4.0  # seconds

tower = Tower()


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers one request: a stream of alarms, or that there is nothing here."""
    if scope["type"] != "http":
        return
    asked = parse_qs(scope["query_string"].decode("ascii", "replace"))
    ticket = tickets.read(settings.SERVICE_KEY, tickets.BELL, asked.get("ticket", [""])[0], now())
    if scope["path"] != "/alarms" or ticket is None or ticket.role not in ANYONE_ON_THE_FLOOR:
        with suppress(Gone):
            await _start(send, scope, 403 if scope["path"] == "/alarms" else 404)
            await _send(send, {"type": "http.response.body", "body": b""})
        return
    sounding = asked.get("sounding", ["0"])[0] == "1"
    with suppress(Gone), tower.listener(ticket.site, ticket.device, sounding=sounding) as listener:
        await _start(send, scope, 200)
        await until_gone(receive, _tell(listener, send, ticket.issued + tickets.LIFE))


async def _tell(listener: Listener, send: Send, until: Moment) -> None:
    """Tells what is true until the screen is no longer this site's, or its ticket is too old: then it asks anew."""
    await event(send, "beat", _now())
    while not listener.dismissed and now() < until:
        said = await listener.next(BEAT)
        if said is not None:
            await event(send, "alarms", said)
        elif tower.sees:
            await event(send, "beat", _now())
    await _send(send, {"type": "http.response.body", "body": b""})


class Gone(Exception):
    """The screen went away while it was being told something. Nothing is wrong."""


async def until_gone(receive: Receive, telling: Coroutine[Any, Any, None]) -> None:
    """Runs until the screen goes away. Raises what `telling` raises."""
    task = asyncio.ensure_future(telling)
    try:
        while not task.done():
            gone = asyncio.ensure_future(receive())
            await asyncio.wait({gone, task}, return_when=asyncio.FIRST_COMPLETED)
            if gone.done() and gone.result()["type"] == "http.disconnect":
                return
            gone.cancel()
        task.result()
    finally:
        task.cancel()
        with suppress(Gone, asyncio.CancelledError):
            await task  # it may have failed at the moment the screen went away


async def _start(send: Send, scope: Scope, status: int) -> None:
    headers = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")]
    origin = dict(scope["headers"]).get(b"origin", b"")
    if origin.decode("ascii", "replace") in _pages(settings.SERVICE):
        headers.append((b"access-control-allow-origin", origin))
    await _send(send, {"type": "http.response.start", "status": status, "headers": headers})


def _pages(service: Service) -> set[str]:
    """The addresses under which a browser may have opened a page: the floor's, and the workshop's."""
    names = {service.host or service.address} | ({"localhost", "127.0.0.1"} if service.loopback else set())
    scheme = "https" if service.tls else "http"
    return {f"{scheme}://{name}:{service.port + offset}" for name in names for offset in (0, 2)}


async def event(send: Send, name: str, data: bytes) -> None:
    """Tells a screen one thing. Raises Gone."""
    body = b"event: " + name.encode() + b"\ndata: " + data + b"\n\n"
    await _send(send, {"type": "http.response.body", "body": body, "more_body": True})


async def _send(send: Send, message: dict[str, Any]) -> None:
    try:
        await send(message)
    except RuntimeError as error:  # the server's word for a connection that has closed meanwhile
        raise Gone from error


def _now() -> bytes:
    return msgspec.json.encode({"now": now() // 1000})
