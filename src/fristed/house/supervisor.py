"""Holds the key, starts the parts, starts a killed part again, ends them all."""

from __future__ import annotations

import multiprocessing
import signal
import socket
import time
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from types import FrameType

from fristed.house.configuration import ConfigurationError, Service
from fristed.house.parts import PORTS, Part, run

_fork = multiprocessing.get_context("fork")
_SHORT_LIFE = 2.0  # seconds; a part that ends sooner is started again only after a pause
_PAUSE = 1.0
_PATIENCE = 8.0  # seconds the parts have to end by themselves


class Supervisor:
    """`run()` blocks until SIGTERM or SIGINT. Never gives up on a part: a room may be full of people."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.ending = False
        self.parts: dict[Part, BaseProcess] = {}
        self.born: dict[Part, float] = {}

    def run(self) -> None:
        """Starts every part and stays until told to stop."""
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, self._end)
        for part in PORTS:
            self._start(part)
        try:
            while not self.ending:
                wait([process.sentinel for process in self.parts.values()], timeout=0.5)
                for part in [p for p, process in self.parts.items() if not process.is_alive()]:
                    self._again(part)
        finally:
            self._stop()

    def _start(self, part: Part) -> None:
        process = _fork.Process(target=_child, args=(part, self.service), name=f"fristed {part}")
        process.start()
        self.parts[part], self.born[part] = process, time.monotonic()

    def _again(self, part: Part) -> None:
        if self.ending:
            return
        print(f"{part} ended with code {self.parts[part].exitcode}; it is started again.", flush=True)
        if time.monotonic() - self.born[part] < _SHORT_LIFE:
            time.sleep(_PAUSE)
        self._start(part)

    def _stop(self) -> None:
        for process in self.parts.values():
            process.terminate()
        until = time.monotonic() + _PATIENCE
        for process in self.parts.values():
            process.join(max(0.0, until - time.monotonic()))
            if process.is_alive():
                process.kill()
                process.join()

    def _end(self, _sign: int, _frame: FrameType | None) -> None:
        self.ending = True


def refuse_taken_ports(service: Service) -> None:
    """Raises ConfigurationError when something else already listens where a part should."""
    for part, offset in PORTS.items():
        family = socket.AF_INET6 if ":" in service.address else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((service.address, service.port + offset))
            except OSError as error:
                raise ConfigurationError(
                    f"port is {service.port}: the {part} cannot listen on {service.address}:{service.port + offset} "
                    f"({error.strerror}). Choose another port; three in a row are used."
                ) from error


def _child(part: Part, service: Service) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    run(part, service)
