"""Installs the network guard in Python processes that tests start."""

import os

if os.environ.get("FRISTED_TESTS_STAY_HERE"):
    from tests.support import network

    network.install()

if os.environ.get("FRISTED_TESTS_CLOCK"):
    import moved_clock  # type: ignore[import-not-found]  # stands beside this file, on the path of that process

    moved_clock.install()
