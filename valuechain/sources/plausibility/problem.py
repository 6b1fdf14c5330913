"""What the checks have in common: how a problem is told, and rows looked at once for each distinct content."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from valuechain.model.batch import Fault, Place, Record

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
    shown = rows[:SHOWN] + ([f"{len(rows) - SHOWN} more"] if len(rows) > SHOWN else [])
    last = f" and {shown[-1]}" if len(shown) > 1 else ""
    return f"row{'s' * (len(rows) > 1)} {', '.join(shown[:-1] or shown)}{last}"


def _row(place: Place, seen_from: Place) -> str:
    elsewhere = "" if place.sheet == seen_from.sheet else f" of sheet {place.sheet}"
    return f"{place.row}{elsewhere if place.file == seen_from.file else f' of {place.file}'}"
