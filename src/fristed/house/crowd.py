"""No address keeps more connections than the screens behind it need: beyond that the oldest are ended, once a second.

The server itself takes any number, whole requests or not. A screen whose connection is ended opens another at once.
"""

from __future__ import annotations

import os
import resource
import socket
import stat
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from threading import Thread

MOST = 512  # connections of one address: some eighty screens behind one door
LOOK = 0.5  # seconds
OPEN_FILES = 16_384

_OPEN = Path("/proc/self/fd")


def allow_many() -> None:
    """Lets this process open as many connections as the machine lets it, up to what is ever useful here."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    useful = OPEN_FILES if most == resource.RLIM_INFINITY else min(OPEN_FILES, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (useful, most))


def watch() -> None:
    """Watches this process's connections from a thread of its own, from here on."""
    Thread(target=_watch, name="crowd", daemon=True).start()


def _watch() -> None:
    born: dict[int, float] = {}
    while True:
        time.sleep(LOOK)
        if sum(1 for _ in _OPEN.iterdir()) > MOST:
            born = thin(born)


def thin(born: dict[int, float], most: int = MOST) -> dict[int, float]:
    """Ends the oldest connections of every address that has more than `most`; answers since when each is known."""
    here = time.monotonic()
    by_address: defaultdict[str, list[tuple[float, int]]] = defaultdict(list)
    known: dict[int, float] = {}
    for number in [int(entry.name) for entry in _OPEN.iterdir()]:
        with suppress(OSError), _peer(number) as end:
            inode, address = os.fstat(end.fileno()).st_ino, end.getpeername()[0]
            known[inode] = born.get(inode, here)
            by_address[address].append((known[inode], number))
    for connections in by_address.values():
        for _, number in sorted(connections)[: max(0, len(connections) - most)]:
            with suppress(OSError), _peer(number) as end:
                end.shutdown(socket.SHUT_RDWR)
    return known


def _peer(number: int) -> socket.socket:
    """A handle of our own on a network connection. Raises OSError when it is none, or no longer there."""
    if not stat.S_ISSOCK(os.fstat(number).st_mode):
        raise OSError("not a socket")
    end = socket.socket(fileno=os.dup(number))
    if end.family not in (socket.AF_INET, socket.AF_INET6):
        end.close()
        raise OSError("not from a network")
    return end
