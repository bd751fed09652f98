"""Opens the database so that nothing can be written to it, not even by mistake. Before the first query."""

from __future__ import annotations

from django.db import connection


def only_reading() -> None:
    """From here on this process only reads."""
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"] |= {"read_only": True, "transaction_mode": "DEFERRED"}
        return
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
