"""Brings a database up to this version: tables, guards, and what the role that serves may do with them.

On PostgreSQL two roles share a service. The owner makes tables and is used by `init`, `upgrade` and `restore` only;
its address is given to them and kept nowhere. The role that serves can add to the journal and never change it.
"""

from __future__ import annotations

from django.core.management import call_command

from fristed.house.configuration import ConfigurationError, Service, databases
from fristed.house.connecting import as_owner
from fristed.journal import grants, triggers

HELP = "docs/manual/postgresql.md says how to make the two roles."


def bring_up(service: Service, owner: str) -> None:
    """Makes what is missing. Raises ConfigurationError when PostgreSQL would be left with one role for everything."""
    refuse_one_role(service, owner)
    with as_owner(service, owner):
        call_command("migrate", verbosity=0)
        triggers.install()
        if owner:
            grants.grant(_role(service))


def refuse_one_role(service: Service, owner: str) -> None:
    """Raises ConfigurationError unless the tables get an owner of their own, or nothing real will be kept in them."""
    if owner and not service.database:
        raise ConfigurationError("--owner: the encrypted file has no roles. Leave the option out.")
    if service.database and not owner and not service.demonstration:
        raise ConfigurationError(
            "--owner: on PostgreSQL the tables belong to a role apart, so that the one that serves cannot change the "
            f"journal. Give the owner's address, such as 'postgresql://fristed_owner@host/fristed'. {HELP}"
        )
    if owner and _role(service) == databases(Service(database=owner), b"")["default"]["USER"]:
        raise ConfigurationError(f"--owner: this is the role that serves. The owner must be another. {HELP}")


def too_powerful(service: Service) -> str:
    """What is wrong with the role that serves; nothing where it can only do what serving needs."""
    if not service.database or service.demonstration:
        return ""
    found = grants.excess()
    if not found:
        return ""
    return (
        f"database: the role in it could change the journal ({', '.join(found)}). Serve as another role than the "
        f"tables' owner, then run 'fristed upgrade --owner ...'. {HELP}"
    )


def _role(service: Service) -> str:
    role = str(databases(service, b"")["default"]["USER"])
    if not role:
        raise ConfigurationError(
            f"database is {service.database!r}: name the role that serves, as in 'postgresql://fristed@host/fristed'."
        )
    return role
