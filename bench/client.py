"""A lean HTTP client for load: one kept-alive connection, bytes in, bytes out.

The load generator shares two cores with the service, so an ordinary client's millisecond a request would be
measured as the service's. Only what the floor speaks is understood: HTTP/1.1 with Content-Length or chunks.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import msgspec


@dataclass
class Answer:
    """Status, headers in lower case, body."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Line:
    """One connection to the floor, with its cookies."""

    host: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    _reader: asyncio.StreamReader | None = None
    _writer: asyncio.StreamWriter | None = None

    async def get(self, path: str, **headers: str) -> Answer:
        return await self.ask("GET", path, b"", headers)

    async def post(self, path: str, body: object, **headers: str) -> Answer:
        """Posts JSON."""
        return await self.ask("POST", path, msgspec.json.encode(body), headers | {"content-type": "application/json"})

    async def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        """One request and its answer. Raises ConnectionError when the floor is gone."""
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(self.host, self.port)
        sent = headers | {"host": f"{self.host}:{self.port}", "content-length": str(len(body))}
        if self.cookies:
            sent["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in sent.items())
        self._writer.write(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body)
        return await self._answer()

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None

    async def _answer(self) -> Answer:
        assert self._reader is not None
        try:
            head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        except asyncio.IncompleteReadError as error:
            self.close()
            raise ConnectionError("the floor closed the line") from error
        first, *lines = head.strip().split("\r\n")
        headers: dict[str, str] = {}
        for line in lines:
            name, _, value = line.partition(":")
            self._remember(name.lower(), value.strip())
            headers[name.lower()] = value.strip()
        return Answer(int(first.split()[1]), headers, await self._body(headers))

    async def _body(self, headers: dict[str, str]) -> bytes:
        assert self._reader is not None
        if "chunked" not in headers.get("transfer-encoding", ""):
            return await self._reader.readexactly(int(headers.get("content-length", "0")))
        parts = b""
        while size := int((await self._reader.readuntil(b"\r\n")).strip(), 16):
            parts += (await self._reader.readexactly(size + 2))[:-2]
        await self._reader.readexactly(2)
        return parts

    def _remember(self, name: str, value: str) -> None:
        if name == "set-cookie":
            cookie, _, text = value.partition(";")[0].partition("=")
            self.cookies[cookie] = text
