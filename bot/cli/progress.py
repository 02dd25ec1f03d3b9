"""Progress bar of a long command, shown on terminals only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["ShowProgress", "bar"]

ShowProgress = Callable[[str, int, int | None], None]
"""Told what is done, how much of it, and how much there is if that is known."""


@contextmanager
def bar() -> Iterator[ShowProgress]:
    """A bar on stderr, if that is a terminal; it is gone when the command is done."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=None)
        yield lambda what, done, total: progress.update(
            task, description=what.capitalize(), completed=done, total=total
        )
