"""Machine code from plain Python, cached by the hash of this package's sources so that it is never stale."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba  # type: ignore[import-untyped, unused-ignore]
from numba.core import config  # type: ignore[import-untyped, unused-ignore]

PACKAGE = Path(__file__).parents[1]
F = TypeVar("F", bound=Callable[..., Any])


def code_hash() -> str:
    """Hash of every Python source of the package: part of every output and the name of the cache."""
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(PACKAGE.rglob("*.py")):
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _kernel_hash() -> str:
    digest = hashlib.blake2b(digest_size=8)
    for folder in ("week", "twin"):
        for path in sorted((PACKAGE / folder).glob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _cache_folder() -> Path:
    home = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    return home / "fristed-forecast" / _kernel_hash()


config.CACHE_DIR = os.environ.get("NUMBA_CACHE_DIR") or str(_cache_folder())  # type: ignore[attr-defined, unused-ignore]


def compiled(function: F) -> F:
    """Compile on first use, without the interpreter's lock; no fast-math, so that sums keep their order."""
    return cast(F, numba.njit(cache=True, nogil=True, error_model="numpy")(function))


def inlined(function: F) -> F:
    """Compiled into whoever calls it: for small steps inside loops, where passing arrays costs more than the step."""
    return cast(F, numba.njit(inline="always", nogil=True, error_model="numpy")(function))
