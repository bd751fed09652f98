"""The forecast's own process: started when first asked, niced, one line of JSON to and fro.

The house does not import the forecast, it asks it; where it is not installed, the page says so.
"""

from __future__ import annotations

import atexit
import importlib.util
import json
import os
import subprocess
import sys
import threading
from typing import Any

_COMMAND = (sys.executable, "-m", "fristed_forecast.answering")
_NEEDED = ("fristed_forecast", "numba", "scipy")
_NICE = 10
_ALLOWED = ("PATH", "HOME", "LANG", "XDG_CACHE_HOME", "NUMBA_CACHE_DIR")  # no key of the house among them


class Engine:
    """The process, and one question at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None

    def ask(self, **asked: Any) -> dict[str, Any]:
        """An answer; `state` says which kind it is. A process that has died is started again."""
        if not all(importlib.util.find_spec(name) for name in _NEEDED):
            return {"state": "absent"}
        with self._lock:
            if self._process is not None and self._process.poll() is not None:
                self._let_go(self._process)
            if self._process is None:
                self._process = _started()
            return _exchange(self._process, asked)

    def end(self) -> None:
        """Ends the process, if there is one."""
        with self._lock:
            if self._process is not None:
                self._process.kill()
                self._let_go(self._process)

    def _let_go(self, process: subprocess.Popen[str]) -> None:
        process.communicate()  # closes both pipes
        self._process = None


def _started() -> subprocess.Popen[str]:
    environment = {name: os.environ[name] for name in _ALLOWED if name in os.environ}
    return subprocess.Popen(
        ("nice", "-n", str(_NICE), *_COMMAND), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True, env=environment,
    )  # fmt: skip


def _exchange(process: subprocess.Popen[str], asked: dict[str, Any]) -> dict[str, Any]:
    assert process.stdin is not None and process.stdout is not None
    try:
        process.stdin.write(json.dumps(asked) + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
    except BrokenPipeError:
        line = ""
    return dict(json.loads(line)) if line else {"state": "gone"}


engine = Engine()
atexit.register(engine.end)
