"""How far a long work is, told to whoever watches: they may stop it by raising CancelledError."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Progress = Callable[[int, int], None]
"""Is told how much is done, and how much there is in all. What it raises stops the work."""


def unwatched(done: int, total: int) -> None:
    """Watch nothing."""


_watcher: ContextVar[Progress] = ContextVar("watcher", default=unwatched)


@contextmanager
def watched(progress: Progress) -> Iterator[None]:
    """Let `progress` watch what is done in this context, without every function on the way passing it on."""
    before = _watcher.set(progress)
    try:
        yield
    finally:
        _watcher.reset(before)


def tell(done: int, total: int) -> None:
    """Tell whoever watches this context how far the work is; what they raise goes through."""
    _watcher.get()(done, total)
