"""Living person-weeks per CPU-second on one core, warm, every purpose, ledger and check on.

`python bench/forecast/throughput.py [--large]`; `--large` adds a million people.
"""

import sys
import time

import numpy as np

from fristed_forecast.argument.levers import policy
from fristed_forecast.argument.positions import positions
from fristed_forecast.evidence.draws import centre
from fristed_forecast.rates.build import build, for_people
from fristed_forecast.rates.structure import Structure
from fristed_forecast.runs.outcomes import money
from fristed_forecast.twin.cohort import expect
from fristed_forecast.week.counts import ALIVE, COLUMNS
from fristed_forecast.week.inputs import Policy, Rates
from fristed_forecast.week.run import simulate


def measure(rates: Rates, levers: Policy, terms: dict[str, object], people: int, weeks: int, runs: int) -> float:
    """Million living person-weeks per CPU-second, books included."""
    lived, began = 0, time.process_time()
    for replicate in range(runs):
        weekly = simulate(rates, levers, people, weeks, 1, 0, replicate).weekly
        money(weekly.reshape(-1, 52, COLUMNS).sum(axis=1), theta, terms)
        lived += int(weekly[:, ALIVE].sum())
    return lived / (time.process_time() - began) / 1e6


theta = centre()
clock = time.time()
base = build(theta, Structure())
simulate(for_people(base, 200), Policy(), 200, 52, 1)
print(f"loading or compiling, apart: {time.time() - clock:.1f} s")
sizes = [(1700, 520, 20), (6000, 520, 6), (100_000, 104, 1)]
if "--large" in sys.argv:
    sizes.append((1_000_000, 52, 1))
for people, weeks, runs in sizes:
    for name in ("do-nothing", "hat-and-room"):
        terms = positions()[name].levers
        rates = for_people(base, people)
        levers = policy(terms, theta, 1 << 30)
        speed = measure(rates, levers, terms, people, weeks, runs)
        print(f"{people:>9,} people, {weeks} weeks, {name:<13} {speed:6.1f} million person-weeks per CPU-second")
town = for_people(base, 1700)
expect(town, Policy(), 1700, 52)
spent = []
for _ in range(5):
    began = time.process_time()
    expect(town, Policy(hat_open=True, hat_places=50), 1700, 520)
    spent.append(time.process_time() - began)
print(f"twin, one draw, ten years: {1000 * float(np.median(spent)):.0f} ms")
began = time.process_time()
for _ in range(5):
    build(theta, Structure())
print(f"rates of one draw: {200 * (time.process_time() - began):.0f} ms")
