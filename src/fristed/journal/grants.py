"""What the role that serves may do on PostgreSQL: read and add to the journal, never change it, never touch a trigger.

The tables belong to another role, which only migrates.
"""

from __future__ import annotations

from django.apps import apps
from django.db import connection

from fristed.journal.tables import act_written
from fristed.journal.triggers import APPEND_ONLY


def grant(role: str) -> None:
    """Gives a role what serving needs and nothing more. Run by the tables' owner after every migrate."""
    quoted = connection.ops.quote_name(role)
    everything = "ALL TABLES IN SCHEMA public"
    with connection.cursor() as cursor:
        cursor.execute(f"REVOKE ALL ON {everything} FROM {quoted}")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT SELECT ON {everything} TO {quoted}")
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {quoted}")
        for table, deeds in _deeds().items():
            cursor.execute(f"GRANT {deeds} ON {connection.ops.quote_name(table)} TO {quoted}")


def _deeds() -> dict[str, str]:
    """What serving does to each table beyond reading it."""
    models = apps.get_models(include_auto_created=True)
    deeds = {model._meta.db_table: "INSERT, UPDATE, DELETE" for model in models}  # sign-in, sessions
    deeds |= dict.fromkeys(act_written(), "INSERT, UPDATE")
    deeds |= dict.fromkeys(APPEND_ONLY, "INSERT")
    return deeds | {"ground_subjectkey": "INSERT, DELETE"}
