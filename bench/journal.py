"""How many acts a second the frame keeps, beside bare durable commits of the same rows. Prints both and the ratio.

    python bench/journal.py [--acts 1000] [--entries 100000] [--profile]

One writer, no HTTP: an act that changes one row (a look at one person) on the encrypted file and on PostgreSQL.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from django.core.management import call_command
from django.db import connection, connections
from tests import conftest  # noqa: F401  # names the settings and sets Django up
from tests.support import databases
from tests.support.cast import Room, a_monday_evening, done, site_file

from fristed.ground.act import CARE, Verdict, add, amend
from fristed.ground.ids import Id, new_id
from fristed.journal.frame import Act, Scene, kept_in
from fristed.journal.memory import MemoryBook
from fristed.journal.verify import verify


def _come(scene: Scene) -> Verdict:
    key = scene.tap.key
    at, site = scene.tap.happened, scene.site.id
    row = add("room_visit", key, site_id=site, day="2025-03-03", came=at, purpose="consume", outcome="waiting")
    return Verdict(key, (row,))


def _look(scene: Scene, *, visit: Id) -> Verdict:
    found = scene.store.get("room_visit", visit)
    assert found is not None
    return Verdict(visit, (amend("room_visit", visit, seen=scene.tap.happened),))


come: Act[[]] = Act("bench.come", CARE, _come)
look = Act("bench.look", CARE, _look)


def acts_per_second(room: Room, visit: Id, count: int) -> float:
    """Acts kept one after the other, each durable."""
    taps = [room.tap() for _ in range(count)]
    start = time.perf_counter()
    for tap in taps:
        look(tap, visit=visit)
    return count / (time.perf_counter() - start)


def commits_per_second(visit: Id, count: int) -> float:
    """The rows of the same acts again, under new keys, as bare statements and durable commits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seq, site_id, act, thing, happened, recorded, text, hash FROM journal_entry ORDER BY seq DESC"
        )
        last, site, *same = cursor.fetchone()
    keys = [new_id() for _ in range(count)]
    bare = connection.connection.cursor()
    mark = "?" if connection.vendor == "sqlite" else "%s"
    insert = f"INSERT INTO journal_entry (key, site_id, seq, act, thing, happened, recorded, text, hash) VALUES ({', '.join([mark] * 9)})"  # noqa: S608, E501  # our own names
    update = f"UPDATE room_visit SET seen = {mark} WHERE id = {mark}"  # noqa: S608  # our own names
    begin = "BEGIN IMMEDIATE" if connection.vendor == "sqlite" else "BEGIN"
    start = time.perf_counter()
    for number, key in enumerate(keys):
        bare.execute(begin)
        bare.execute(insert, (key, site, last + 1 + number, *same))
        bare.execute(update, (number, visit))
        bare.execute("COMMIT")
    return count / (time.perf_counter() - start)


def measure(name: str, count: int, profile: bool) -> None:
    """Acts and bare commits in turns, five of each, so that both meet the same machine; then `verify` over them."""
    call_command("migrate", verbosity=0)
    room = Room(a_monday_evening())
    visit = done(come(room.tap())).thing
    acts_per_second(room, visit, 200)
    if profile:
        _profiled(lambda: acts_per_second(room, visit, count))
    turns = [(acts_per_second(room, visit, count), commits_per_second(visit, count)) for _ in range(5)]
    print(
        f"{name}: acts/s {_spread([a for a, _ in turns])}; bare durable commits/s {_spread([b for _, b in turns])}; "
        f"ratio {median(a / b for a, b in turns):.0%}"
    )


def measure_verify(name: str, entries: int) -> None:
    """A history made in memory and flushed, then verified."""
    book = MemoryBook()
    with kept_in(book):
        room = Room(a_monday_evening(), site_file(slug="long"))
        visits = [done(come(room.tap())).thing for _ in range(entries // 4)]
        for number in range(entries - len(visits)):
            done(look(room.tap(), visit=visits[number % len(visits)]))
    start = time.perf_counter()
    book.flush()
    flushed = entries / (time.perf_counter() - start)
    report = verify()
    seconds = ", ".join(f"{part} {taken:.2f} s" for part, taken in report.seconds.items())
    print(
        f"{name}: flushed {flushed:,.0f} entries/s; verified {report.entries:,} entries at "
        f"{report.entries_per_second:,} entries/s and {report.rows:,} rows ({seconds})"
    )


def _spread(values: list[float]) -> str:
    return f"{median(values):,.0f} ({min(values):,.0f} to {max(values):,.0f})"


def _profiled(work: Callable[[], object]) -> None:
    profiler = cProfile.Profile()
    profiler.runcall(work)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(35)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--acts", type=int, default=1000)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder:
        databases.use_sqlite(Path(folder) / "fristed.db")
        measure("SQLite", options.acts, options.profile)
        connections["default"].close()
        databases.use_sqlite(Path(folder) / "long.db")
        call_command("migrate", verbosity=0)
        measure_verify("SQLite", options.entries)
        connections["default"].close()
    databases.use_postgres(databases.create_postgres("bench", "template0"))
    measure("PostgreSQL", options.acts, options.profile)
    connections["default"].close()
    databases.use_postgres(databases.create_postgres("bench_long", "template0"))
    call_command("migrate", verbosity=0)
    measure_verify("PostgreSQL", options.entries)
    connections["default"].close()
    databases.stop()


if __name__ == "__main__":
    main()
