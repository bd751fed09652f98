"""Every page of the database, whoever damaged it: a disk or a hand. Names the page.

The encrypted file: SQLCipher's own check of each page's HMAC, then SQLite's check of trees and indexes.
PostgreSQL: each heap page is read, so that its checksum is compared; amcheck looks at indexes where it is installed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.db import DatabaseError, connection
from sqlcipher3 import dbapi2 as Database

from fristed.journal.verify.reading import ask
from fristed.journal.verify.report import ENOUGH, Finding

_TABLES = """SELECT c.oid::regclass::text, c.oid::bigint FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname = current_schema() ORDER BY 1"""
_INDEXES = """SELECT c.oid::regclass::text, c.oid::bigint FROM pg_class c JOIN pg_am a ON a.oid = c.relam
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'i' AND a.amname = 'btree' AND n.nspname = current_schema() ORDER BY 1"""

_HEAP_CHECK = "verify_heapam(regclass, boolean, boolean, text, bigint, bigint)"


def damaged_pages(notes: list[str]) -> Iterator[Finding]:
    """What is damaged; `notes` gets what could not be looked at here."""
    if connection.vendor == "sqlite":
        notes.append(
            "The write-ahead log beside the file is not read by page; a damaged end of it shows against heads."
        )
        yield from _of_the_file()
        return
    yield from _of_the_server(notes)


def _of_the_file() -> Iterator[Finding]:
    messages = file_damage(connection.settings_dict["NAME"], connection.settings_dict["OPTIONS"]["key"])
    for message in messages:
        page = re.search(r"page (\d+)", message)
        yield Finding("pages", f"page {page[1]}" if page else "file", f"{message}.")
    if messages:
        return
    for message in (row[0] for row in ask(f"PRAGMA integrity_check({ENOUGH})") if row[0] != "ok"):
        yield Finding("pages", "trees", f"{message}.")


def file_damage(path: object, key: str) -> list[str]:
    """What SQLCipher says of an encrypted file's pages, before anything else is read of it; empty when all hold."""
    file = Database.connect(f"file:{path}?mode=ro", uri=True)
    try:
        file.execute("PRAGMA cipher_log_level = NONE")
        file.execute(f"PRAGMA key = \"x'{key}'\"")
        return [str(row[0]) for row in file.execute("PRAGMA cipher_integrity_check")]
    except Database.DatabaseError as error:
        return [f"the file does not open ({error}): page 1 is damaged, or the key is wrong"]
    finally:
        file.close()


def _of_the_server(notes: list[str]) -> Iterator[Finding]:
    if ask("SHOW data_checksums")[0][0] != "on":
        notes.append("This PostgreSQL keeps no data checksums: damaged pages show only where they cannot be read.")
    notes.append("Pages in PostgreSQL's memory are not read again from the disk: verify soon after a restart of it.")
    failures = ask("SELECT coalesce(checksum_failures, 0) FROM pg_stat_database WHERE datname = current_database()")
    if failures[0][0]:
        yield Finding("pages", "server", f"PostgreSQL has met {failures[0][0]} pages with a wrong checksum.")
    ask("SET enable_seqscan = off")  # or a small table would be read from its first page again and again
    for table, _ in ask(_TABLES):
        yield from _of_the_heap(table)
    ask("RESET enable_seqscan")
    missing = _why_no_amcheck()
    if missing:
        notes.append(f"{missing}: indexes were not looked at. docs/manual/postgresql.md says how.")
        return
    yield from _of_the_trees()


def _why_no_amcheck() -> str:
    if not ask("SELECT 1 FROM pg_extension WHERE extname = 'amcheck'"):
        return "The extension amcheck is not installed in this database"
    functions = ("bt_index_check(regclass, boolean)", _HEAP_CHECK)
    if not all(ask("SELECT has_function_privilege(%s, 'EXECUTE')", function)[0][0] for function in functions):
        return "The role that verifies may not run amcheck"
    return ""


def _of_the_heap(table: str) -> Iterator[Finding]:
    """Reads a table's pages one after the other, and goes on behind a damaged one."""
    block = 0
    while True:
        try:
            ask(f"SELECT count(*) FROM {table} WHERE ctid >= %s::tid", f"({block},0)")  # noqa: S608  # quoted by the server
            return
        except DatabaseError as error:
            found = re.search(r"block (\d+)", str(error))
            if found is None or int(found[1]) < block:
                yield Finding("pages", table, f"{error}.")
                return
            yield Finding("pages", f"{table}, page {found[1]}", f"{str(error).splitlines()[0]}.")
            block = int(found[1]) + 1


def _of_the_trees() -> Iterator[Finding]:
    for table, oid in ask(_TABLES):
        for block, message in ask("SELECT blkno, msg FROM verify_heapam(%s::regclass)", oid):
            yield Finding("pages", f"{table}, page {block}", f"{message}.")
    for index, oid in ask(_INDEXES):
        try:
            ask("SELECT bt_index_check(%s::regclass, true)", oid)
        except DatabaseError as error:
            yield Finding("pages", index, f"{str(error).splitlines()[0]}.")
