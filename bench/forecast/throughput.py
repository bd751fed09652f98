"""Living person-weeks per CPU-second on one core, warm, every purpose, ledger and check on.

`python bench/forecast/throughput.py [--large]`; `--large` adds a million people.
"""

import sys
import time

import numpy as np

from fristed_forecast.argument.levers import policy
from fristed_forecast.argument.positions import positions
from fristed_forecast.calibration.posterior import read
from fristed_forecast.evidence.draws import centre, draw
from fristed_forecast.evidence.table import numbers
from fristed_forecast.rates.build import build, for_people
from fristed_forecast.rates.structure import Structure
from fristed_forecast.runs.execute import one_draw
from fristed_forecast.runs.horizon import expected
from fristed_forecast.twin.cohort import follow, ready
from fristed_forecast.week.counts import ALIVE, COLUMNS
from fristed_forecast.week.inputs import Policy, Rates
from fristed_forecast.week.run import simulate


def measure(
    rates: Rates, theta: dict[str, float], levers: Policy, terms: dict[str, object], people: int, weeks: int, runs: int
) -> float:
    """Million living person-weeks per CPU-second, books included."""
    lived, began = 0, time.process_time()
    for replicate in range(runs):
        weekly = simulate(rates, levers, people, weeks, 1, 0, replicate).weekly
        expected(weekly.reshape(-1, 52, COLUMNS).sum(axis=1), theta, terms)
        lived += int(weekly[:, ALIVE].sum())
    return lived / (time.process_time() - began) / 1e6


def medians() -> dict[str, float]:
    """Every number at its median, calibrated ones at their posterior's: what a run of Durham draws around."""
    known = read("durham-2014")
    at = {symbol: np.array([float(np.median(known[symbol])) if symbol in known else 0.5]) for symbol in numbers()}
    return one_draw(draw(0, 1, at=at), 0)


clock = time.time()
simulate(for_people(build(centre(), Structure()), 200), Policy(), 200, 52, 1)
print(f"loading or compiling, apart: {time.time() - clock:.1f} s")
sizes = [(1700, 520, 20), (6000, 520, 6), (100_000, 104, 1)]
if "--large" in sys.argv:
    sizes.append((1_000_000, 52, 1))
found: dict[tuple[str, int, str], float] = {}
for title, theta in (("at the priors' centre", centre()), ("as calibrated for Durham", medians())):
    base = build(theta, Structure())
    for people, weeks, runs in sizes:
        for name in ("do-nothing", "hat-and-room"):
            terms = positions()[name].levers
            rates = for_people(base, people)
            levers = policy(terms, theta, 1 << 30)
            speed = measure(rates, theta, levers, terms, people, weeks, runs)
            text = f"{people:>9,} people, {weeks} weeks, {name:<13} {speed:6.1f} million person-weeks per CPU-second"
            print(f"{title}: {text}")
            found[title, people, name] = speed
for title in dict.fromkeys(title for title, _people, _name in found):
    slowest = min(found[title, 1700, name] for name in ("do-nothing", "hat-and-room"))
    print(f"{title}, 1,700 people: at least 30 {'met' if slowest >= 30 else 'missed'},", end=" ")
    print(f"the goal of 50 {'met' if slowest >= 50 else 'missed'} (slower of the two: {slowest:.1f})")
    if (title, 1_000_000, "do-nothing") in found:
        share = min(found[title, 1_000_000, name] / found[title, 1700, name] for name in ("do-nothing", "hat-and-room"))
        print(f"{title}, a million people: {share:.0%} of the speed at 1,700; at least half: "
              f"{'met' if share >= 0.5 else 'missed'}")  # fmt: skip
theta = centre()
base = build(theta, Structure())
town = ready(for_people(base, 1700))
spent = []
for _ in range(5):
    began = time.process_time()
    follow(town, Policy(hat_open=True, hat_places=50), town.mass(2000), 520, town.rates.entrants)
    spent.append(time.process_time() - began)
print(f"twin, one prepared draw, ten years: {1000 * float(np.median(spent)):.0f} ms")
began = time.process_time()
for _ in range(5):
    ready(build(theta, Structure()))
print(f"rates and twin of one draw, prepared: {200 * (time.process_time() - began):.0f} ms")
