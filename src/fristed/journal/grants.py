"""What the role that serves may do on PostgreSQL: read and add to the journal, never change it, never touch a trigger.

The tables belong to another role, which only migrates.
"""

from __future__ import annotations

from django.apps import apps
from django.db import connection

from fristed.journal.tables import act_written
from fristed.journal.triggers import APPEND_ONLY

_CHANGING = ("UPDATE", "DELETE", "TRUNCATE")
_MAY_VACUUM_SINCE = 170_000  # the version of PostgreSQL from which vacuuming a table can be granted


def grant(role: str) -> None:
    """Gives a role what serving needs and nothing more. Run by the tables' owner after every migrate."""
    quoted = connection.ops.quote_name(role)
    everything = "ALL TABLES IN SCHEMA public"
    with connection.cursor() as cursor:
        cursor.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        cursor.execute(f"REVOKE ALL ON {everything} FROM {quoted}")
        cursor.execute(f"REVOKE ALL ON SCHEMA public FROM {quoted}")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT SELECT ON {everything} TO {quoted}")
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {quoted}")
        for table, deeds in _deeds().items():
            cursor.execute(f"GRANT {deeds} ON {connection.ops.quote_name(table)} TO {quoted}")


def excess() -> list[str]:
    """What the present role could do to the journal and should not be able to; empty when all is as it should be."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, has_schema_privilege('public', 'CREATE') FROM pg_roles WHERE rolname = current_user"
        )
        superuser, makes = cursor.fetchone()
        if superuser:
            return ["it is a superuser"]
        found = ["it may make tables"] if makes else []
        for table in APPEND_ONLY:
            cursor.execute("SELECT pg_has_role(relowner, 'MEMBER') FROM pg_class WHERE oid = %s::regclass", [table])
            if cursor.fetchone()[0]:
                return [*found, f"it owns {table}"]
            for deed in _CHANGING:
                cursor.execute("SELECT has_table_privilege(%s, %s)", [table, deed])
                found += [f"{deed} on {table}"] if cursor.fetchone()[0] else []
        return found


def _deeds() -> dict[str, str]:
    """What serving does to each table beyond reading it."""
    models = apps.get_models(include_auto_created=True)
    deeds = {model._meta.db_table: "INSERT, UPDATE, DELETE" for model in models}  # sign-in, sessions
    deeds |= dict.fromkeys(act_written(), "INSERT, UPDATE")
    deeds |= dict.fromkeys(APPEND_ONLY, "INSERT")
    wipe = ", MAINTAIN" if connection.pg_version >= _MAY_VACUUM_SINCE else ""  # type: ignore[attr-defined]  # PostgreSQL's alone
    return deeds | {"ground_subjectkey": f"INSERT, DELETE{wipe}"}
