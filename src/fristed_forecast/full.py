"""Running an area's whole argument behind a page: one at a time, in the order asked, and it continues where it was."""

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

from fristed_forecast.argument.areas import area
from fristed_forecast.argument.positions import positions
from fristed_forecast.rates.structure import variants
from fristed_forecast.report import cards
from fristed_forecast.runs.plan import Part, Plan, manifest, parts
from fristed_forecast.verdict import claims

DRAWS, REPLICATES, YEARS, SEED = 200, 5, 10, 2014


def whole(name: str) -> Plan:
    """Every claim's positions, in every structure, at both numbers of people."""
    place = area(name)
    wanted = dict.fromkeys(["do-nothing", *(p for c in claims()[1] for p in (c.position, c.against))])
    chosen = tuple(positions()[p] for p in wanted)
    return Plan(place, place.sizes(), chosen, tuple(variants()), DRAWS, REPLICATES, 52 * YEARS, SEED)


def folder_of(plan: Plan) -> Path:
    """Where this very run is kept: another code or another number is another folder."""
    home = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    key = hashlib.blake2b(json.dumps(manifest(plan), sort_keys=True).encode(), digest_size=8).hexdigest()
    return home / "fristed-forecast" / "full" / key


@dataclass
class Job:
    """One area's run."""

    plan: Plan
    folder: Path
    total: int
    done: int = 0
    state: str = "none"  # none, waiting, running, finished, failed
    sentence: str = ""


class Full:
    """The queue of full runs. Its thread never keeps the process alive: parts are whole or not there."""

    def __init__(self) -> None:
        self.jobs: dict[str, Job] = {}
        self.queue: SimpleQueue[Job] = SimpleQueue()
        self.thread: Thread | None = None

    def job(self, name: str) -> Job:
        """The job of an area, as far as an earlier process took it."""
        if name not in self.jobs:
            plan = whole(name)
            folder = folder_of(plan)
            made = Job(plan, folder, len(parts(plan)), len(list(folder.glob("parts/*.parquet"))))
            if (folder / cards.FILE).exists():
                made.state = "finished"
            self.jobs[name] = made
        return self.jobs[name]

    def begin(self, name: str) -> None:
        """Queue an area's run; one that waits, runs or is finished is left as it is."""
        job = self.job(name)
        if job.state in ("none", "failed"):
            job.state = "waiting"
            self.queue.put(job)
            if self.thread is None:
                self.thread = Thread(target=self.work, daemon=True)
                self.thread.start()

    def work(self) -> None:
        """One job after another."""
        while True:
            run(self.queue.get())

    def told(self, name: str) -> dict[str, Any]:
        """The cards there are for an area, and how far its full run is."""
        job = self.job(name)
        finished = job.state == "finished"
        found = json.loads((job.folder / cards.FILE).read_text(encoding="utf-8")) if finished else cards.shipped(name)
        return {"state": "cards", "full": job.state, "done": job.done, "total": job.total, "sentence": job.sentence,
                "draws": DRAWS, "replicates": REPLICATES, **found}  # fmt: skip

    def brief(self, name: str) -> bytes:
        """The two pages as PDF, of the run whose cards are told."""
        from fristed_forecast.report.brief import SUMMARY, pdf

        job = self.job(name)
        path = job.folder / SUMMARY if job.state == "finished" else cards.SHIPPED / f"{name}.summary.json"
        return pdf(path)


def run(job: Job) -> None:
    """Do one job; what goes wrong is told on the page."""
    from fristed_forecast.report.make import make
    from fristed_forecast.runs.execute import execute

    job.state, job.done = "running", 0

    def step(_part: Part) -> None:
        job.done += 1

    try:
        execute(job.plan, job.folder, 1, step)
        make(job.plan, job.folder)
        job.state = "finished"
    except Exception as error:  # a thread's end is otherwise silent
        job.state, job.sentence = "failed", f"{type(error).__name__}: {error}"
