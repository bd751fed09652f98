"""The lived room against an independent queueing library, on the same terminating day.

The day: the door is open 18 hours and the room starts empty. Closing rule: nobody comes after the door shuts, whoever
waits then is still given a place, and everyone stays as long as they stay. Place use is counted while the door is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from statistics import mean, variance
from typing import Any

import ciw
import pytest
from msgspec.structs import replace

from fristed.ground.moments import HOUR, MINUTE
from fristed.journal.frame import kept_in
from fristed.journal.memory import MemoryBook
from fristed.rehearsal.figures import Figure
from fristed.rehearsal.history import begin
from fristed.rehearsal.roomfile import RoomFile, read_room
from tests.support.uncounted import uncounted

DAY = date(2003, 10, 29)
PLACES, OPEN_MINUTES, STAY = 12, 18 * 60, 20.0
QUANTILE = 3.2905  # of the normal, two-sided 99.9 %
LIVED_DAYS, QUEUED_DAYS = 40, 120  # waits are skewed: with 25 days a normal interval does not hold its level


@dataclass(frozen=True)
class Measured:
    """Days by what was measured: the share of place time in use while open, the mean wait in minutes."""

    use: list[float]
    wait: list[float]


def insite(per_day: float, stay: float = STAY) -> RoomFile:
    """The room with this load and this mean stay."""
    room = read_room("insite-2003")
    assert room.arrivals.per_day is not None
    arrivals = replace(room.arrivals, per_day=Figure(per_day, "this test's load"))
    injecting = replace(room.stay["inject"], mean=Figure(stay, "this test's stay"))
    return replace(room, arrivals=arrivals, stay={"inject": injecting})


@cache
@uncounted()
def lived(per_day: float, stay: float = STAY) -> Measured:
    """Days lived by the rules, in memory."""
    return _measured([_lived_day(insite(per_day, stay), seed) for seed in range(LIVED_DAYS)])


@cache
@uncounted()
def queued(per_day: float) -> Measured:
    """Days of the queueing library with the published mean stay."""
    return _measured([_queued_day(per_day, seed) for seed in range(QUEUED_DAYS)])


def _lived_day(room: RoomFile, seed: int) -> list[tuple[float, float, float]]:
    book = MemoryBook()
    with kept_in(book):
        life = begin(room, DAY, seed=seed)
        life.live_day(DAY)
    opens = life.file_opening(DAY)[0]
    came = {id: row["came"] for id, row in book.store.tables["room_visit"].items()}
    stays = book.store.tables["room_stay"].values()
    assert len(stays) == len(came), "everybody who came was given a place"
    return [
        ((came[s["visit_id"]] - opens) / MINUTE, (s["seated"] - opens) / MINUTE, (s["freed"] - opens) / MINUTE)
        for s in stays
    ]


class UntilClosing(ciw.dists.Exponential):  # type: ignore[misc]  # the library has no types
    """Exponential gaps; whoever would come after the door has shut does not come."""

    def sample(self, t: Any = None, ind: Any = None) -> float:
        gap = float(super().sample(t, ind))
        return gap if t + gap < OPEN_MINUTES else float("inf")


def _queued_day(per_day: float, seed: int) -> list[tuple[float, float, float]]:
    ciw.seed(seed)
    network = ciw.create_network(
        arrival_distributions=[UntilClosing(rate=per_day / OPEN_MINUTES)],
        service_distributions=[ciw.dists.Exponential(rate=1 / STAY)],
        number_of_servers=[PLACES],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(OPEN_MINUTES * 3)
    return [(r.arrival_date, r.service_start_date, r.service_end_date) for r in simulation.get_all_records()]


def _measured(days: list[list[tuple[float, float, float]]]) -> Measured:
    in_use = [sum(max(0.0, min(e, OPEN_MINUTES) - min(s, OPEN_MINUTES)) for _, s, e in day) for day in days]
    use = [minutes / (PLACES * OPEN_MINUTES) for minutes in in_use]
    return Measured(use, [mean(seated - came for came, seated, _ in day) for day in days])


def agree(a: list[float], b: list[float]) -> bool:
    """Whether two means differ by no more than chance allows, in a 99.9 % interval of independent days."""
    error = (variance(a) / len(a) + variance(b) / len(b)) ** 0.5
    return bool(abs(mean(a) - mean(b)) <= QUANTILE * error)


@pytest.mark.parametrize(("per_day", "offered"), [(450, 69.4), (525, 81.0), (600, 92.6)])
def test_the_offered_load_is_what_the_room_file_says_by_arithmetic(per_day: int, offered: float) -> None:
    room = insite(per_day)
    places = sum(group.count for group in room.places)
    load = per_day * room.stay["inject"].mean.value / (places * 18 * 60)
    assert round(100 * load, 1) == offered


@pytest.mark.parametrize("per_day", [450, 525, 600])
def test_place_use_and_waits_equal_queueing_theory(per_day: int) -> None:
    rules, theory = lived(per_day), queued(per_day)
    assert agree(rules.use, theory.use), (mean(rules.use), mean(theory.use))
    assert agree(rules.wait, theory.wait), (mean(rules.wait), mean(theory.wait))


@pytest.mark.parametrize("wrong", [0.9, 1.1])
def test_a_mean_stay_ten_percent_wrong_is_found(wrong: float) -> None:
    rules, theory = lived(525, STAY * wrong), queued(525)
    assert not agree(rules.use, theory.use), (mean(rules.use), mean(theory.use))
    assert not agree(rules.wait, theory.wait), (mean(rules.wait), mean(theory.wait))


def test_the_same_people_wait_exactly_as_long_as_the_library_says() -> None:
    """The same arrivals and the same stays, given to both: every single wait is the same."""
    day = sorted(_lived_day(insite(600), seed=3))
    came = [c for c, _, _ in day]
    gaps = [later - earlier for earlier, later in zip([0.0, *came], came, strict=False)]
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Sequential([*gaps, float("inf")])],
        service_distributions=[ciw.dists.Sequential([freed - seated for _, seated, freed in day])],
        number_of_servers=[PLACES],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(OPEN_MINUTES * 3)
    records = sorted((r.arrival_date, r.waiting_time) for r in simulation.get_all_records())
    assert len(records) == len(day)
    assert max(seated - c for c, seated, _ in day) > 1, "somebody waited"
    for (c, seated, _), (_, wait) in zip(day, records, strict=True):
        assert abs((seated - c) - wait) < 1e-5 * HOUR / MINUTE
