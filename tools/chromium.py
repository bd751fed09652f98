"""Finds Chromium for the browser tests, or installs Debian's; says what to do where neither works."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    """Answers 0 when a Chromium is there."""
    if any(map(shutil.which, NAMES)):
        return 0
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing Chromium for the browser tests …")
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core"]
        subprocess.run(install, check=False, stdout=subprocess.DEVNULL)
    if any(map(shutil.which, NAMES)):
        return 0
    print("The browser tests need Chromium. On Debian and Ubuntu: apt install chromium", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
