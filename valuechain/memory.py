"""Remembers what took long to make."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

Kept = TypeVar("Kept")


class Memory(Generic[Kept]):
    """Keeps the `size` things that were asked for last. Safe to share between threads.

    Each thing is made once: who asks for it while it is being made waits for it, who asks for another does not.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, Future[Kept]] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return what is kept under `key`, or make it. What could not be made is not kept."""
        with self._lock:
            known = self._kept.get(key)
            kept = self._kept.setdefault(key, Future())
            self._kept.move_to_end(key)
            if len(self._kept) > self._size:
                self._kept.popitem(last=False)
        if known is None:
            try:
                kept.set_result(make())
            except BaseException as problem:
                with self._lock:
                    self._kept.pop(key, None)
                kept.set_exception(problem)
        return kept.result()
