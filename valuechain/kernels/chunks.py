"""Long loops over many nodes, cut into chunks that run side by side: the answer never depends on how many threads."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Part = TypeVar("Part")


Watch = Callable[[int, int], None]
"""Is told how much is done, and how much there is in all. What it raises stops the work."""


def unwatched(done: int, total: int) -> None:
    """Watch nothing."""


def in_chunks(
    work: Callable[[int, int], Part],
    count: int,
    size: int,
    watch: Watch = unwatched,
) -> list[Part]:
    """Return what `work(start, stop)` gives for 0..`count` in chunks of `size`, in that order.

    Kernels release the interpreter (`nogil`), so plain threads keep all cores busy; each chunk has buffers of its own
    and shares nothing, so the result is the same whatever the number of threads. Threads of numba's own are not used:
    its default layer ends the process when two requests meet in it.

    Parameters
    ----------
    work : callable
        Called with the bounds of a chunk; runs in any thread.
    count, size : int
        How many items there are, and how many make a chunk.
    watch : callable
        Called in the calling thread with (items done, `count`) after each chunk. What it raises goes through; chunks
        that have not begun are then left out.
    """
    starts = range(0, count, size)
    threads = max(1, min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1, len(starts)))
    parts: list[Part] = []
    with ThreadPoolExecutor(threads) as pool:
        waiting = [pool.submit(work, start, min(start + size, count)) for start in starts]
        try:
            for start, one in zip(starts, waiting, strict=True):
                parts.append(one.result())
                watch(min(start + size, count), count)
        except BaseException:
            for one in waiting:
                one.cancel()
            raise
    return parts
