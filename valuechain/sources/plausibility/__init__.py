"""What rows say that can hardly be so: warnings with their evidence, for every source. No record is changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from valuechain.model.batch import Batch, Fault
from valuechain.sources.plausibility import dates, figures, links, numbers, places
from valuechain.sources.plausibility.problem import Told


def with_warnings(batch: Batch, today: str) -> Batch:
    """Return a batch with a warning for each cell that contradicts another one, the law, or what is known of places.

    Parameters
    ----------
    batch : Batch
        Of any source.
    today : str
        ISO date; what is said to be known of later days is warned of.

    Returns
    -------
    The same records and faults, and the warnings after them. Each names the row, the field, the evidence, and what to
    do.
    """
    told: Told = {}
    for record in batch.records:
        told.setdefault(record.kind, []).append(record)
    return replace(batch, faults=(*batch.faults, *_warnings(told, today)))


def _warnings(told: Told, today: str) -> Iterator[Fault]:
    yield from places.check(told)
    yield from numbers.check(told)
    yield from figures.check(told)
    yield from dates.check(told, today)
    yield from links.check(told, today)
