"""History made in batches: the same life through the same acts, kept in memory and written day by day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random

from fristed.ground.act import Role
from fristed.ground.chance import chance_of
from fristed.ground.ids import new_id
from fristed.ground.moments import DAY, HOUR, Moment, clock_of, local
from fristed.ground.site import opening
from fristed.journal.frame import kept_in
from fristed.journal.memory import MemoryBook
from fristed.rehearsal.crew import found
from fristed.rehearsal.hands import OwnHands
from fristed.rehearsal.life import Life
from fristed.rehearsal.roomfile import RoomFile
from fristed.rehearsal.sitefile import site_file

SEED = 20250113
AWAKE = 2 * HOUR  # after opening, and before closing, there is something to look at


def begin(room: RoomFile, first: date, *, seed: int = SEED, accounts: Mapping[Role, int] | None = None) -> Life:
    """Opens the invented site the day before its first, and answers its life; kept where acts are kept now."""
    at = _eve(room, first)
    with chance_of(Random(f"{seed}/ids/site").randbytes), clock_of(lambda: at):
        site = new_id(at)
        crew = found(room, site, at, accounts)
    return Life(room, site, OwnHands(site, crew), crew, seed=seed)


def make_history(
    room: RoomFile,
    first: date,
    days: int,
    *,
    seed: int = SEED,
    accounts: Mapping[Role, int] | None = None,
    until: Moment | None = None,
    after_day: Callable[[date], None] = lambda day: None,
) -> Life:
    """Lives so many days from `first` on and writes them to the database, a day at a time. Answers the life.

    `until`: the day after them is lived up to this moment, with people in the middle of their visits.
    """
    book = MemoryBook()
    with kept_in(book):
        life = begin(room, first, seed=seed, accounts=accounts)
        for n in range(days):
            day = first + timedelta(days=n)
            life.live_day(day)
            book.flush()
            forget_the_past(book)
            after_day(day)
        if until is not None:
            day = first + timedelta(days=days)
            with life.repeatable(day):
                life.begin_day(day)
                life.stage.run(until)
            book.flush()
    return life


def forget_the_past(book: MemoryBook) -> None:
    """Visits that are over are in the database and read by no act again: memory need not grow with history."""
    over = [id for id, row in book.store.tables["room_visit"].items() if row["left"] is not None]
    for visit in over:
        book.store.forget("room_visit", visit)
    gone = set(over)
    for table in [name for name in book.store.tables if name.startswith("room_")]:
        rows = book.store.tables[table]
        for id in [id for id, row in rows.items() if row.get("visit_id") in gone]:
            book.store.forget(table, id)


def _eve(room: RoomFile, first: date) -> Moment:
    span = opening(site_file(room), first)
    assert span is not None
    return span[0] - DAY


def lively(room: RoomFile, wanted: Moment) -> tuple[Moment, date]:
    """The last moment up to the wanted one at which a day is well awake and most of it still to come, and that day."""
    file = site_file(room)
    day = local(wanted, file.zone).date() + timedelta(days=1)
    while True:
        day -= timedelta(days=1)
        span = opening(file, day)
        assert span is not None
        if wanted >= span[0] + AWAKE:
            return span[0] + AWAKE, day
