"""How the bell learns that something was written: SQLite's data version every 50 ms, PostgreSQL's own call."""

from __future__ import annotations

import asyncio
from typing import Any, Protocol

from fristed.ground import seal
from fristed.house.alarms import Rows
from fristed.house.configuration import Service
from fristed.journal.book import ALARM_CHANNEL

LOOK = 0.05  # seconds between two looks at SQLite's data version


class Source(Protocol):
    """A database that only ever is read here."""

    async def changed(self, patience: float) -> bool:
        """Whether something was written since the last time; waits so many seconds at most."""

    async def rows(self, sql: str, site: str) -> Rows:
        """The rows of a query about one site."""

    async def close(self) -> None:
        """Ends the connection."""


async def open_source(service: Service, service_key: bytes) -> Source:
    """A connection of the bell's own. Raises whatever the database raises."""
    if not service.database:
        return EncryptedFile(service, service_key)
    from psycopg import AsyncConnection  # only a service on PostgreSQL pays for the import

    connection = await AsyncConnection.connect(service.database, autocommit=True)
    await connection.execute("SET default_transaction_read_only = on")
    await connection.execute(f"LISTEN {ALARM_CHANNEL}")
    return Postgres(connection)


class EncryptedFile:
    """The encrypted file: each look and each query takes well under a millisecond, so they wait for nothing."""

    def __init__(self, service: Service, service_key: bytes) -> None:
        from fristed.ground.sqlcipher.base import connect

        key = seal.derive(service_key, "database").hex()
        self._connection = connect(service.path("fristed.db"), key, read_only=True, isolation_level=None)
        self._version = -1

    async def changed(self, patience: float) -> bool:
        looks = max(1, round(patience / LOOK))
        for _ in range(looks):
            version = self._connection.execute("PRAGMA data_version").fetchone()[0]
            if version != self._version:
                self._version = version
                return True
            await asyncio.sleep(LOOK)
        return False

    async def rows(self, sql: str, site: str) -> Rows:
        found: Rows = self._connection.execute(sql.replace("%s", "?"), (site,)).fetchall()
        return found

    async def close(self) -> None:
        self._connection.close()


class Postgres:
    """A connection that listens for the call that an alarm's act sends at its commit."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def changed(self, patience: float) -> bool:
        calls = [call async for call in self._connection.notifies(timeout=patience, stop_after=1)]
        return bool(calls)

    async def rows(self, sql: str, site: str) -> Rows:
        found: Rows = await (await self._connection.execute(sql, (site,))).fetchall()
        return found

    async def close(self) -> None:
        await self._connection.close()
