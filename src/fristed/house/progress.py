"""Progress bars of the command line, on standard error: what a command prints can still be piped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from fristed.journal.backup.rows import Tick


@contextmanager
def bar(words: str, *, quiet: bool = False) -> Iterator[Tick]:
    """Inside, the answered function shows how much is done of how much. `words`: of what."""
    text = TextColumn("{task.completed:,.0f} of {task.total:,.0f} " + words)
    with Progress(BarColumn(), text, TimeRemainingColumn(), console=Console(stderr=True), disable=quiet) as progress:
        task = progress.add_task("", total=0)
        yield lambda done, total: progress.update(task, completed=done, total=total)
