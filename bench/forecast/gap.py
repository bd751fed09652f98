"""The twin against the microsimulation, position by position, and how long a slider waits.

`python bench/forecast/gap.py [FILE]`: mean differences from doing nothing over ten years at 1,700 people, by the
microsimulation (paired) and by the twin, at the centre of every number; then what a slider waits for, which is all of
`python bench/forecast/gap.py --slider`.
"""

import os
import sys
import time
from pathlib import Path

import numpy as np

from fristed_forecast.answering import Desk
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
COMPARED = {"poisoning deaths": (counts.DEATHS_POISONING, 1), "offences": (counts.OFFENDED, counts.TYPES),
            "HAT person-weeks": (counts.PEOPLE + 8, 2), "entrants": (counts.ENTRANTS, 1),
            "heroin pence": (counts.HEROIN_PENCE, 1), "custody": (counts.CUSTODY_STARTS, 1)}  # fmt: skip


def positions_page() -> str:
    """Differences from doing nothing, by both."""
    theta, place = centre(), area("durham-2014")
    rates = for_people(build(theta, Structure()), PEOPLE)
    town = ready(rates, FINE)
    base = [simulate(rates, policy({}, theta, place.prison_places), PEOPLE, WEEKS, 3, 0, r).weekly.sum(axis=0)
            for r in range(REPLICATES)]  # fmt: skip
    text = "| position | total | microsimulation, standard error | twin |\n|---|---|---|---|\n"
    expected = {}
    for name, position in positions().items():
        terms = policy(position.levers, theta, place.prison_places)
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


def slider() -> str:
    """What a reader waits for when a slider moves: the whole answer of a prepared desk, five times."""
    desk = Desk(area("durham-2014"))
    desk.prepared.result()
    waits, spent = [], []
    for places in (40, 50, 60, 70, 80):
        began, used = time.perf_counter(), time.process_time()
        desk.answer({"hat_places": places, "hat_payer": "police"}, "twin")
        waits.append(time.perf_counter() - began)
        spent.append(time.process_time() - used)
    desk.end()
    return (
        f"A slider's answer, 200 draws of ten years by the twin (merged kinds) with everything the page shows, two "
        f"threads: {min(waits):.2f} to {max(waits):.2f} s of waiting, {min(spent):.2f} to {max(spent):.2f} s of CPU; "
        f"load {os.getloadavg()[0]:.1f}. Within one second: {'met' if max(waits) <= 1 else 'missed'}.\n"
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
