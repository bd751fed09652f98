"""Measures the forecast and writes docs/forecast/speed.md, twin.md and others.md: `make bench-forecast`, or `python -m
bench.forecast`. About a quarter of an hour on two free cores.

Each part runs in a process of its own, so that its memory and its CPU are its own; what it prints is the page.
"""

import os
import platform
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

HERE = Path(__file__).resolve().parent
PAGES = HERE.parents[1] / "docs" / "forecast"
PARTS = (
    ("Person-weeks on one core", "throughput.py", "--large"),
    ("A slider", "gap.py", "--slider"),
    ("One arm", "arm.py", "1000"),
    ("The twin without capacity", "twin_check.py", "20000"),
    ("Starsim and Mesa, at 1,700 people", "others.py", "--short"),
)
OWN_PAGES = (("gap.py", "twin.md"), ("others.py", "others.md"))
HEAD = """# Speed, as measured

Written by `make bench-forecast` on {day}: {cores} cores, {machine}, Python {python}. Single runs: read the shape. Load
is the machine's, of the last minute, as a part begins and as it ends: much above what the part itself uses (1 or 2), it
was shared. Offences are most of the work, so a town calibrated to its recorded crime is faster than the priors' centre.
Other pages: [twin.md](twin.md) position by position, [others.md](others.md) at every size.
"""


def load() -> str:
    """The load of the last minute."""
    return f"{os.getloadavg()[0]:.1f}"


def ran(script: str, option: str) -> str:
    """What a script prints."""
    command = [sys.executable, str(HERE / script), option]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def part(title: str, script: str, option: str) -> str:
    """One part, measured."""
    began, clock = load(), time.perf_counter()
    text = ran(script, option)
    took = f"{time.perf_counter() - clock:.0f} s, load {began} to {load()}"
    return f"\n## {title}\n\n`python bench/forecast/{script} {option}`, {took}\n\n```\n{text}\n```\n"


def main() -> None:
    """Every part, then the page."""
    day, machine = datetime.now(UTC).date().isoformat(), f"{platform.system()} {platform.machine()}"
    text = HEAD.format(day=day, cores=os.cpu_count(), machine=machine, python=platform.python_version())
    say = Console(stderr=True).print
    for one in PARTS:
        say(f"{one[0]} …")
        text += part(*one)
        (PAGES / "speed.md").write_text(text, encoding="utf-8")  # what has been measured stands, whatever comes after
    for script, page in OWN_PAGES:
        say(f"{page} …")
        ran(script, str(PAGES / page))
    say(f"{PAGES}: written")


if __name__ == "__main__":
    main()
