"""A PostgreSQL server of this machine's own system, which has the extensions that the bundled one lacks."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PLACES = ("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt")


def binaries() -> Path | None:
    """The newest server of the system that has amcheck (Debian: apt install postgresql-contrib), if there is one."""
    found = [path.parent for place in _PLACES for path in Path(place).glob("*/bin/pg_amcheck")]
    return max(found, default=None)


@contextmanager
def system_server(binaries: Path) -> Iterator[str]:
    """A fresh server with data checksums; its address without a database. A server never runs as root."""
    folder = Path(tempfile.mkdtemp(prefix="fristed-contrib-"))
    run = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
    if run:
        shutil.chown(folder, "postgres")
    data, options = folder / "data", f"-k {folder} -c listen_addresses= -c fsync=off"
    commands = [
        (binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "--data-checksums", "-E", "UTF8"),
        (binaries / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start"),
    ]
    for command in commands:
        subprocess.run([*run, *command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
    try:
        yield f"postgresql://postgres@/{{}}?host={folder}"
    finally:
        stop = [*run, binaries / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"]
        subprocess.run(stop, check=True, stdout=subprocess.DEVNULL, cwd=folder)
        shutil.rmtree(folder)
