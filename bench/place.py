"""A service with a long history, on either database, for measuring: invented, in a folder that is thrown away."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import msgspec
from django.core.management import call_command
from django.db import connection, connections
from rich.progress import Progress
from tests.support import databases
from tests.support.cast import done
from tests.support.service import PIN, Cast, Service, enrol, start

from fristed.ground.act import MANAGER, NURSE, Role
from fristed.ground.ids import Id
from fristed.ground.moments import now
from fristed.ground.site import WEEKDAYS, Hours, SiteFile, decode_site
from fristed.rehearsal.figures import Figure
from fristed.rehearsal.history import make_history
from fristed.rehearsal.roomfile import RoomFile, read_room
from fristed.room.acts.day import open_day
from fristed.staff import pins
from fristed.staff.acts.site import change_site_file

DATABASES = ("sqlite", "postgres")
VISITS_A_DAY = 300


@dataclass
class Place:
    """A folder with a database that has lived, and its invented staff."""

    database: str
    home: Path
    cast: Cast
    visits: int
    entries: int

    @contextmanager
    def aside(self) -> Iterator[Path]:
        """A folder for another database; afterwards this one is in use again."""
        kept = dict(connection.settings_dict)
        with tempfile.TemporaryDirectory(prefix="fristed-bare-") as folder:
            yield Path(folder)
        databases.use(kept)


def busy_room() -> RoomFile:
    """Twelve places, 18 hours, 300 visits a day."""
    room = read_room("insite")
    figure = Figure(VISITS_A_DAY, "assumed: the design's benchmark load")
    return msgspec.structs.replace(room, arrivals=msgspec.structs.replace(room.arrivals, per_day=figure))


@contextmanager
def lived(database: str, days: int) -> Iterator[Place]:
    """A database with so many days of history up to yesterday."""
    with tempfile.TemporaryDirectory(prefix="fristed-bench-") as folder:
        home = Path(folder)
        use_fresh(database, home)
        call_command("migrate", verbosity=0)
        first = date.today() - timedelta(days=days)  # noqa: DTZ011  # history has no zone of its own
        with Progress(transient=True) as bar:
            task = bar.add_task(f"{days} days on {database}", total=days)
            life = make_history(busy_room(), first, days, after_day=lambda day: bar.advance(task))
        cast = _cast(life.site, dict(life.crew))
        yield Place(database, home, cast, _count("room_visit"), _count("journal_entry"))
        connections["default"].close()


@contextmanager
def served(place: Place) -> Iterator[Service]:
    """The place, served as in real use."""
    running = start(place.home, place.cast, place.database)
    try:
        yield running
    finally:
        running.end()


def use_fresh(database: str, home: Path) -> None:
    """Django uses an empty database of this kind from now on; a file stands in this folder."""
    if database == "sqlite":
        databases.use_sqlite(home / "fristed.db")
    else:
        databases.use_postgres(databases.create_postgres(f"bench_{now()}", "template0"))


def _cast(site: Id, crew: dict[Role, Id]) -> Cast:
    for worker in crew.values():
        pins.set_hash(worker, PIN)
    cast = Cast(site, _file(site), workers=crew)
    cast.token, cast.device = enrol(cast, "Tablet 1")
    around_the_clock = {day: Hours("00:00", "00:00") for day in WEEKDAYS}
    cast.file = msgspec.structs.replace(cast.file, hours=around_the_clock)
    done(change_site_file(cast.tap(MANAGER), file=cast.file))
    done(open_day(replace(cast.tap(NURSE), override=True, reason="bench: nobody works here")))
    return cast


def _file(site: Id) -> SiteFile:
    with connection.cursor() as cursor:
        cursor.execute("SELECT file FROM ground_site WHERE id = %s", (site,))
        return decode_site(cursor.fetchone()[0])


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # noqa: S608  # our own name
        return int(cursor.fetchone()[0])
