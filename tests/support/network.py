"""No test, and no server a test starts, reaches beyond this machine: Python refuses to connect.

`sitecustomize.py` beside this file installs the guard in every Python process a test starts.
"""

from __future__ import annotations

import ipaddress
import os
import sys
from pathlib import Path
from typing import Any

GUARD = "FRISTED_TESTS_STAY_HERE"
_GUARDED = (Path(__file__).parent / "guard", Path(__file__).parents[2])  # sitecustomize.py, and the way to this module
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


class LeftTheMachine(RuntimeError):
    """A connection to somewhere else was tried."""


def stay_here() -> None:
    """Refuses connections that leave this machine, in this process and in every Python it starts."""
    os.environ[GUARD] = "1"
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [*map(str, _GUARDED), os.environ.get("PYTHONPATH", "")]))
    install()


def install() -> None:
    """Refuses connections that leave this machine, in this process."""
    sys.addaudithook(_hook)


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if event != "socket.connect":
        return
    address = arguments[1]
    if isinstance(address, tuple) and not _is_here(str(address[0])):
        raise LeftTheMachine(f"a test tried to reach {address[0]}")


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in ("localhost", "")
