"""The floor under load, measured as in real use: `fristed serve`, HTTP, durable, journalled, boards watching."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlencode, urlsplit

import psutil
from tests.support.service import Service

from bench import bare, browser
from bench.client import Line
from bench.figures import percentile, spread, table
from bench.load import boards, closed_loop, line_of, open_loop
from bench.place import Place, served
from bench.visits import Record

PACE = 50.0  # acts a second


@dataclass
class Runs:
    """What was measured, run by run."""

    opened: list[Record] = field(default_factory=list)
    equals: list[Record] = field(default_factory=list)
    reporting: list[Record] = field(default_factory=list)
    highest: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    seen: list[list[float]] = field(default_factory=list)
    alarms: list[list[float]] = field(default_factory=list)
    board: list[float] = field(default_factory=list)
    client: list[float] = field(default_factory=list)
    reports: list[float] = field(default_factory=list)
    started: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)


def measure(place: Place, runs: int, seconds: float) -> Runs:
    """Measures so many runs on a place that has lived."""
    found = Runs()
    for _ in range(runs):
        begun = time.perf_counter()
        with served(place) as service:
            found.started.append(time.perf_counter() - begun)
            asyncio.run(_one_run(service, found, seconds))
            found.megabytes.append(_memory(service))
        acts = bare.rows_of(place.cast.site, 3000)
        with place.aside() as folder:
            found.bare.append(bare.per_second(place.database, folder, acts))
    return found


def written(place: Place, found: Runs) -> str:
    """The measurements as a section of the page."""
    rows = [
        ("any act, 50/s offered, 50 boards", *_delays(found.opened)),
        ("the same, the five browsers as equals of the service", *_delays(found.equals)),
        ("the same while a report is made", *_delays(found.reporting)),
    ]
    acts = sorted({act for record in found.opened for act, _ in record.taps})
    rows += [(f"`{act}`", *_delays(found.opened, act)) for act in acts]
    delays = table(("50 acts/s", "p50 ms", "p95 ms", "p99 ms", "acts"), rows)
    ratio = [100 * high / limit for high, limit in zip(found.highest, found.bare, strict=True)]
    others = [
        ("highest sustained acts, whole visits, 50 boards", spread(found.highest, "acts/s", 0)),
        ("bare durable commits of the same rows", spread(found.bare, "commits/s", 0)),
        ("ratio", spread(ratio, "%", 1)),
        ("refused taps in all runs (not counted)", str(len(found.refused))),
        ("an act seen on another board, p99", spread([percentile(run, 0.99) for run in found.seen], "ms", 0)),
        ("an alarm, tap to pixel, p99", spread([percentile(run, 0.99) for run in found.alarms], "ms", 0)),
        ("the board page, whole", spread(found.board, "ms")),
        ("a client's page", spread(found.client, "ms")),
        ("a year's report", spread(found.reports, "ms", 0)),
        ("`fristed serve` to first page", spread(found.started, "s", 2)),
        ("memory of all processes (proportional share)", spread(found.megabytes, "MB", 0)),
    ]
    head = f"## {place.database}\n\nHistory: {place.visits:,} visits, {place.entries:,} journal entries.\n\n"
    return head + delays + "\n\n" + table(("what", "median (lowest–highest)"), others) + "\n"


async def _one_run(service: Service, found: Runs, seconds: float) -> None:
    found.board.append(await _page(service, "/board/"))
    found.client.append(await _page(service, f"/door/person/{busiest_client(service)}/"))
    async with boards(service, 45), browser.pages(service) as opened:
        record, seen = await asyncio.gather(
            open_loop(service, PACE, seconds), browser.acts_seen(service, opened, seconds)
        )
        found.opened.append(record)
        found.seen.append(seen)
        found.alarms.append(await browser.alarms_seen(service, opened, seconds))
        browser.give_way(browser.EQUAL)
        found.equals.append(await open_loop(service, PACE, seconds))
    async with boards(service):
        found.reporting.append(await _beside_reports(service, found, open_loop(service, PACE, seconds)))
        highest, taken = await closed_loop(service, seconds)
    found.highest.append(len(highest.taps) / taken)
    found.refused += [*record.refused, *found.equals[-1].refused, *found.reporting[-1].refused, *highest.refused]


async def _beside_reports(service: Service, found: Runs, load: Awaitable[Record]) -> Record:
    """The load, while the workshop makes a year's report again and again."""
    task = asyncio.ensure_future(load)
    manager = line_of(service, "manager")
    while not task.done():
        found.reports.append(await _report(manager))
    return await task


async def _report(manager: Line) -> float:
    """Milliseconds of a year's report: asked on the floor, counted in the niced workshop."""
    last = date.today()  # noqa: DTZ011  # the period has no zone of its own
    period = urlencode({"from": last - timedelta(days=364), "to": last})
    begun = time.perf_counter()
    sent_on = urlsplit((await manager.get(f"/reports/?{period}")).headers["location"])
    workshop = Line("127.0.0.1", int(sent_on.port or 0), manager.cookies)
    answer = await workshop.get(f"{sent_on.path}?{sent_on.query}")
    if answer.status != 200:
        raise RuntimeError(f"the workshop answered {answer.status}")
    return (time.perf_counter() - begun) * 1000


async def _page(service: Service, path: str) -> float:
    """Milliseconds of a page, the middle of eleven."""
    line, taken = line_of(service), []
    for _ in range(11):
        begun = time.perf_counter()
        answer = await line.get(path)
        taken.append((time.perf_counter() - begun) * 1000)
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
    return percentile(taken, 0.5)


def busiest_client(service: Service) -> str:
    """The client with most visits."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT client_id FROM room_visit WHERE site_id = %s AND client_id IS NOT NULL "
            "GROUP BY client_id ORDER BY COUNT(*) DESC LIMIT 1",
            (service.site,),
        )
        return str(cursor.fetchone()[0])


def _memory(service: Service) -> float:
    """Megabytes of the supervisor and its children; shared pages are divided among those who share them."""
    root = psutil.Process(service.process.pid)
    return sum(process.memory_full_info().pss for process in (root, *root.children(recursive=True))) / 1e6


def _delays(records: list[Record], act: str = "") -> tuple[str, ...]:
    runs = [record.milliseconds(act) for record in records if record.milliseconds(act)]
    cells = tuple(spread([percentile(run, share) for run in runs], "").strip() for share in (0.5, 0.95, 0.99))
    return (*cells, str(sum(map(len, runs))))
