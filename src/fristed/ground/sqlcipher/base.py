"""Binds Django's SQLite backend to SQLCipher. Only what differs is here.

Options: `key` (64 hex digits, the raw key) and `read_only`. Refuses an SQLite that can lose commits in WAL mode.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3 import base as stock
from django.db.backends.sqlite3._functions import (  # type: ignore[import-untyped]  # Django's own, unstubbed
    register as register_functions,
)
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2 as Database  # the name Django's backends give the driver

SAFE_SQLITE = (3, 51, 3)  # earlier ones can lose commits in WAL mode when a checkpoint races a writer

Database.register_adapter(datetime.date, stock.adapt_date)
Database.register_adapter(datetime.datetime, stock.adapt_datetime)
Database.register_converter("bool", b"1".__eq__)
Database.register_converter("date", stock.decoder(parse_date))
Database.register_converter("time", stock.decoder(parse_time))
Database.register_converter("datetime", stock.decoder(parse_datetime))
Database.register_converter("timestamp", stock.decoder(parse_datetime))


class Cursor(Database.Cursor):  # type: ignore[misc]  # the driver has no types
    """Django writes %s, SQLite reads ?. Conversions are remembered: the floor runs a few hundred statements."""

    def execute(self, query: str, params: Any = None) -> Any:
        if params is None:
            return super().execute(query)
        return super().execute(_converted(query, _names(params)), params)

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        params = list(param_list)
        return super().executemany(_converted(query, _names(params[0]) if params else None), params)


@lru_cache(maxsize=2048)
def _converted(query: str, names: tuple[str, ...] | None) -> str:
    if names is not None:
        return query % {name: f":{name}" for name in names}
    return stock.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


def _names(params: Any) -> tuple[str, ...] | None:
    return tuple(params) if isinstance(params, Mapping) else None


class DatabaseWrapper(stock.DatabaseWrapper):
    Database = Database

    def get_connection_params(self) -> dict[str, Any]:
        if Database.sqlite_version_info < SAFE_SQLITE:
            raise ImproperlyConfigured(
                f"SQLite {Database.sqlite_version} can lose commits; {'.'.join(map(str, SAFE_SQLITE))} is needed."
            )
        return super().get_connection_params()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        key = conn_params.pop("key")
        read_only = conn_params.pop("read_only", False)
        connection = connect(conn_params.pop("database"), key, read_only=read_only, **conn_params)
        register_functions(connection)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)


def connect(path: object, key: str, *, read_only: bool = False, **options: Any) -> Any:
    """A connection to the encrypted file, durable and guarded. Fails on the first read if the key is wrong."""
    mode = "?mode=ro" if read_only else ""
    options = {"uri": True, "check_same_thread": False} | options
    connection = Database.connect(f"file:{path}{mode}", **options)
    connection.execute(f"PRAGMA key = \"x'{key}'\"")
    for pragma in (
        "busy_timeout = 5000",
        "foreign_keys = ON",
        "recursive_triggers = ON",  # or INSERT OR REPLACE would slip past the triggers that refuse DELETE
        "secure_delete = ON",
        "temp_store = MEMORY",  # or sorting would leave plain pages on the disk
        "cache_size = -65536",
    ):
        connection.execute(f"PRAGMA {pragma}")
    if not read_only:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
    return connection
