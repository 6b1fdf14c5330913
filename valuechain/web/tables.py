"""Any table of a result, ready to be drawn: what is a link, what is a mark, what opens evidence, what is not shown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from valuechain.model.language import say, separated, term
from valuechain.model.search import find_organisation
from valuechain.report.words import code_words, decimals_of
from valuechain.report.words import shown as cell_words
from valuechain.web.ask import Answer, made_up_keys, market_keys
from valuechain.web.evidence import row_reference
from valuechain.web.words import STATE_WORDS, column_words, is_percentage, number_words

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph
    from valuechain.model.result import Cell, Column, Table
    from valuechain.web.address import Address

Look = Literal["text", "number", "status", "state", "severity", "stage"]
"""How a cell is drawn: as text (the names of organisations in it become links), as a number, or as one of the marks."""

_MARKS: dict[str, Look] = {"status": "status", "state": "state", "severity": "severity", "stage": "stage"}
_LONG_TEXT, _LOOKED_AT = 90, 200
"""From so many letters on a text in one of the first rows is a sentence."""

_RECORD = re.compile(r"\d+-\d+")

_UNIT_WORDS = {"0..1": "", "1..9": term("1 to 9")}

_CAPABILITIES = ("capability", "input", "lacking", "market")
"""Columns whose name says that they hold a capability."""


@dataclass(frozen=True)
class Head:
    """The head of a column. `sorted` is ascending, descending or empty; `sorts` the link that sorts by it.

    `long` says that its texts are sentences, which want room.
    """

    name: str
    label: str
    unit: str
    description: str
    look: Look
    sorted: str
    sorts: str
    long: bool


@dataclass(frozen=True)
class CellView:
    """One cell. An empty `text` of a number means that nobody knows it.

    `status` is the row's, `link` leads to the thing that is named, `evidence` opens the records behind a number.
    """

    name: str
    look: Look
    label: str
    text: str
    status: str
    link: str
    made_up: bool
    evidence: str
    picked: bool


@dataclass(frozen=True)
class RowView:
    """One row with its cells, the first of which is its heading. `records` counts what it rests on."""

    anchor: str
    cells: tuple[CellView, ...]
    records: int
    reference: str
    evidence: str
    picked: bool

    @property
    def by_name(self) -> dict[str, CellView]:
        """The cells by the name of their column."""
        return {one.name: one for one in self.cells}


@dataclass(frozen=True)
class TableView:
    """A table as a page shows it. `total` counts all rows; `shows_all` is the link that shows the rest."""

    name: str
    title: str
    heads: tuple[Head, ...]
    rows: tuple[RowView, ...]
    total: int
    cut: int
    shows_all: str
    stacked: bool
    filtered: bool

    @property
    def picked(self) -> bool:
        """Whether the evidence of one of its rows is open."""
        return any(row.picked for row in self.rows)

    @property
    def hidden(self) -> int:
        """How many rows are one link away."""
        return self.total - len(self.rows)


def table_view(
    answer: Answer,
    table: Table,
    address: Address,
    *,
    columns: Sequence[str] = (),
    first: int = 25,
    rows: Sequence[int] | None = None,
) -> TableView:
    """Prepare a table for a page.

    Parameters
    ----------
    answer : Answer
        Whose table it is.
    table : Table
        The table.
    address : Address
        Where the reader is: says how to sort, what evidence is open, and whether all rows are wanted.
    columns : sequence of str
        Names of the columns to show, in order; empty shows all but those that say in every row whom the question is
        about. Columns of keys are never shown.
    first : int
        So many rows are shown until the reader asks for all.
    rows : sequence of int, optional
        Positions of the rows to show; all by default.
    """
    shown = _shown_columns(answer, table, columns)
    order = _order(table, range(len(table.rows)) if rows is None else rows, address)
    wants_all = table.name in address.option("show").split(",")
    visible = order if wants_all or len(order) <= first + 2 else order[:first]
    drawer = address.option("evidence")
    also = ",".join(part for part in (address.option("show"), table.name) if part)
    numbers = sum(look_of(column) == "number" for column in shown)
    decimals = dict(zip((column.name for column in table.columns), decimals_of(table), strict=True))
    return TableView(
        table.name,
        table.title,
        tuple(_head(column, table, address) for column in shown),
        tuple(_row(answer, table, shown, decimals, row, address, drawer) for row in visible),
        len(order),
        table.cut,
        address.here(show=also) + f"#t-{table.name}",
        numbers <= len(shown) / 2,
        rows is not None,
    )


def look_of(column: Column) -> Look:
    """Return how the cells of a column are drawn."""
    if column.name in _MARKS:
        return _MARKS[column.name]
    return "number" if column.type in ("integer", "number") else "text"


def thing_link(column: str, key: str, graph: ValueGraph, address: Address) -> str:
    """Return the page about the thing that a key names, empty where there is none.

    A key may name both an organisation and a capability; the name of its column tells which.
    """
    capability = graph.positions["capabilities"].get(key)
    if key in graph.positions["organisations"] and not (column in _CAPABILITIES and capability is not None):
        return address.check(key)
    if capability is not None:
        return "" if key in graph.once(market_keys) else address.to("/gaps", capability=key)
    if key in graph.region_labels:
        return address.to(f"/regions/{key}")
    return address.to(f"/records/{key}") if _RECORD.fullmatch(key) else ""


def _shown_columns(answer: Answer, table: Table, wanted: Sequence[str]) -> list[Column]:
    columns = [column for column in table.columns if column.type != "key"]
    if not wanted:
        subject = _subject(answer)
        return [column for column in columns if not subject or _keys(table, column) != {subject}]
    by_name = {column.name: column for column in columns}
    return [by_name[name] for name in wanted if name in by_name]


def _subject(answer: Answer) -> str:
    """The key of the organisation that the question is about, empty where it is about no single one."""
    subject = find_organisation(answer.graph, answer.options.get("organisation", ""))
    return "" if subject is None else str(answer.graph["organisations"]["key"].iloc[subject])


def _keys(table: Table, column: Column) -> set[Cell]:
    """The keys of what a column names, if it has a column of keys."""
    name = f"{column.name}_key"
    return set(table.column(name)) if name in (one.name for one in table.columns) else set()


def _order(table: Table, rows: Sequence[int], address: Address) -> list[int]:
    """The rows as the address sorts them; what is not known comes last."""
    by, descending = _sorting(table, address)
    names = [column.name for column in table.columns]
    if by not in names:
        return list(rows)
    place = names.index(by)
    known = [row for row in rows if table.rows[row][place] is not None]
    unknown = [row for row in rows if table.rows[row][place] is None]
    return sorted(known, key=lambda row: _sortable(table.rows[row][place]), reverse=descending) + unknown


def _sortable(cell: Cell) -> tuple[float, str]:
    return (cell, "") if isinstance(cell, int | float) else (0.0, str(cell).casefold())


def _sorting(table: Table, address: Address) -> tuple[str, bool]:
    """The column that the address sorts this table by, and whether from the largest down."""
    name, _, column = address.option("sort").partition(".")
    return (column.removeprefix("-"), column.startswith("-")) if name == table.name else ("", False)


def _head(column: Column, table: Table, address: Address) -> Head:
    by, descending = _sorting(table, address)
    look = look_of(column)
    downward = not descending if by == column.name else look == "number"
    return Head(
        column.name,
        column_words(column.name),
        _unit(column),
        say(column.description),
        look,
        ("descending" if descending else "ascending") if by == column.name else "",
        address.here(sort=f"{table.name}.{'-' if downward else ''}{column.name}") + f"#t-{table.name}",
        max((len(str(cell)) for cell in table.column(column.name)[:_LOOKED_AT]), default=0) > _LONG_TEXT,
    )


def _unit(column: Column) -> str:
    """What the numbers of a column count in, unless its label says it."""
    unit = "%" if is_percentage(column.name, column.unit) else say(_UNIT_WORDS.get(column.unit, column.unit))
    return "" if unit.lower() in column_words(column.name).lower() else unit


def _row(
    answer: Answer,
    table: Table,
    columns: Sequence[Column],
    decimals: Mapping[str, int | None],
    row: int,
    address: Address,
    drawer: str,
) -> RowView:
    cells = table.cells(row)
    count = len(table.evidence[row])
    reference = row_reference(table.name, row)
    anchor = f"{table.name}-{row + 1}"

    def opens(reference: str) -> str:
        return address.here(evidence=reference, records=None) + f"#{anchor}" if count else ""

    def view(column: Column) -> CellView:
        look = look_of(column)
        if look == "state" and cells[column.name] not in STATE_WORDS:
            look = "text"
        numeric = look == "number"
        own = row_reference(table.name, row, column.name)
        key = cells.get(f"{column.name}_key")
        return CellView(
            column.name,
            look,
            ", ".join(part for part in (column_words(column.name), _unit(column) if numeric else "") if part),
            _text(cells[column.name], column, look, decimals[column.name]),
            str(cells.get("status") or ""),
            thing_link(column.name, str(key), answer.graph, address) if key else "",
            key in answer.graph.once(made_up_keys),
            opens(own) if numeric and cells[column.name] is not None else "",
            drawer == own,
        )

    picked = drawer == reference or drawer.startswith(f"{reference}.")
    return RowView(anchor, tuple(view(column) for column in columns), count, reference, opens(reference), picked)


def _text(cell: Cell, column: Column, look: Look, decimals: int | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return say("yes") if cell else say("no")
    if isinstance(cell, int | float):
        percentage = is_percentage(column.name, column.unit)
        return separated(100 * cell, ".0f") if percentage else number_words(cell, decimals)
    if column.type in ("date", "datetime"):
        return cell_words(column, cell)
    return code_words(column.name, cell) if look == "text" else cell
