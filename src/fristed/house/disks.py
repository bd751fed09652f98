"""Which disks a folder lies on, as Linux tells."""

from __future__ import annotations

import os
from pathlib import Path

_BLOCKS = Path("/sys/dev/block")


def disks_of(folder: Path) -> frozenset[str]:
    """The whole disks under a folder's file system, by name; where Linux knows none, the file system's own number.

    Follows partitions to their disk, and encrypted or combined volumes to the disks below them.
    """
    number = _existing(folder).stat().st_dev
    device = _BLOCKS / f"{os.major(number)}:{os.minor(number)}"
    if not device.exists():
        return frozenset({f"file system {number}"})
    return frozenset(_below(device.resolve()))


def _below(device: Path) -> set[str]:
    slaves = device / "slaves"
    under = [slave.resolve() for slave in slaves.iterdir()] if slaves.is_dir() else []
    if under:
        return set().union(*(_below(slave) for slave in under))
    return {device.parent.name if (device / "partition").exists() else device.name}


def _existing(folder: Path) -> Path:
    folder = folder.absolute()
    return folder if folder.exists() else _existing(folder.parent)
