"""The three processes of a running service, each a fork of the one that holds the key.

floor: every page and every act, one writer. bell: alarms to every screen. work: heavy pages, niced, reads only.
A fork shares what is already loaded, so a killed part is back at once, and the key never stands in an environment.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from django.conf import settings
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from fristed.house import crowd, logs
from fristed.house.configuration import Service
from fristed.house.connecting import only_reading
from fristed.house.front import Front

Part = Literal["floor", "bell", "work"]
PORTS: dict[Part, int] = {"floor": 0, "bell": 1, "work": 2}  # how far above the service's port each listens
_NICE = 10
_HEADERS_WITHIN = 10_000  # ms
_SWITCH = 0.0005  # seconds: how long the loop that reads requests waits for the thread that answers one
_YEAR = 365 * 24 * 3600
_PR_SET_PDEATHSIG = 1


def run(part: Part, service: Service) -> None:
    """Serves one part until told to stop. Runs in a process of its own."""
    die_with_parent()
    crowd.allow_many()
    multiprocessing.set_start_method("fork", force=True)  # the server forks its worker; the key stays in memory
    certificate = _file(service, service.certificate)
    key = _file(service, service.certificate_key)
    server = Server(
        part,
        address=service.address,
        port=service.port + PORTS[part],
        interface=Interfaces.ASGINL if part == "bell" else Interfaces.RSGI,
        http=HTTPModes.auto,
        websockets=False,
        blocking_threads=1,
        backlog=4096,
        backpressure=crowd.OPEN_FILES,
        http1_settings=HTTP1Settings(header_read_timeout=_HEADERS_WITHIN),
        log_level=LogLevels.error,
        workers_kill_timeout=3,
        ssl_cert=certificate,
        ssl_key=key,
        static_path_route=["/static"],
        static_path_mount=[settings.STATIC_ROOT],
        static_path_expires=_YEAR,
    )
    server.serve(target_loader=_loader(part, service), wrap_loader=False)


def die_with_parent() -> None:
    """Asks Linux to end this process when the one that made it ends: no part outlives the holder of the key."""
    parent = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def _loader(part: Part, service: Service) -> Callable[[], Any]:
    def load() -> Any:
        die_with_parent()
        sys.setswitchinterval(_SWITCH)
        logs.configure({})  # the server has set its own
        crowd.watch()
        if part == "bell":
            from fristed.house.bell import app

            return app
        if part == "work":
            os.nice(_NICE)
            settings.READ_ONLY = True
            only_reading(service)
        return Front(_threads(part, service))

    return load


def _threads(part: Part, service: Service) -> int:
    return service.floor_threads if part == "floor" and service.database else 1


def _file(service: Service, name: str) -> Path | None:
    return service.path(name) if name else None
