"""Measures the forecast and writes docs/forecast/speed.md: `make bench-forecast`, or `python -m bench.forecast`.

Each part runs in a process of its own, so that its memory and its CPU are its own; what it prints is the page.
"""

import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

HERE = Path(__file__).resolve().parent
PAGE = HERE.parents[1] / "docs" / "forecast" / "speed.md"
PARTS = (
    ("Person-weeks on one core", "throughput.py", "--large"),
    ("A slider", "gap.py", "--slider"),
    ("One arm", "arm.py", "50"),
    ("The twin without capacity", "twin_check.py", "6000"),
    ("Starsim and Mesa, at 1,700 people", "others.py", "--short"),
)
HEAD = """# Speed, as measured

Written by `make bench-forecast` on {day}: {cores} cores, {machine}, Python {python}. Single runs: read the shape. Load
is the machine's, of the last minute, as a part begins and as it ends: much above what the part itself uses (1 or 2), it
was shared. Offences are most of the work, so a town calibrated to its recorded crime is faster than the priors' centre.
Other pages: [twin.md](twin.md) position by position, [others.md](others.md) at every size.
"""


def load() -> str:
    """The load of the last minute."""
    return f"{os.getloadavg()[0]:.1f}"


def part(title: str, script: str, option: str) -> str:
    """One part, measured."""
    began = load()
    ran = subprocess.run([sys.executable, str(HERE / script), option], stdout=subprocess.PIPE, text=True, check=True)
    command = f"`python bench/forecast/{script} {option}`, load {began} to {load()}"
    return f"\n## {title}\n\n{command}\n\n```\n{ran.stdout.strip()}\n```\n"


def main() -> None:
    """Every part, then the page."""
    day, machine = datetime.now(UTC).date().isoformat(), f"{platform.system()} {platform.machine()}"
    text = HEAD.format(day=day, cores=os.cpu_count(), machine=machine, python=platform.python_version())
    say = Console(stderr=True).print
    for one in PARTS:
        say(f"{one[0]} …")
        text += part(*one)
    PAGE.write_text(text, encoding="utf-8")
    say(f"{PAGE}: written")


if __name__ == "__main__":
    main()
