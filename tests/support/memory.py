"""Where tests keep their files: in memory where there is room.

Every test has a database of its own, of hundreds of files; to make one on a disk takes longer than the test. No test
cuts the power, so none can tell the difference: a killed process loses nothing of what it has written.
"""

from __future__ import annotations

import shutil
from pathlib import Path

_MEMORY = Path("/dev/shm")  # Linux keeps files in memory here
_ROOM = 4 << 30  # bytes


def folder() -> str | None:
    """The folder in memory; None, which is the system's own choice, where there is none or it is small."""
    roomy = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM
    return str(_MEMORY) if roomy else None
