"""What a person sees of files before they are imported: counts, columns, first rows, faults, what needs an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from valuechain.model.batch import ColumnMatch, Fault, Place, Record
from valuechain.model.errors import RefusedError
from valuechain.model.import_report import ImportReport
from valuechain.model.schema import KINDS
from valuechain.model.terms import TERM, written
from valuechain.web.mapping_form import Choice, choices
from valuechain.web.staging import Delivery, Told
from valuechain.web.words import number_words

SURE = 0.8
"""From this score on a column is used; below it, what it may be is proposed, and a person chooses."""

FIRST_FAULTS = 40
"""Faults shown on the page; the marked file has them all."""

Sure = Literal["sure", "choose", "kept", "left out"]


@dataclass(frozen=True)
class ColumnLook:
    """A column of a list: what it is taken for, how sure that is, and what else it could be taken for."""

    match: ColumnMatch
    sure: Sure
    groups: Sequence[tuple[str, Sequence[Choice]]]


@dataclass(frozen=True)
class RowLook:
    """One row: its number, the sheet or file, and the records it gives, each as its kind and its cells by field."""

    row: int
    sheet: str
    records: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True)
class Look:
    """What files would do.

    `reports` and `faults` are in the form of JSON; `refused` says why nothing can be taken in. `rows` are the first
    rows of each sheet as they will be stored.
    """

    files: tuple[str, ...]
    told: Told
    reports: tuple[dict[str, Any], ...]
    refused: RefusedError | None
    columns: tuple[ColumnLook, ...]
    rows: tuple[RowLook, ...]
    faults: tuple[dict[str, Any], ...]

    def total(self, name: str) -> int:
        """Return one of the counts, summed over all deliveries."""
        return sum(int(one[name]) for one in self.reports)

    @property
    def to_choose(self) -> int:
        """How many columns need an answer."""
        return sum(one.sure == "choose" for one in self.columns)

    @property
    def used(self) -> int:
        """How many columns are read as something."""
        return sum(one.sure == "sure" for one in self.columns)

    @property
    def to_look_at(self) -> int:
        """How many faults leave their row in, but look wrong."""
        return sum(one["severity"] == "warning" for one in self.faults)


def looked_at(delivery: Delivery, reports: Sequence[ImportReport], refused: RefusedError | None) -> Look:
    """Return what the files of a delivery would do, by their reports; `refused` where nothing can be taken in."""
    found = refused.faults if refused else tuple(fault for report in reports for fault in report.faults)
    return Look(
        tuple(path.name for path in delivery.paths),
        delivery.told,
        tuple(report.to_dict() for report in reports),
        refused,
        tuple(ColumnLook(one, _sure(one), choices(one.field)) for report in reports for one in report.columns),
        tuple(_rows(reports)),
        tuple(_by_its_header(fault.to_dict(), reports) for fault in sorted(found, key=_worst_and_first)),
    )


def _worst_and_first(fault: Fault) -> tuple[str, Place]:
    return fault.severity, fault.place


def _by_its_header(fault: dict[str, Any], reports: Sequence[ImportReport]) -> dict[str, Any]:
    """A fault that names a field of the schema, by the header of the column that it was read from."""
    headers = {one.field.rpartition(".")[2]: one.column for report in reports for one in report.columns if one.field}
    return {**fault, "column": headers.get(fault["column"], fault["column"])}


def _sure(match: ColumnMatch) -> Sure:
    if match.field:
        return "sure" if match.score >= SURE else "choose"
    return "kept" if match.first else "left out"


def _rows(reports: Sequence[ImportReport]) -> Iterator[RowLook]:
    """What the first rows of each sheet will say."""
    for report in reports:
        names = {one.key: called for one in report.first if KINDS[one.kind].names_things and (called := _called(one))}
        for place, records in groupby(report.first, key=lambda one: one.place):
            yield RowLook(place.row, place.sheet or place.file, tuple(_line(one, names) for one in records))


def _called(record: Record) -> str:
    return next((str(record.values[name]) for name in ("name", "label", "title") if name in record.values), "")


def _line(record: Record, names: Mapping[str, str]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The kind of a record, and its fields with their cells as people read them."""
    cells = []
    for field in KINDS[record.kind].fields:
        value = record.values.get(field.name)
        if value is None or field.name == "id":
            continue
        text = names.get(str(value)) or (number_words(value) if isinstance(value, float) else str(value))
        prefix = f"{record.values['source']}:" if field.refers else ""
        if text.startswith(f"{TERM}:"):
            text = written(text, record.extra)
        cells.append((field.name, text.removeprefix(prefix)))
    return record.kind, tuple(cells)
