"""The records behind a result, gathered by where they come from, as an appendix on paper cites them."""

from __future__ import annotations

from dataclasses import dataclass

from valuechain.model.result import Result
from valuechain.model.schema import STATUSES


@dataclass(frozen=True)
class Source:
    """Rows of one kind and status in one file: which, and the newest day that any of them tells.

    `records` are their indexes in the result, `rows` their numbers in the file as people see them there.
    """

    name: str
    file: str
    kind: str
    status: str
    newest: str
    rows: tuple[int, ...]
    records: tuple[int, ...]


def sources_of(result: Result) -> list[Source]:
    """Return where the records of a result come from: the surest first, then by name of the source, file and kind."""
    found: dict[tuple[str, str, str, str], list[int]] = {}
    for index, one in enumerate(result.records):
        file = f"{one.file}, {one.sheet}" if one.sheet else one.file
        found.setdefault((one.status, one.source, file, one.kind), []).append(index)
    return [
        Source(
            name,
            file,
            kind,
            status,
            max(result.records[index].as_of or "" for index in records),
            tuple(sorted({result.records[index].row for index in records})),
            tuple(records),
        )
        for (status, name, file, kind), records in sorted(
            found.items(), key=lambda one: (STATUSES.index(one[0][0]), one[0][1:])
        )
    ]
