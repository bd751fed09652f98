"""The twin against the microsimulation, position by position, and how long a slider waits.

`python bench/forecast/gap.py [FILE]`: mean differences from doing nothing over ten years at 1,700 people, by the
microsimulation (paired) and by the twin, at the centre of every number; then what a slider waits for, which is all of
`python bench/forecast/gap.py --slider`.
"""

import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from fristed_forecast.answering import FEW, Desk, eligible
from fristed_forecast.argument.areas import area
from fristed_forecast.argument.levers import policy
from fristed_forecast.argument.positions import positions
from fristed_forecast.doubt.mirror import by_turn
from fristed_forecast.evidence.draws import centre
from fristed_forecast.rates.build import build, for_people
from fristed_forecast.rates.structure import Structure
from fristed_forecast.twin.cohort import FINE, follow, ready
from fristed_forecast.week import counts
from fristed_forecast.week.run import simulate

REPLICATES, WEEKS, PEOPLE = 60, 520, 1700
ROOM = {"room_booths": 8, "room_hours": 84, "room_payer": "public_health"}
COMPARED = {"poisoning deaths": (counts.DEATHS_POISONING, 1), "offences": (counts.OFFENDED, counts.TYPES),
            "HAT person-weeks": (counts.PEOPLE + 8, 2), "entrants": (counts.ENTRANTS, 1),
            "heroin pence": (counts.HEROIN_PENCE, 1), "custody": (counts.CUSTODY_STARTS, 1)}  # fmt: skip


def positions_page() -> str:
    """Differences from doing nothing, by both."""
    theta, place = centre(), area("durham-2014")
    rates = for_people(build(theta, Structure()), PEOPLE)
    town = ready(rates, FINE)
    base = [simulate(rates, policy({}, theta, place.cells()), PEOPLE, WEEKS, 3, 0, r).weekly.sum(axis=0)
            for r in range(REPLICATES)]  # fmt: skip
    text = "| position | total | microsimulation, standard error | twin |\n|---|---|---|---|\n"
    expected = {}
    for name, position in positions().items():
        terms = policy(position.levers, theta, place.cells())
        expected[name] = follow(town, terms, town.mass(round(PEOPLE * rates.living)), WEEKS, rates.entrants).sum(axis=0)
        if name == "do-nothing" or not by_turn(position):
            continue
        found = np.stack([simulate(rates, terms, PEOPLE, WEEKS, 3, 0, r).weekly.sum(axis=0) - base[r]
                          for r in range(REPLICATES)])  # fmt: skip
        for what, (first, width) in COMPARED.items():
            paired = found[:, first : first + width].sum(axis=1)
            twin = (expected[name] - expected["do-nothing"])[first : first + width].sum()
            error = paired.std(ddof=1) / np.sqrt(REPLICATES)
            if abs(paired.mean()) > 2 * error or abs(twin) > 2 * error:
                text += f"| {name} | {what} | {paired.mean():+,.1f} ({error:,.1f}) | {twin:+,.1f} |\n"
    return text


def asked(desk: Desk, levers: dict[str, Any]) -> tuple[float, float]:
    """Seconds of waiting and of CPU until the twin has answered."""
    began, used = time.perf_counter(), time.process_time()
    assert desk.answer(levers, "twin")["state"] == "twin"
    return time.perf_counter() - began, time.process_time() - used


def simulated(desk: Desk, levers: dict[str, Any]) -> float:
    """Seconds until people have been simulated, from the first question."""
    began = time.perf_counter()
    while desk.answer(levers, "people")["state"] != "people":
        time.sleep(0.02)
    return time.perf_counter() - began


def met(seconds: float, most: float) -> str:
    """A promise and whether it was kept."""
    return f"within {most:g} s: {'met' if seconds <= most else 'missed'}"


def slider() -> str:
    """What a reader waits for: the whole answer of a prepared desk as a slider moves, alone and while people are
    simulated behind it; the people's answer; and a share of eligible people that nobody has asked about yet."""
    place = area("durham-2014")
    desk = Desk(place)
    desk.prepared.result()
    alone = [asked(desk, {"hat_places": places, "hat_payer": "police"}) for places in (40, 50, 60, 70, 80)]
    people = simulated(desk, {"hat_places": 50, "hat_payer": "police"})
    desk.answer(ROOM, "people")
    busy, _cpu = asked(desk, ROOM | {"room_hours": 100})
    desk.end()
    began = time.perf_counter()
    other = Desk(eligible(place, 12))
    while other.answer(ROOM, "twin")["state"] != "twin":
        pass
    first = time.perf_counter() - began
    other.prepared.result()
    asked(other, ROOM)
    whole = time.perf_counter() - began
    other.end()
    waits, spent = zip(*alone, strict=True)
    return (
        f"200 draws of ten years by the twin (merged kinds), everything the page shows, two threads:\n"
        f"- a slider moved: {min(waits):.2f} to {max(waits):.2f} s of waiting, {min(spent):.2f} to {max(spent):.2f} s "
        f"of CPU; {met(max(waits), 1)}\n"
        f"- the same while people are simulated behind it: {busy:.2f} s; {met(busy, 1)}\n"
        f"- the paired microsimulation, 1,700 people, 100 draws with and without: {people:.2f} s; {met(people, 10)}\n"
        f"- another share of eligible people: {first:.2f} s to the first {FEW} draws ({met(first, 1)}), "
        f"{whole:.2f} s to all 200\n"
    )


if __name__ == "__main__":
    if "--slider" in sys.argv:
        sys.stdout.write(slider())
        sys.exit()
    made = "# The twin against the microsimulation\n\nMade by `python bench/forecast/gap.py`. Ten years, 1,700 people, "
    made += f"{REPLICATES} paired replicates at the centre of every number; totals that differ from nothing.\n"
    made += "The twin here keeps classes of offending apart; a slider's merges them. With HAT places it knows how\n"
    made += "long the queue is but not who is in it: people who go to prison lose their turn, so those who get places\n"
    made += "offend less than the twin expects.\n\n"
    made += positions_page() + "\n" + slider()
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(made, encoding="utf-8")
    sys.stdout.write(made)
