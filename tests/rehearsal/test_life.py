"""Days of a life that are not like others."""

from __future__ import annotations

from datetime import date

import pytest

from fristed.ground.moments import HOUR
from fristed.journal.frame import kept_in
from fristed.journal.memory import MemoryBook
from fristed.rehearsal.history import begin
from fristed.rehearsal.roomfile import read_room


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 7), 17), (date(2026, 10, 31), 19)])
def test_a_night_on_which_clocks_change_is_lived_and_nobody_comes_after_the_door_shuts(day: date, hours: int) -> None:
    book = MemoryBook()
    with kept_in(book):
        life = begin(read_room("insite-2003"), day, seed=1)
        life.live_day(day)
    opens, closes = life.file_opening(day)
    assert closes - opens == hours * HOUR
    came = [row["came"] for row in book.store.tables["room_visit"].values()]
    assert len(came) > 100
    assert max(came) < closes
