"""One table of organisations: what its columns are taken for, and what its rows say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import get_args

from valuechain.model.batch import ColumnMatch, Fault
from valuechain.model.cells import Cell
from valuechain.model.language import say, term
from valuechain.model.names import normal_name
from valuechain.model.schema import COMMON, KINDS
from valuechain.sources.cells.personal import PERSONS_STAY_OUTSIDE
from valuechain.sources.lists.listing_cells import Fields, Filled, countries_of, fill, fill_link
from valuechain.sources.lists.listing_names import Entry
from valuechain.sources.lists.mapping import CALLED, SURE, Column, match_columns
from valuechain.sources.lists.mapping_file import Mapping
from valuechain.sources.lists.mapping_headers import unit_of
from valuechain.sources.lists.mapping_signs import is_nothing
from valuechain.sources.lists.mapping_target import Target
from valuechain.sources.lists.survey_matrix import Matrix, Meaning, find_matrix
from valuechain.sources.tables.table import Row, Table, is_empty

_REMARK = re.compile(
    r"(?:quelle|stand|source|note|hinweis|anm|bemerkung|fuente|fonte|źródło|uwaga|källa|legende|legend)\b.*[: ]|[*¹²†]",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?:grand )?(?:totale?s?|totalt|sum|summ[ea]|suma|somme|gesamt|gesamtsumme|insgesamt|razem|ogółem)\W*",
    re.IGNORECASE,
)
_WHERE = ("city", "postcode", "country", "website", "vat")
_KNOWN = frozenset(field.name for kind in KINDS.values() for field in (*kind.fields, *COMMON))


@dataclass(frozen=True)
class Sheet:
    """A table of organisations with the mapping by which it is read."""

    table: Table
    mapping: Mapping = field(default_factory=Mapping)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """What each column is taken for, columns of a matrix too."""
        words = {name: matrix for matrix in self.matrices for name in matrix.columns}
        return tuple(_in_matrix(one, words[one.name]) if one.name in words else one for one in self._explained)

    @cached_property
    def matrices(self) -> tuple[Matrix, ...]:
        """The groups of columns with marks."""
        return tuple(self._find_matrices())

    @property
    def matches(self) -> tuple[ColumnMatch, ...]:
        """What each column is taken for, for people to see."""
        return tuple(column.match for column in self.columns)

    @property
    def is_list(self) -> bool:
        """Whether a column holds the names of organisations."""
        return self._filling(CALLED) is not None

    @property
    def name_column(self) -> str:
        """The column with the names of organisations."""
        column = self._filling(CALLED)
        return column.name if column else ""

    @cached_property
    def fields(self) -> list[Fields]:
        """Per row, the fields of its organisation that could be read."""
        constants: Fields = {"kind": self.mapping.row_kind} if self.mapping.row_kind else {}
        for _, target in self._used:
            constants |= dict(target.constants) if target.kind == "organisations" else {}
        found: list[Fields] = []
        for place in range(len(self.table.rows)):
            told = {name: value for filled in self._filled.values() for name, value in filled.fields[place].items()}
            found.append({**constants, **told})
        return found

    @cached_property
    def rows(self) -> list[tuple[int, Row]]:
        """The rows that name an organisation, each with its place among all."""
        return [(place, row) for place, row in enumerate(self.table.rows) if not self._refusal(place, row)]

    @cached_property
    def entries(self) -> list[Entry]:
        """What tells the organisations of `rows` from others."""
        title = self.table.title
        return [self._entry(place, title) for place, _ in self.rows]

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong: rows without a name are refused, cells that cannot be read are kept as they are."""
        yield from self.table.faults
        for matrix in self.matrices:
            yield from matrix.faults
        for place, row in enumerate(self.table.rows):
            if refusal := self._refusal(place, row):
                yield Fault(row.place, self.name_column, self._text(row), *refusal)
            else:
                yield from self._problems(row, place)

    def extras(self, place: int, row: Row, id: str, kinds: Collection[str]) -> dict[str, Cell]:
        """Return the cells of a row that are kept as extra properties, since no field takes them.

        `id` is that of its organisation, `kinds` are those of the records that the row makes.
        """
        kept = [column.name for column in self.columns if column.use == "keep" and column.name not in self._in_matrices]
        filled = (*self._filled.items(), *self.link_cells.items())
        kept += [name for name, one in filled if one.problems[place]]
        kept += [one.name for one, target in self._describing if target.kind not in kinds]
        if (column := self._filling("organisations.id")) and str(row.cells.get(column.name)).strip() != id:
            kept.append(column.name)
        cells = {name: row.cells.get(name) for name in dict.fromkeys(kept)}
        return {name if name not in _KNOWN else f"{name} (column)": cell for name, cell in cells.items()}

    def records(self, place: int) -> Iterator[tuple[Column, Target, Cell]]:
        """Yield the columns that make records of links, what they fill, and the cell of a row where it is filled."""
        for column, target in self._making:
            cell = self._cells(column.name)[place]
            if cell is not None:
                yield column, target, cell

    def separators_of(self, column: str) -> str:
        """Return the signs that separate words in the cells of a column, where the mapping says so."""
        return self._separators.get(normal_name(column), "")

    def beside(self, place: int, number: str, kind: str) -> Fields:
        """Return the fields that other columns give records of a kind: those of the same number, or without one."""
        found: Fields = {}
        for column, target in self._describing:
            if target.kind == kind and column.number in ("", number):
                found |= self.link_cells[column.name].fields[place]
        return found

    @property
    def assumed(self) -> Iterator[str]:
        """What was assumed about the columns, in sentences."""
        yield from self.table.assumed
        title = self.table.title
        if self.mapping.used:
            yield say("{table}: columns as in the import of {day}.", table=title, day=self.mapping.used)
        left = [column for column in self.columns if column.use == "leave out"]
        persons = [column for column in self.columns if column.use == "person"]
        kept = [column for column in self.columns if column.use == "keep" and column.name not in self._in_matrices]
        unsure = [(column.name, column.target.called) for column in kept if column.target]
        if persons:
            yield say(PERSONS_STAY_OUTSIDE, table=title, columns=_listed(persons))
        if left:
            yield say("{table}: left out: {columns}.", table=title, columns=_listed(left))
        for name, called in unsure:
            yield say(
                "{table}: {column} may be {field}, which is not sure; kept as an extra property.",
                table=title, column=repr(name), field=called,
            )  # fmt: skip
        if plain := [column for column in kept if not column.target]:
            yield say(
                "{table}: not known here, so kept as it stands: {columns}.",
                table=title,
                columns=_listed(plain),
            )
        for matrix in self.matrices:
            yield f"{title}: {matrix.why}"
        for name, filled in (*self._filled.items(), *self.link_cells.items()):
            where = say("{table}, column {column}", table=title, column=repr(name))
            yield from (f"{where}: {sentence}" for sentence in filled.said)
        yield from self._units()
        signs = Counter(" ".join(str(cell).split()) for _, cell in self._nothing)
        if signs:
            listed = ", ".join(repr(sign) for sign, _ in signs.most_common(5))
            count = sum(signs.values())
            yield say(
                "{table}: cells such as {cells} were read as empty: {count:,}.", table=title, cells=listed, count=count
            )

    def _entry(self, place: int, title: str) -> Entry:
        fields = self.fields[place]
        column = self._filling("organisations.id")
        cell = self._cells(column.name)[place] if column else None
        id_ = "" if is_empty(cell) or ":" in str(cell) else " ".join(str(cell).split())
        facts = {name: str(value) for name, value in fields.items() if name != "name"}
        return Entry(title, str(fields["name"]), id_, facts)

    def _refusal(self, place: int, row: Row) -> tuple[str, str] | None:
        """Why a row is no organisation, and what to do; None if it is one."""
        fields, text = self.fields[place], self._text(row)
        if not fields.get("name"):
            return say("The row names no organisation."), say("Fill in its name.")
        filled = [name for name, cell in row.cells.items() if not is_empty(cell)]
        if filled == [self.name_column] and _REMARK.match(text):
            return say("This looks like a remark below the table."), say("Delete it, or fill in more of the row.")
        is_last = place == len(self.table.rows) - 1
        if is_last and _TOTAL.fullmatch(text) and not any(fields.get(name) for name in _WHERE):
            return say("This looks like a row of totals."), say("Delete it, or say where the organisation is.")
        return None

    def _units(self) -> Iterator[str]:
        for column, target in self._used:
            unit = unit_of(column.name)
            if target.field.endswith("_eur") and unit.currency in ("", "EUR") and unit.scale != 1:
                yield say(
                    "{table}: {column} was read in units of {scale:,.0f} EUR.",
                    table=self.table.title, column=repr(column.name), scale=unit.scale,
                )  # fmt: skip

    def _problems(self, row: Row, place: int) -> Iterator[Fault]:
        for name, filled in (*self._filled.items(), *self.link_cells.items()):
            if problem := filled.problems[place]:
                why, advice = problem
                yield Fault(row.place, name, str(row.cells[name]), why, advice, "warning")

    @cached_property
    def _filled(self) -> dict[str, Filled]:
        """What each column that fills a field of organisations gives each row."""
        country = self._filling("organisations.country")
        countries = countries_of(self._cells(country.name) if country else [None] * len(self.table.rows))
        whole_town = self._filling("organisations.postcode") is None
        return {
            one.name: fill(one, target.field, self._cells(one.name), countries, whole_town)
            for one, target in self._used
            if target.kind == "organisations" and target.field != "id"
        }

    @cached_property
    def link_cells(self) -> dict[str, Filled]:
        """What each column that describes records of links gives them, per row."""
        return {one.name: fill_link(target, self._cells(one.name)) for one, target in self._describing}

    @cached_property
    def _used(self) -> list[tuple[Column, Target]]:
        return [(column, column.fills) for column in self.columns if column.fills]

    @cached_property
    def _making(self) -> list[tuple[Column, Target]]:
        return [(column, target) for column, target in self._used if target.makes_records]

    @cached_property
    def _separators(self) -> dict[str, str]:
        return {normal_name(name): signs for name, signs in self.mapping.separators.items()}

    @cached_property
    def _describing(self) -> list[tuple[Column, Target]]:
        links = [(column, target) for column, target in self._used if target.kind != "organisations"]
        return [(column, target) for column, target in links if not target.makes_records]

    @cached_property
    def _in_matrices(self) -> frozenset[str]:
        return frozenset(name for matrix in self.matrices for name in matrix.columns)

    @cached_property
    def _nothing(self) -> list[tuple[str, Cell]]:
        columns = ((column.name, self.table.column(column.name)) for column, _ in self._used)
        return [(name, cell) for name, cells in columns for cell in cells if is_nothing(cell)]

    def _cells(self, name: str) -> list[Cell]:
        """The cells of a column, None for those that are empty or say that there is nothing."""
        return self._without_nothing[name]

    @cached_property
    def _without_nothing(self) -> dict[str, list[Cell]]:
        return {
            one.name: [None if is_empty(cell) or is_nothing(cell) else cell for cell in self.table.column(one.name)]
            for one, _ in self._used
        }

    def _filling(self, name: str) -> Column | None:
        return next((column for column, target in self._used if target.name == name), None)

    def _text(self, row: Row) -> str:
        return str(row.cells.get(self.name_column) or "").strip()

    @cached_property
    def _explained(self) -> tuple[Column, ...]:
        return match_columns(self.table, self.mapping.columns)

    def _find_matrices(self) -> Iterator[Matrix]:
        """Find the matrices among columns that nothing explains; what the mapping says of their marks wins."""
        told = self.mapping.matrix
        free = [one.name for one in self._explained if one.use == "keep" and one.match.score < SURE]
        groups: list[tuple[Meaning | None, list[str]]] = [
            (meaning, [name for name in free if told.get(name) == meaning]) for meaning in get_args(Meaning)
        ]
        for meaning, group in [*groups, (None, [name for name in free if name not in told])]:
            names = group
            while names and (matrix := find_matrix(self.table, names)):
                yield replace(matrix, meaning=meaning) if meaning else matrix
                names = [name for name in names if name not in matrix.columns]


def _in_matrix(column: Column, matrix: Matrix) -> Column:
    field = {"supplies": "supplies.supplier"}.get(matrix.meaning, f"{matrix.meaning}.capability")
    why = say(_SAYS[matrix.meaning], what=repr(matrix.columns[column.name]))
    return replace(column, target=None, match=replace(column.match, field=field, score=SURE, why=why))


_SAYS = {
    "offers": term("holds marks: {what} is what the row's organisation offers"),
    "needs": term("holds marks: {what} is what the row's organisation needs"),
    "supplies": term("holds marks: {what} is what the row's organisation is supplied by"),
}


def _listed(columns: Sequence[Column]) -> str:
    return ", ".join(repr(column.name[:60]) for column in columns)
