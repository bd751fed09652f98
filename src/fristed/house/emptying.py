"""Drops the tables of a rehearsal's PostgreSQL database, and of no other."""

from __future__ import annotations

from fristed.house.configuration import ConfigurationError

_TABLES = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = current_schema()"
_REAL = "SELECT count(*) FROM ground_site WHERE (file::json ->> 'demonstration') IS DISTINCT FROM 'true'"


def empty(address: str) -> None:
    """Drops every table at this address. Raises ConfigurationError where a site in it is not a rehearsed one."""
    import psycopg  # only a rehearsal on PostgreSQL pays for the import

    try:
        with psycopg.connect(address) as connection:
            tables = [row[0] for row in connection.execute(_TABLES)]
            real = connection.execute(_REAL).fetchone() if "ground_site" in tables else None
            if real is not None and real[0]:
                raise ConfigurationError(f"database is {address!r}: it holds a real site. Nothing was removed.")
            for table in tables:
                connection.execute(f"DROP TABLE IF EXISTS {table} CASCADE".encode())
    except psycopg.Error as error:
        reason = str(error).splitlines()[0]
        raise ConfigurationError(f"database is {address!r}: it cannot be emptied ({reason}).") from error
