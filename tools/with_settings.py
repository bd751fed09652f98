"""Runs a tool with a throw-away service's settings, for tools that import Django: `with_settings.py mypy`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path


def main(command: list[str]) -> int:
    """Answers the tool's exit code."""
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "fristed.toml").write_text("")
        settings = {"FRISTED_HOME": home, "FRISTED_KEY": "00" * 32, "DJANGO_SETTINGS_MODULE": "fristed.house.settings"}
        beside = Path(sys.executable).parent / command[0]
        return subprocess.run([beside, *command[1:]], env=os.environ | settings, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
