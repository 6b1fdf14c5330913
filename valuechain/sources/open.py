"""Which source reads what a person hands over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from valuechain.model.batch import Batch
from valuechain.model.cells import read_cell
from valuechain.model.errors import DataError
from valuechain.model.schema import COMMON, KINDS
from valuechain.sources import cordis, tabular
from valuechain.sources.delivery import Delivery, join_deliveries, open_delivery


class Source(Protocol):
    """What each file of this folder that reads one kind of files offers."""

    NAME: str
    """What `--as` calls it."""

    def recognises(self, delivery: Delivery) -> bool:
        """Whether this is for it."""
        ...

    def read(self, delivery: Delivery, source: str, as_of: str = "") -> list[Batch]:
        """Return the batches of a delivery."""
        ...


SOURCES: tuple[Source, ...] = (cordis, tabular)
"""The kinds of files that can be read; the first that recognises a delivery reads it."""

_ADVICE = f"Say what it holds with --as, one of: {', '.join((*(one.NAME for one in SOURCES), *KINDS))}."
_TABLES = "Bring CSV files or an .xlsx workbook, alone or in a folder or zip; save other workbooks as .xlsx."


def read(paths: Sequence[Path], as_: str = "", source: str = "", as_of: str = "") -> list[Batch]:
    """Read files into validated batches, ready to be stored.

    Parameters
    ----------
    paths : sequence of Path
        Files, folders or zips. Each is a delivery of its own; with `source`, all of them are one.
    as_ : str
        What they hold, where it cannot be told: the name of a source (`cordis`, `tabular`) or of a record kind.
    source : str
        Name of the delivery; empty means the name of the folder, zip, workbook or file.
    as_of : str
        ISO date on which the data hold, for sources whose files do not say so themselves.

    Returns
    -------
    One batch per delivery, and one more for each further source that rows name.

    Raises
    ------
    DataError
        If something is not there, cannot be read, or is not known here.
    """
    if as_ and as_ not in (*(one.NAME for one in SOURCES), *KINDS):
        raise DataError(f"{as_!r} is not a kind of data known here.", _ADVICE)
    _check_day(as_of)
    deliveries = [join_deliveries(paths, source)] if source else [open_delivery(path) for path in paths]
    return [batch for one in deliveries for batch in _read(one, as_, source or one.name, as_of)]


def _check_day(as_of: str) -> None:
    try:
        read_cell(next(field for field in COMMON if field.name == "as_of"), as_of)
    except ValueError as problem:
        why, advice = problem.args
        raise DataError(f"{as_of!r}: {why}", advice) from None


def _read(delivery: Delivery, as_: str, source: str, as_of: str) -> list[Batch]:
    if as_ in KINDS:
        return tabular.read(delivery, source, as_of, kind=as_)
    for one in SOURCES:
        if as_ == one.NAME or (not as_ and one.recognises(delivery)):
            return one.read(delivery, source, as_of)
    found = ", ".join(file.name for file in delivery.files)
    if not any(file.is_table for file in delivery.files):
        raise DataError(f"{found} is no table, nor are there tables in it.", _TABLES)
    raise DataError(f"{delivery.name} is not a kind of data known here. Found: {found}.", _ADVICE)
