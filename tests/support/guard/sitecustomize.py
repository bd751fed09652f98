"""Installs the network guard in Python processes that tests start."""

import importlib.util
import os
from pathlib import Path

if os.environ.get("FRISTED_TESTS_STAY_HERE"):
    source = Path(__file__).resolve().parent.parent / "network.py"
    spec = importlib.util.spec_from_file_location("fristed_network_guard", source)
    assert spec is not None and spec.loader is not None
    guard = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(guard)
    guard.install()

if os.environ.get("FRISTED_TESTS_CLOCK"):
    import moved_clock  # type: ignore[import-not-found]  # stands beside this file, on the path of that process

    moved_clock.install()
