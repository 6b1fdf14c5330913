"""Which source reads what a person hands over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from valuechain.model.batch import Batch
from valuechain.model.cells import read_cell
from valuechain.model.errors import DataError
from valuechain.model.language import say, term
from valuechain.model.schema import COMMON, KINDS
from valuechain.model.watching import tell
from valuechain.sources import bill_of_materials, chain_drawing, cordis, interview, listing, network, tabular
from valuechain.sources.delivery import Delivery, join_deliveries, open_delivery
from valuechain.sources.plausibility import with_warnings
from valuechain.sources.reading import Reading
from valuechain.sources.third_countries import with_iso_regions


class Source(Protocol):
    """What each file of this folder that reads one kind of files offers."""

    NAME: str
    """What `--as` calls it."""

    def recognises(self, delivery: Delivery) -> bool:
        """Whether this is for it."""
        ...

    def read(self, delivery: Delivery, reading: Reading) -> list[Batch]:
        """Return the batches of a delivery; `reading.source` is its name."""
        ...


SOURCES: tuple[Source, ...] = (interview, cordis, network, bill_of_materials, chain_drawing, listing, tabular)
"""The kinds of files that can be read; the first that recognises a delivery reads it."""

_TABLES = term("Bring CSV, JSON lines or a workbook (.xlsx, .xls, .ods), alone or in a folder or zip.")


def read(paths: Sequence[Path], reading: Reading | None = None) -> list[Batch]:
    """Read files into validated batches, ready to be stored.

    Parameters
    ----------
    paths : sequence of Path
        Files, folders or zips. Each is a delivery of its own; with a source named, all of them are one.
    reading : Reading, optional
        What is told about them.

    Returns
    -------
    One batch per delivery, and one more for each further source that rows name.

    Raises
    ------
    DataError
        If something is not there, cannot be read, or is not known here.
    """
    reading = reading or Reading()
    return read_deliveries(open_deliveries(paths, reading), reading)


def open_deliveries(paths: Sequence[Path], reading: Reading) -> list[Delivery]:
    """Return what lies at each path as a delivery of its own, or as one if a source is named. Raises DataError."""
    if reading.as_ and reading.as_ not in (*(one.NAME for one in SOURCES), *KINDS):
        raise DataError(say("{name} is not a kind of data known here.", name=repr(reading.as_)), _advice())
    _check_day(reading.as_of)
    return [join_deliveries(paths, reading.source)] if reading.source else [open_delivery(path) for path in paths]


def _check_day(as_of: str) -> None:
    try:
        read_cell(next(field for field in COMMON if field.name == "as_of"), as_of)
    except ValueError as problem:
        why, advice = problem.args
        raise DataError(f"{as_of!r}: {why}", advice) from None


def read_deliveries(deliveries: Iterable[Delivery], reading: Reading) -> list[Batch]:
    """Read deliveries into validated batches, see `read`."""
    batches: list[Batch] = []
    for one in deliveries:
        tell(0, 0)
        batches += source_of(one, reading).read(one, replace(reading, source=reading.source or one.name))
    return [with_warnings(with_iso_regions(batch), reading.today) for batch in batches]


def source_of(delivery: Delivery, reading: Reading) -> Source:
    """Return the source that reads a delivery: with a mapping, that of lists. Raises DataError if none does."""
    if reading.as_ in KINDS:
        return tabular
    if reading.mapping and not reading.as_:
        return listing
    for one in SOURCES:
        if reading.as_ == one.NAME or (not reading.as_ and one.recognises(delivery)):
            return one
    found = ", ".join(file.name for file in delivery.files)
    if not any(file.is_table for file in delivery.files):
        raise DataError(say("{files} is no table, nor are there tables in it.", files=found), say(_TABLES))
    what = say("{name} is not a kind of data known here. Found: {files}.", name=delivery.name, files=found)
    raise DataError(what, _advice())


def _advice() -> str:
    kinds = ", ".join((*(one.NAME for one in SOURCES), *KINDS))
    return say("Say what it holds with --as, one of: {kinds}.", kinds=kinds)
