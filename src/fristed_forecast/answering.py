"""Answers for a page, from a process of its own: one JSON line asked, one answered.

`python -m fristed_forecast.answering` reads {"area": NAME, "levers": {...}, "want": "twin" | "people"} from standard
input; `eligible` beside them sets the share whose use resists oral treatment. The twin answers at once from 200
prepared draws; people are simulated behind it, and asking again tells how far they are. `cards`, `begin` (the full
run), `brief` (its two pages as PDF) and `number` are asked in the same way. Only the full run writes: to its own
folder of the user's cache.
"""

import json
import os
import sys
from base64 import b64encode
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from threading import Event
from time import monotonic
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fristed_forecast.argument.areas import OWN, Area, area
from fristed_forecast.argument.levers import LEVERS, policy
from fristed_forecast.argument.positions import BadInput, Position, checked, positions
from fristed_forecast.calibration.posterior import sampled
from fristed_forecast.doubt import weights
from fristed_forecast.doubt.mirror import by_turn
from fristed_forecast.evidence.draws import draw
from fristed_forecast.evidence.explain import STANDING
from fristed_forecast.evidence.table import numbers
from fristed_forecast.full import Full
from fristed_forecast.rates.build import build, for_people
from fristed_forecast.rates.structure import Structure
from fristed_forecast.report.cards import heaviest
from fristed_forecast.runs.books import Books, Table
from fristed_forecast.runs.execute import one_draw
from fristed_forecast.runs.outcomes import SHOWN
from fristed_forecast.twin.cohort import Ready, follow, ready
from fristed_forecast.week import counts
from fristed_forecast.week.run import simulate

DRAWS, FEW, PEOPLE_DRAWS, YEARS, SEED, THREADS = 200, 20, 100, 10, 2014, 2
PATIENCE = 0.7  # seconds a reader waits for the first few draws of a new area before being told to wait
LEFT = 3.0  # seconds without a question after which its reader has turned to another; a page asks again within one
KEPT = 8  # answers of each kind, and shares that readers have set, kept for who asks again
ENDS = (0.05, 0.25, 0.5, 0.75, 0.95)
SERIES = {"deaths": (counts.DEATHS_POISONING, 2), "offences": (counts.OFFENDED, counts.TYPES),
          "entrants": (counts.ENTRANTS, 1)}  # fmt: skip
Yearly = NDArray[np.float64]  # [years, COLUMNS]
Worth = tuple[dict[str, Table], dict[str, Table]]
CALM = Event()  # while a twin answers, nobody is simulated behind it
CALM.set()


@dataclass
class Asked:
    """The runs of one set of levers, and when somebody last asked for them."""

    runs: list[Future[Yearly]]
    at: float = 0.0

    def done(self) -> bool:
        """Whether nothing is left to run."""
        return all(one.done() for one in self.runs)

    def left(self) -> bool:
        """Whether its reader has turned to another question."""
        return monotonic() - self.at > LEFT


class Desk:
    """One area, prepared: draws, rates, twins, and what doing nothing gives."""

    def __init__(self, place: Area) -> None:
        self.place = place
        at = sampled(place.posterior, SEED, DRAWS) if place.posterior else {}
        self.people = place.sizes()[0]
        self.draws = draw(SEED, DRAWS, place.numbers, at)
        self.towns: list[tuple[dict[str, float], Ready]] = []
        self.pool, self.behind = ThreadPoolExecutor(THREADS), ThreadPoolExecutor(THREADS)
        self.nothing: list[Yearly] = []  # by the twin
        self.jobs: dict[str, Asked] = {}
        self.told: dict[str, dict[str, Any]] = {}  # the latest answers of the twin
        self.before: dict[tuple[str, int], Worth] = {}  # what doing nothing is worth
        self.begun = Event()  # a few draws are prepared
        self.prepared = ThreadPoolExecutor(1).submit(self.prepare)

    def rest(self) -> None:
        """Simulates nobody for a reader who has left; of what is finished the latest are kept."""
        left = {key: job for key, job in self.jobs.items() if job.left()}
        done = [key for key, job in left.items() if job.done()]
        for key in left.keys() - done[-KEPT:]:
            for one in self.jobs.pop(key).runs:
                one.cancel()

    def end(self) -> None:
        """Begins nothing more."""
        for pool in (self.pool, self.behind):
            pool.shutdown(wait=False, cancel_futures=True)

    def prepare(self) -> None:
        """Everything that no lever changes, and what doing nothing gives."""
        for pool, first, last in ((self.pool, 0, FEW), (self.behind, FEW, DRAWS)):
            self.towns += pool.map(self.town, range(first, last))
            self.books = Books([theta for theta, _town in self.towns], YEARS)
            self.nothing += pool.map(self.by_twin, range(first, last), [{}] * (last - first))
            self.begun.set()

    def town(self, k: int) -> tuple[dict[str, float], Ready]:
        """Draw k and its twin."""
        CALM.wait()
        theta = one_draw(self.draws, k)
        return theta, ready(for_people(build(theta, Structure()), self.people))

    def by_twin(self, k: int, levers: dict[str, Any]) -> Yearly:
        """Expected counts of draw k by year."""
        theta, town = self.towns[k]
        mass = town.mass(round(self.people * town.rates.living))
        terms = policy(levers, theta, self.place.cells())
        weekly = follow(town, terms, mass, 52 * YEARS, town.rates.entrants)
        return np.asarray(weekly.reshape(YEARS, 52, -1).sum(axis=1), dtype=np.float64)

    def by_people(self, k: int, levers: dict[str, Any]) -> Yearly:
        """One run of draw k by year, on the chance that every scenario shares."""
        CALM.wait()
        theta, town = self.towns[k]
        terms = policy(levers, theta, self.place.cells())
        weekly = simulate(town.rates, terms, self.people, 52 * YEARS, SEED, k).weekly
        return np.asarray(weekly.reshape(YEARS, 52, -1).sum(axis=1), dtype=np.float64)

    def answer(self, levers: dict[str, Any], want: str) -> dict[str, Any]:
        """The twin's answer, or the people's once they have been simulated."""
        if self.prepared.done():
            self.prepared.result()
        elif not self.begun.wait(PATIENCE):
            return {"state": "starting", "done": len(self.towns) / DRAWS}
        if want == "twin":
            return self.at_once(levers, DRAWS if self.prepared.done() else FEW)
        if not self.prepared.done():
            return {"state": "running", "done": 0.0}
        pairs = [self.job({}), self.job(levers)]
        done = sum(one.done() for one in pairs[0] + pairs[1]) / (2 * PEOPLE_DRAWS)
        if done < 1:
            return {"state": "running", "done": done}
        nothing, arms = ([one.result() for one in pair] for pair in pairs)
        return self.said(levers, arms, nothing, "people")

    def at_once(self, levers: dict[str, Any], draws: int) -> dict[str, Any]:
        """The twin's answer; the latest are kept, because a page asks again while people are simulated."""
        key = json.dumps([levers, draws], sort_keys=True)
        if key not in self.told:
            CALM.clear()
            try:
                arms = list(self.pool.map(self.by_twin, range(draws), [levers] * draws))
                self.told[key] = self.said(levers, arms, self.nothing[:draws], "twin")
            finally:
                CALM.set()
            for old in list(self.told)[:-KEPT]:
                self.told.pop(old)
        return self.told[key]

    def job(self, levers: dict[str, Any]) -> list["Future[Yearly]"]:
        """The runs of one set of levers, begun when first asked for; two readers' questions run beside each other."""
        key = json.dumps(levers, sort_keys=True)
        known = self.jobs.pop(key, None)
        job = known or Asked([self.behind.submit(self.by_people, k, levers) for k in range(PEOPLE_DRAWS)])
        job.at = monotonic()
        self.jobs[key] = job  # the latest asked is the last
        return job.runs

    def said(self, levers: dict[str, Any], arms: list[Yearly], nothing: list[Yearly], kind: str) -> dict[str, Any]:
        """Differences, payers and fans in numbers."""
        key = (kind, len(arms))
        if key not in self.before:
            self.before[key] = self.books.worth(np.stack(nothing), {})
        (worth, paid), (without, before) = self.books.worth(np.stack(arms), levers), self.before[key]
        return {
            "state": kind,
            "draws": len(arms),
            "people": self.people,
            "sample_of": self.place.claimed_people if self.place.sample else 0,
            "years": YEARS,
            "payers_of_council_tax": self.place.payers(),
            "unset": len(self.place.unset),
            "shown": {name: {"words": words, "ends": ends(worth[name] - without[name])}
                      for name, words in SHOWN.items()},
            "cash": {payer: ends(paid[payer] - before[payer]) for payer in paid},
            "fans": {name: {"arm": fan(arms, first, width), "nothing": fan(nothing, first, width)}
                     for name, (first, width) in SERIES.items()},
        }  # fmt: skip


def ends(values: NDArray[np.float64]) -> list[float]:
    """Quantiles over draws at `ENDS`."""
    return [float(v) for v in np.quantile(values, ENDS)]


def fan(runs: list[Yearly], first: int, width: int) -> list[list[float]]:
    """[years][ENDS] of a series."""
    series = np.stack([run[:, first : first + width].sum(axis=1) for run in runs])
    return [[float(v) for v in row] for row in np.quantile(series, ENDS, axis=0).T]


def areas() -> list[dict[str, str]]:
    """Areas that come with the package."""
    return [{"key": path.stem, "name": area(path.stem).name} for path in sorted(OWN.glob("*.toml"))]


def stated() -> list[dict[str, Any]]:
    """Every position in the argument, its levers in words; `by_turn`: whether the twin knows the order of its queue."""
    return [asdict(one) | {"told": in_words(one.levers), "by_turn": by_turn(one)} for one in positions().values()]


def in_words(levers: dict[str, Any]) -> str:
    """Levers with their units, as a reader sees them."""
    said = (f"{name.replace('_', ' ')}: {value} {LEVERS[name].unit}".strip() for name, value in levers.items())
    return ", ".join(said)


def eligible(place: Area, percent: float) -> Area:
    """The area with a share of people whose use resists oral treatment, held fixed at what somebody has set."""
    if not 1 <= percent <= 99:
        raise BadInput(f"eligible = {percent}: accepted is 1 to 99 percent")
    own = replace(numbers()["sh_refr"], value=percent / 100, family="fixed", a=percent / 100, b=0.0)
    return replace(place, numbers={**place.numbers, "sh_refr": own})


def number(symbol: str, outcome: str) -> dict[str, Any]:
    """One number with its source, or without a symbol every number that runs: the heaviest on an outcome first."""
    known = numbers()
    if symbol in known:
        found = known[symbol]
        weight = weights.read().get(symbol)
        return {"state": "number", "number": asdict(found) | {"standing_means": STANDING[found.standing]},
                "weight": asdict(weight) if weight else None}  # fmt: skip
    first = heaviest(outcome)
    rest = sorted(n.symbol for n in known.values() if n.used_by and n.symbol not in first)
    shown = [{"symbol": s, "name": known[s].name, "standing": known[s].standing} for s in first + rest]
    return {"state": "numbers", "heaviest": shown[: len(first)], "others": shown[len(first) :]}


def desk(asked: dict[str, Any], desks: dict[str, Desk]) -> Desk:
    """The prepared area. Beside the areas as they are, only the latest with another share are kept."""
    name, percent = str(asked["area"]), asked.get("eligible")
    key = name if percent is None else f"{name}, {percent}"
    known = desks.pop(key, None)
    desks[key] = known or Desk(area(name) if percent is None else eligible(area(name), percent))
    for old in [one for one in desks if "," in one][:-KEPT]:
        desks.pop(old).end()
    return desks[key]


def answered(asked: dict[str, Any], desks: dict[str, Desk], full: Full) -> dict[str, Any]:
    """One answer; what is wrong with a question is said in a sentence."""
    if asked.get("want") == "areas":
        return {"state": "areas", "areas": areas(), "positions": stated()}
    try:
        if asked.get("want") == "number":
            return number(str(asked["symbol"]), str(asked["outcome"]))
        if asked.get("want") == "brief":
            return {"state": "brief", "pdf": b64encode(full.brief(str(asked["area"]))).decode()}
        if asked.get("want") in ("cards", "begin"):
            if asked["want"] == "begin":
                full.begin(str(asked["area"]))
            return full.told(str(asked["area"]))
        levers = dict(asked["levers"])
        checked("", Position("asked", "", "", levers))
        said = desk(asked, desks).answer(levers, str(asked["want"]))
        for one in desks.values():
            one.rest()
        return said
    except (BadInput, KeyError, TypeError) as error:
        return {"state": "refused", "sentence": str(error.args[0]).strip()}


def main() -> None:
    """Until nobody asks any more; then at once: a full run has only whole parts on disk, and continues from them."""
    desks: dict[str, Desk] = {}
    full = Full()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answered(json.loads(line), desks, full)) + "\n")
        sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
