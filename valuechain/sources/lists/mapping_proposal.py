"""What the program would take columns for, as a mapping file for people to correct; and what an import used."""

from __future__ import annotations

from collections.abc import Mapping as Pairs
from collections.abc import Sequence

from valuechain.model.language import say, term
from valuechain.sources.listing import read_sheets
from valuechain.sources.lists.listing_sheet import Sheet
from valuechain.sources.lists.mapping import Column
from valuechain.sources.lists.mapping_file import Mapping, quoted, shape
from valuechain.sources.lists.mapping_headers import KEEP, LEAVE_OUT
from valuechain.sources.reading import Reading
from valuechain.sources.tables.table import Table

_OPENING = (
    term(
        "How the columns of this list are read. Correct what is wrong behind the colons, then import with this file as "
        "mapping."
    ),
    term("A field is written as kind.field; `keep` makes a column an extra property, `leave out` does not read it."),
    term("Behind each # stands how sure the program is (0 to 1), and why."),
)


def proposal(tables: Sequence[Table], reading: Reading) -> str:
    """Return a mapping file (YAML) that says what each column of the lists among tables is taken for.

    Scores and reasons stand behind `#`. What is not sure is proposed in a comment and kept. Columns about persons stand
    in a comment, for they are never taken in. A column that stands in several tables is said once, as the first has it.
    Without a list among the tables, all of them are shown, so that a person can say which column holds the names.
    """
    sheets = read_sheets(tables, reading)
    lists = [sheet for sheet in sheets if sheet.is_list] or sheets
    first = {column.name: (sheet, column) for sheet in reversed(lists) for column in reversed(sheet.columns)}
    lines = [f"# {say(sentence)}\n" for sentence in _OPENING]
    for key, said in (("kind of row", "row_kind"), ("cluster", "cluster")):
        value = next((getattr(sheet.mapping, said) for sheet in lists if getattr(sheet.mapping, said)), "")
        lines.append(f"{key}: {quoted(value)}\n" if value else "")
    signs = {name: signs for sheet in lists for name, signs in sheet.mapping.separators.items()}
    matrix = {name: matrix.meaning for sheet in lists for matrix in sheet.matrices for name in matrix.columns}
    lines += _pairs("separators", signs) + _pairs("matrix", matrix)
    order = dict.fromkeys(column.name for sheet in lists for column in sheet.columns)
    lines += ["columns:\n", *(_line(first[name][1]) for name in order if name not in matrix)]
    return "".join(lines)


def used_mappings(tables: Sequence[Table], reading: Reading) -> list[Mapping]:
    """Return what the columns of each list among tables were taken for, to be remembered once the import is finished.

    Each mapping holds the shape of its table. Columns that were not sure stay open, and so do those about persons.
    """
    return [_used(sheet) for sheet in read_sheets(tables, reading) if sheet.is_list]


def _used(sheet: Sheet) -> Mapping:
    marked = {name for matrix in sheet.matrices for name in matrix.columns}
    settled = (one for one in sheet.columns if one.use != "person" and one.name not in marked)
    columns = {one.name: _said(one) for one in settled if one.fills or not one.target}
    mine = sheet.mapping
    matrix = {name: matrix.meaning for matrix in sheet.matrices for name in matrix.columns}
    there = {name: signs for name, signs in mine.separators.items() if sheet.separators_of(name)}
    return Mapping(columns, mine.row_kind, mine.cluster, there, matrix, shape(sheet.table))


def _said(column: Column) -> str:
    if column.use == "leave out":
        return LEAVE_OUT
    return str(column.fills) if column.fills else KEEP


def _line(column: Column) -> str:
    match = column.match
    if column.use == "person":
        return f"  # {quoted(column.name)}: {match.why}\n"
    maybe = say("perhaps {field}", field=column.target) + ": " if column.target and not column.fills else ""
    return f"  {quoted(column.name)}: {quoted(_said(column))}  # {match.score:.2f} {maybe}{match.why}\n"


def _pairs(key: str, pairs: Pairs[str, str]) -> list[str]:
    return [f"{key}:\n", *(f"  {quoted(name)}: {quoted(value)}\n" for name, value in pairs.items())] if pairs else []
