"""What work costs: seconds of processors and on the clock, memory of a process of its own, and how cost grows."""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np

Made = TypeVar("Made")


class Cost(NamedTuple):
    """Seconds of processors, all cores together, and seconds on the clock."""

    cpu: float
    wall: float


def cost_of(work: Callable[[], Made]) -> tuple[Cost, Made]:
    """Do some work once; return what it cost and what came of it."""
    cpu, wall = time.process_time(), time.perf_counter()
    made = work()
    return Cost(time.process_time() - cpu, time.perf_counter() - wall), made


def alone(function: Callable[..., Made], *arguments: Any) -> Made:
    """Return what a function of a module gives in a process of its own, so that its peak of memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(function, arguments)


def peak_memory() -> int:
    """Return the largest memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def growth(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    """Return the exponent e of seconds ~ size ** e, from the slope in logarithms; not a number for fewer than two."""
    if len(sizes) < 2:
        return float("nan")
    return float(np.polyfit(np.log(sizes), np.log(np.maximum(seconds, 1e-6)), 1)[0])


def show(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table: texts to the left, numbers to the right."""
    cells = [[_text(cell) for cell in row] for row in rows]
    widths = [max(len(line[place]) for line in (columns, *cells)) for place in range(len(columns))]
    print(f"\n{title}")
    for line in (columns, *cells):
        first, *others = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        print("  ".join((first, *(cell.strip().rjust(len(cell)) for cell in others))).rstrip(), flush=True)


def _text(cell: object) -> str:
    if isinstance(cell, float):
        return "" if cell != cell else f"{cell:.5f}" if abs(cell) < 0.1 else f"{cell:,.2f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
