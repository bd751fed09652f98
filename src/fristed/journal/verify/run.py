"""Runs every check over the database that Django is pointed at, and times each."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError

from fristed.journal import triggers
from fristed.journal.verify import reading
from fristed.journal.verify.chain import first_broken
from fristed.journal.verify.heads import SignedHead, differing_heads
from fristed.journal.verify.keys import unfit_keys
from fristed.journal.verify.pages import damaged_pages
from fristed.journal.verify.report import Check, Finding, Report, Tick
from fristed.journal.verify.rows import differing_rows


def verify(heads: Iterable[SignedHead] = (), tick: Tick = lambda read: None) -> Report:
    """Everything is checked against one view of the database; nothing is written. A damaged page does not stop it."""
    report = Report({}, 0, 0, [], [], {})
    start = time.perf_counter()
    report.findings += damaged_pages(report.notes)
    report.seconds["pages"] = time.perf_counter() - start
    try:
        with reading.snapshot():
            _read(report, list(heads), tick)
    except DatabaseError as error:
        report.findings.append(Finding("pages", "database", f"Nothing more can be read: {error}."))
    return report


def total_entries() -> int:
    """How many entries there are to read, for a progress bar: each is read twice."""
    return 2 * sum(reading.head(site).seq for site in reading.sites())


def _read(report: Report, heads: list[SignedHead], tick: Tick) -> None:
    def counted(read: int) -> None:
        report.entries += read
        tick(read)

    with _part(report, "guards"):
        report.findings += (
            Finding("guards", name, "This trigger is missing: rows of the journal could be changed.")
            for name in triggers.missing()
        )
    sites: list[str] = []
    with _part(report, "chain"):
        sites = reading.sites()
        report.heads = {site: reading.head(site) for site in sites}
        report.findings += filter(None, (first_broken(site, counted) for site in sites))
    with _part(report, "rows"):
        report.rows, findings = differing_rows(sites, tick)
        report.findings += findings
    with _part(report, "keys"):
        report.findings += unfit_keys()
    with _part(report, "heads"):
        report.findings += differing_heads(heads)


@contextmanager
def _part(report: Report, check: Check) -> Iterator[None]:
    """Times one check; what the database cannot read is a finding of it."""
    start = time.perf_counter()
    reading.ask("SAVEPOINT part")
    try:
        yield
    except (DatabaseError, ValueError, KeyError) as error:
        reading.ask("ROLLBACK TO part")
        report.findings.append(Finding(check, "database", f"This could not be read to the end: {error}."))
    report.seconds[check] = time.perf_counter() - start
