"""The drawer: the records behind the number, row or finding that the address names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from valuechain.model.errors import NotFoundError
from valuechain.model.language import plural, say, separated
from valuechain.model.result import STATUS
from valuechain.model.stored import find_record
from valuechain.web.stored import sentence
from valuechain.web.words import RECORD_WORDS, column_words, is_percentage, number_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from valuechain.model.history import Snapshot
    from valuechain.model.result import RecordLine, Result, Table
    from valuechain.web.address import Address
    from valuechain.web.ask import Answer

SHOWN_RECORDS = 8
"""So many records fit a drawer; all of them are one link away."""


@dataclass(frozen=True)
class EvidenceLine:
    """One record in the drawer. `value` is what it holds for the number that was asked about, if it holds it itself."""

    id: str
    sentence: str
    what: str
    status: str
    file: str
    place: str
    as_of: str
    confidence: str
    import_: int
    source: str
    value: str


@dataclass(frozen=True)
class Drawer:
    """What the drawer shows: the figure under inspection, what it is, and the records it was taken from.

    `anchor` is the element that the drawer was opened from.
    """

    figure: str
    what: str
    anchor: str
    lines: tuple[EvidenceLine, ...]
    total: int
    opens_all: str
    closes: str

    @property
    def more(self) -> int:
        """How many records are not listed."""
        return self.total - len(self.lines)


def row_reference(table: str, row: int, column: str = "") -> str:
    """Return what the address calls a row of a table, or the number in one of its columns."""
    return ".".join(part for part in (table, str(row + 1), column) if part)


def open_drawer(answer: Answer, load: Callable[[], Snapshot], address: Address) -> Drawer | None:
    """Return the drawer that the address asks for, None if it asks for none; only for one records are loaded.

    Raises NotFoundError where the address names a number that is not (or no longer) there.
    """
    asked = address.option("evidence")
    if not asked:
        return None
    figure, what, anchor, evidence, column = _found(answer.result, asked)
    all_ = address.options.get("records") == "all"
    records = [answer.result.records[index] for index in evidence]
    shown = records if all_ else records[:SHOWN_RECORDS]
    snapshot = load()
    lines = [_line(one, answer, snapshot, column) for one in shown]
    return Drawer(
        figure,
        what,
        anchor,
        tuple(sorted(lines, key=lambda one: not one.value)),
        len(records),
        address.here(records="all") + f"#{anchor}",
        address.here(evidence=None, records=None) + f"#{anchor}",
    )


def _found(result: Result, asked: str) -> tuple[str, str, str, tuple[int, ...], str]:
    """Figure, explanation, element and records of what the address calls `asked`, and the column it stands in."""
    for finding in result.findings:
        if finding.id == asked:
            count = plural(len(finding.evidence), "record")
            return count, say("Behind the finding: {title}", title=finding.title), finding.id, finding.evidence, ""
    name, _, rest = asked.partition(".")
    number, _, column = rest.partition(".")
    table = next((one for one in result.tables if one.name == name), None)
    if table is None or not number.isdecimal() or not 0 < int(number) <= len(table.rows):
        raise NotFoundError(
            say("This page has no number “{asked}”.", asked=asked),
            say("Open the page anew and choose the number again."),
        )
    row = int(number) - 1
    figure, what = _figure(table, row, column)
    return figure, what, f"{name}-{number}", table.evidence[row], column


def _figure(table: Table, row: int, column: str) -> tuple[str, str]:
    """The number in a cell with its unit, or how many records a row rests on, and what that is."""
    cells = table.cells(row)
    subject = str(table.rows[row][0] or table.title)
    declared = next((one for one in table.columns if one.name == column), None)
    value = cells.get(column)
    if declared is None or declared.name == STATUS.name or not isinstance(value, int | float):
        return plural(len(table.evidence[row]), "record"), f"{subject}: {table.title}"
    if is_percentage(declared.name, declared.unit):
        figure = separated(value, ".0%")
    else:
        figure = f"{number_words(value)} {say(declared.unit) if declared.unit != '0..1' else ''}".strip()
    return figure, f"{column_words(column)}, {subject}. {say(declared.description)}."


def _line(line: RecordLine, answer: Answer, snapshot: Snapshot, column: str) -> EvidenceLine:
    record = find_record(snapshot, line.id, answer.result.graph.reader)
    value = record.values.get(column) if column else None
    return EvidenceLine(
        line.id,
        sentence(record, answer.graph),
        say(RECORD_WORDS[record.kind]),
        line.status,
        line.file,
        record.place,
        line.as_of or "",
        "" if line.confidence is None else number_words(line.confidence),
        line.import_,
        line.source,
        "" if value is None else str(value),
    )
