"""What the checks have in common: how a problem is told, and rows looked at once for each distinct content."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from valuechain.model.batch import Fault, Place, Record
from valuechain.model.language import listed, say

Told = dict[str, list[Record]]
"""The records of a delivery by kind."""

SHOWN = 5
"""Other rows named as evidence; of more the number is said."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with a field that is filled, why, and what to do about it."""

    field: str
    why: str
    advice: str


def warning(record: Record, problem: Problem) -> Fault:
    """Return a problem as a warning about the row that a record was read from."""
    value = record.values[problem.field]
    text = f"{value:.12g}" if isinstance(value, float) else str(value)
    return Fault(record.place, problem.field, text, problem.why, problem.advice, "warning")


def warnings(
    records: Sequence[Record], fields: tuple[str, ...], problems: Callable[..., Iterable[Problem]]
) -> Iterator[Fault]:
    """Yield what is wrong with records by the values of some of their fields; equal values are looked at once.

    Parameters
    ----------
    records : sequence of Record
        Of one kind.
    fields : tuple of str
        The fields whose values, None where empty, are the arguments of `problems`.
    problems : callable
        A pure function from these values to what is wrong with them.
    """
    columns = [[record.values.get(field) for record in records] for field in fields]
    found = {values: tuple(problems(*values)) for values in set(zip(*columns, strict=True))}
    if any(found.values()):
        for record, *values in zip(records, *columns, strict=True):
            for problem in found[tuple(values)]:
                yield warning(record, problem)


def words_for(places: Iterable[Place], seen_from: Place) -> str:
    """Return where other rows stand, seen from one of the delivery: "row 4", "rows 4, 7 and 9"."""
    rows = [_row(place, seen_from) for place in places]
    named = listed(rows, SHOWN)
    return say("row {row}", row=named) if len(rows) == 1 else say("rows {rows}", rows=named)


def _row(place: Place, seen_from: Place) -> str:
    if place.file != seen_from.file:
        return say("{row} of {file}", row=place.row, file=place.file)
    if place.sheet != seen_from.sheet:
        return say("{row} of sheet {sheet}", row=place.row, sheet=place.sheet)
    return str(place.row)
