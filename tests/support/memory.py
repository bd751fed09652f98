"""Where tests keep their files: in memory where there is room.

Every test has a database of its own, of hundreds of files; to make one on a disk takes longer than the test. No test
cuts the power, so none can tell the difference: a killed process loses nothing of what it has written. What is measured
with the tests' own service (`bench/`) is kept on the disk, as a room keeps it.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_MEMORY = Path("/dev/shm")  # Linux keeps files in memory here
_ROOM = 4 << 30  # bytes
_OURS = "fristed-tests-"


def folder() -> str | None:
    """This process's folder in memory; None, which is the system's own choice, outside of a run of the tests and
    where there is no memory to spare."""
    if "PYTEST_VERSION" not in os.environ:  # pytest sets it while it runs
        return None
    if not _MEMORY.is_dir() or shutil.disk_usage(_MEMORY).free < _ROOM:
        return None
    _sweep()
    own = _MEMORY / f"{_OURS}{os.getpid()}"
    own.mkdir(mode=0o755, exist_ok=True)  # the PostgreSQL server, another user, passes through
    return str(own)


def _sweep() -> None:
    """What earlier runs have left, of tests that failed or of a run that was killed, is kept until the next run."""
    for left in _MEMORY.glob(f"{_OURS}*"):
        if not Path("/proc", left.name.removeprefix(_OURS)).exists():
            shutil.rmtree(left, ignore_errors=True)
