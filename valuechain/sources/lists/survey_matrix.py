"""Surveys as a matrix: organisations in rows, capabilities or suppliers in columns, marks in the cells."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from valuechain.model.batch import Fault
from valuechain.model.cells import Cell
from valuechain.model.language import listed, say, term
from valuechain.sources.lists._marks import Mark, read_mark
from valuechain.sources.lists._matrix_headers import Meaning, meaning_of, names_suppliers, says_levels, words_of
from valuechain.sources.lists.mapping_signs import has_legal_form
from valuechain.sources.tables.table import Row, Table, is_empty

__all__ = ["LEAST_COLUMNS", "MOST_ODD", "Matrix", "Meaning", "find_matrix", "matrix_rows"]

LEAST_COLUMNS = 3
"""Columns of marks that make a matrix; one less does where a header or title says what they mean."""
MOST_ODD = 0.2
"""Share of the filled cells of a column that may be no marks; each is warned of."""

_SAYS: dict[Meaning, str] = {
    "offers": term("the row's organisation offers what the column names"),
    "needs": term("the row's organisation needs what the column names"),
    "supplies": term("the row's organisation is supplied by the one that the column names"),
}
_NO_CAPABILITY = re.compile(
    r"newsletter|export|ausbild|familien|interess|dsgvo|gdpr|datenschutz|consent|einwilligung|zustimm|mitglied|member|teilnahme|teilgenommen|attend|anwesend"
    r"|eingeladen|invited|zugesagt|\biso\s?\d|zertifi|certifi|\b(?:kmu|sme|pme|startup|start-up|active|aktiv|paid|bezahlt)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Matrix:
    """Columns of a table that are one matrix.

    `columns` maps each to the word that it stands for. `meaning` says what a mark means: the row's organisation offers
    or needs the word, or is supplied by the organisation of that name. `levels` are the columns whose numbers are
    readiness levels, `denying` those in which a no is said. `why` says in a sentence what was assumed; `faults` warn of
    cells that are no marks and were left out.
    """

    columns: Mapping[str, str]
    meaning: Meaning
    levels: frozenset[str]
    denying: Mapping[str, frozenset[str]]
    why: str
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class _Column:
    """A column that may belong to a matrix: its header, the word and group in it, its marks and what are none."""

    name: str
    word: str
    group: str
    meaning: Meaning | None
    marks: tuple[Mark, ...]
    odd: tuple[Fault, ...]

    @property
    def says_levels(self) -> bool:
        """Whether the header speaks of readiness levels."""
        return says_levels(self.name)

    @property
    def top(self) -> float:
        """The largest number that stands there without a word."""
        return max((mark.figure for mark in self.marks if mark.sort == "number"), default=0.0)

    @property
    def says_anything(self) -> bool:
        """Whether anybody says more there than no, or that he does not know."""
        return self.has("yes", "partly", "planned", "trl", "share") or self.top > 0

    def has(self, *sorts: str) -> bool:
        """Whether a mark of one of these sorts stands there."""
        return any(mark.sort in sorts for mark in self.marks)


def find_matrix(table: Table, columns: Sequence[str]) -> Matrix | None:
    """Return the first matrix among some columns of a table; None if they hold none.

    Parameters
    ----------
    table : Table
        Organisations in rows.
    columns : sequence of str
        Columns that nothing else explains, in order. Ask again with those left over: a table may hold what firms offer
        and what they need side by side.

    Notes
    -----
    A matrix is at least three columns, or two under a header that says what they mean, whose filled cells are marks: at
    least four of five; in one of them everybody may say no. Numbers up to 9 count where TRL is said or other marks
    stand beside them, else 0 and 1 alone. The meaning is that of the group header or of the words before or behind a
    colon, slash, dash or in brackets ("sucht: Laser", "Laser (Bedarf)"), else that of the sheet or file name; without
    any of them it is offers. A sheet called "suppliers" may list suppliers in its rows: it says so of columns alone
    that are mostly named with a legal form.
    Columns about consents, memberships, certificates and the like are no capabilities.
    """
    title = f"{table.sheet} {Path(table.file).stem}".replace("_", " ")
    groups: dict[tuple[Meaning | None, str], list[_Column]] = defaultdict(list)
    for name, word, group in words_of([name for name in columns if not _NO_CAPABILITY.search(name)]):
        meaning = meaning_of(group) or ("supplies" if names_suppliers(name) else None)
        column = _column(table, name, word, group, meaning)
        if column:
            groups[meaning, "" if meaning else group].append(column)
    for (meaning, _), found in groups.items():
        said = meaning or _said_above(title, found)
        least = LEAST_COLUMNS if said is None else LEAST_COLUMNS - 1
        telling = [column for column in found if _counts(column, said, title)]
        chosen = [column for column in found if column in telling or not column.says_anything]
        if len(chosen) >= least and len(telling) >= least - 1:
            return _matrix(chosen, said, title)
    return None


def matrix_rows(matrix: Matrix, row: Row) -> list[tuple[str, dict[str, Cell]]]:
    """Return what a row of a matrix says: each word with further fields of the record.

    These are `trl`, `share` (0..1, of supplies), `status` (planned), `holds` (no), and beside the schema `extent`
    (partly), `percent` (0..100, of offers and needs: of what is not said) and `remark`. An empty cell says nothing, and
    so does "no" in a column where nobody says yes, or a question mark.
    """
    told = []
    for column, word in matrix.columns.items():
        cell = row.cells.get(column)
        mark = None if is_empty(cell) else read_mark(cell)
        fields = _fields(matrix, column, mark) if mark else None
        if mark and fields is not None:
            told.append((word, {**fields, "remark": mark.remark} if mark.remark else fields))
    return told


def _fields(matrix: Matrix, column: str, mark: Mark) -> dict[str, Cell] | None:
    match mark.sort:
        case "yes":
            return {}
        case "partly":
            return {"extent": "partly"}
        case "planned":
            return {"status": "planned"}
        case "trl":
            return {"trl": int(mark.figure)}
        case "number" if mark.figure and column in matrix.levels:
            return {"trl": int(mark.figure)}
        case "number" if mark.figure:
            return {}
        case "share":
            if matrix.meaning == "supplies":
                return {"share": mark.figure}
            return {"percent": round(100 * mark.figure, 6)}
    return {"holds": "no"} if mark.sort in matrix.denying.get(column, ()) else None


def _said_above(title: str, columns: Sequence[_Column]) -> Meaning | None:
    meaning = meaning_of(title)
    firms = sum(has_legal_form(column.word) for column in columns)
    return None if meaning == "supplies" and 2 * firms < len(columns) else meaning


def _column(table: Table, name: str, word: str, group: str, meaning: Meaning | None) -> _Column | None:
    """The marks of a column; None if something else stands there, or nothing."""
    filled = [(row.place, row.cells[name]) for row in table.rows if not is_empty(row.cells.get(name))]
    read = [(place, cell, read_mark(cell)) for place, cell in filled]
    marks = tuple(mark for _, _, mark in read if mark)
    why, advice = say("This is no mark, so it was left out."), say("Write x, or what is meant in another column.")
    odd = tuple(Fault(place, name, str(cell), why, advice, "warning") for place, cell, mark in read if not mark)
    if len(odd) > MOST_ODD * len(filled) or not marks:
        return None
    return _Column(name, word, group, meaning, marks, odd)


def _counts(column: _Column, meaning: Meaning | None, title: str) -> bool:
    """Whether a column's marks say that it belongs to a matrix: three columns of shares or counts alone are none."""
    if column.has("yes", "partly", "planned", "trl"):
        return True
    if column.has("share"):
        return meaning is not None
    return column.top == 1 or (column.top > 1 and (column.says_levels or says_levels(title)))


def _matrix(columns: Sequence[_Column], said: Meaning | None, title: str) -> Matrix:
    meaning: Meaning = said or "offers"
    in_title = says_levels(title)
    levels = frozenset(one.name for one in columns if in_title or one.says_levels or one.top > 1)
    denying = {one.name: _denials(one, one.name in levels) for one in columns}
    guess = "" if said else " " + say("Nothing says so; name it in the headers otherwise, such as 'needs: lasers'.")
    why = say(
        "The columns {columns} hold marks. Taken to mean that {says}.{guess}",
        columns=listed([repr(one.name) for one in columns], 3),
        says=say(_SAYS[meaning]),
        guess=guess,
    )
    words = {one.name: one.word for one in columns}
    return Matrix(words, meaning, levels, denying, why, tuple(fault for one in columns for fault in one.odd))


def _denials(column: _Column, levels: bool) -> frozenset[str]:
    """The sorts of marks that say no in a column: none unless others say yes; a dash only where no word does."""
    if not column.has("yes", "partly", "planned") and (levels or column.top == 0):
        return frozenset()
    zeros = not levels and any(mark.sort == "number" and not mark.figure for mark in column.marks)
    if column.has("no") or zeros:
        return frozenset({"no"} | ({"number"} if zeros else set()))
    return frozenset({"dash"})
