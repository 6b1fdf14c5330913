"""A firm's bill of materials: what it builds into what, how much of it, and who supplies it.

Whose it is tells a column (firm, Firma, entreprise ...), else the mapping (`organisation: Alpha GmbH`), else the name
of the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from valuechain.model.batch import Batch, Fault, Place, Record, assemble, read_record
from valuechain.model.cells import Cell
from valuechain.model.errors import DataError
from valuechain.model.language import plural, say, term
from valuechain.model.names import normal_name
from valuechain.model.schema import KINDS
from valuechain.model.search import folded
from valuechain.sources.bill_columns import CALLED, ROLES, columns_by_role
from valuechain.sources.bill_structure import Use, cycles, form_of, read_uses
from valuechain.sources.cells.notation import read_notation
from valuechain.sources.cells.personal import is_personal
from valuechain.sources.delivery import Delivery
from valuechain.sources.reading import Reading
from valuechain.sources.tables.loose_tables import loose_tables, text
from valuechain.sources.tables.table import Row, Table

NAME = "bill-of-materials"

_TAKEN_FOR = term("bill of materials")
_QUANTITY = re.compile(r"([\d.,\s]*\d)\s*([^\W\d_][^\d]{0,9})")
Severity = Literal["refused", "warning"]

_IN_HOUSE = """
    in house; inhouse; make; own production; self; Eigenfertigung; Eigenproduktion; eigen; intern; interne
    fabrication interne; fabricación propia; producción propia; propio; produzione interna; interno
    produkcja własna; własny; własna; egen tillverkning; egen
"""
_IN_HOUSE_WORDS = frozenset(folded(word) for line in _IN_HOUSE.strip().splitlines() for word in line.split(";"))


def recognises(delivery: Delivery) -> bool:
    """Whether a table has columns for parts, for what they are built into, and for a quantity."""
    return any(_is_bill(table) for table in loose_tables(delivery))


def read(delivery: Delivery, reading: Reading) -> list[Batch]:
    """Return the parts, what is built into what, and who supplies it, as one batch.

    Parameters
    ----------
    delivery : Delivery
        Tables with the columns parent and child; or level (0, 1, 2) and part; or item number (1.2.3) and part.
        Further columns: names of parts, quantity, unit, supplier, and the firm whose bill it is.
    reading : Reading
        Source, and day of the rows. As `mapping`, YAML: `organisation` with the name or key of the firm, and any role
        of a column (parent, child, level, quantity, supplier ...) with the column that plays it.

    Returns
    -------
    One batch: capabilities in a chain called like the source, inputs of the firm's own, the suppliers by name and
    what they supply, and the firm's offers of what it builds.

    Raises
    ------
    DataError
        If no table is a bill of materials, or the mapping is none.
    """
    roles = _read_mapping(reading.mapping)
    bills = [(table, columns_by_role(table) | _named(table, roles)) for table in delivery.tables]
    bills = [(table, columns) for table, columns in bills if form_of(table, columns)]
    if not bills:
        what = say("{name} holds no bill of materials.", name=delivery.name)
        raise DataError(what, say("It needs columns for parent and child, level and part, or item number and part."))
    in_a_column = any("organisation" in _named(table, roles) for table, _ in bills)
    reader = _Reader(reading, "" if in_a_column else roles.get("organisation", ""))
    assumed: list[str] = []
    for table, columns in bills:
        assumed += [*table.assumed, *_columns_told(table, columns)]
        reader.read_table(table, columns)
    others = [table.title for table in delivery.tables if all(table is not bill for bill, _ in bills)]
    assumed += [say("{table} was left out: it is no bill of materials.", table=title) for title in others]
    assumed += reader.assumed()
    faults = [*(fault for table, _ in bills for fault in table.faults), *reader.faults]
    rows_read = sum(table.rows_read for table, _ in bills)
    files = dict.fromkeys(table.file for table, _ in bills)
    return [assemble(reading.source, _TAKEN_FOR, files, rows_read, reader.records, faults, assumed)]


@dataclass
class _Reader:
    """Turns rows into records, and keeps what is to be said about them."""

    reading: Reading
    told_firm: str
    names: dict[str, tuple[str, Place]] = field(default_factory=dict)
    amounts: dict[tuple[str, str, str], Place] = field(default_factory=dict)
    quantities: dict[Place, tuple[Cell, str]] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    suppliers: dict[str, str] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    without_parent: int = 0
    firms: set[str] = field(default_factory=set)

    def assumed(self) -> list[str]:
        """Say whose bill of materials it was taken for, and what every row was taken to mean."""
        told = sorted(self.firms - {self.reading.source})
        whose = [say("Whose bill of materials it is: {names}.", names=", ".join(told))] if told else []
        if self.reading.source in self.firms:
            what = say(
                "Taken for the bill of materials of {source}, the name of the source;"
                " no column and no mapping says it.",
                source=self.reading.source,
            )
            whose.append(what)
        made = plural(
            self.without_parent,
            "row names no parent; taken as what the firm makes.",
            "rows name no parent; taken as what the firm makes.",
        )
        return [
            *whose,
            say(
                "The firm offers what it builds; what goes into something else counts as for its own use, and what a"
                " supplier is named for as bought."
            ),
            say("Every part counts as essential: without it, what it is built into is not made."),
            *self.said,
            *([made] if self.without_parent else []),
        ]

    def read_table(self, table: Table, columns: Mapping[str, str]) -> None:
        """Read one bill of materials."""
        uses, faults = read_uses(table, columns, form_of(table, columns))
        self.faults += faults
        self._note_quantities(table, columns.get("quantity", ""))
        circles = cycles(uses)
        for use in uses:
            if circle := circles.get(use.row.place):
                why = say("The parts are built into each other in a circle: {parts}.", parts=" > ".join(circle))
                self._fault(use.row, columns["child"], why, say("Take out the row that is wrong."))
        uses = [use for use in uses if use.row.place not in circles]
        for use in uses:
            for role, part in (("child_name", use.part), ("parent_name", use.parent)):
                self._note_name(part, use.row, columns.get(role, ""))
        bought = {use.part for use in uses if self._suppliers(use, columns)}
        built = {use.parent for use in uses} - {""} - bought
        inner = {use.part for use in uses if use.parent}
        for use in uses:
            self._read_use(use, columns)
            for part in sorted({use.part, use.parent} & built):
                access = "own use" if part in inner else ""
                offer = {"organisation": self._firm(use.row, columns), "capability": part, "access": access}
                self._keep("offers", offer, use.row, columns)

    def _read_use(self, use: Use, columns: Mapping[str, str]) -> None:
        """Read the part of one row, what it goes into, and who supplies it."""
        firm = self._firm(use.row, columns)
        for part in (use.part, use.parent):
            if part or part is use.part:
                label = self.names[part][0] if part in self.names else part
                cells = {"id": part, "label": label, "chain": self.reading.source}
                self._keep("capabilities", cells, use.row, columns)
        if use.parent:
            quantity, unit = self.quantities.get(use.row.place, (None, ""))
            amount = {"quantity": quantity, "unit": text(use.row, columns.get("unit")) or unit}
            ends = {"from_capability": use.part, "to_capability": use.parent, "organisation": firm}
            self._note_twice(use, firm, columns)
            self._keep("inputs", {**ends, **amount, "essential": "yes"}, use.row, columns)
        elif "parent" in columns:
            self.without_parent += 1
        for supplier in self._suppliers(use, columns):
            id = self._organisation(supplier, use.row, columns)
            self._keep("supplies", {"supplier": id, "buyer": firm, "capability": use.part}, use.row, columns)

    def _firm(self, row: Row, columns: Mapping[str, str]) -> str:
        """The organisation whose bill of materials a row belongs to, as a reference."""
        name = text(row, columns.get("organisation")) or self.told_firm or self.reading.source
        self.firms.add(name)
        return self._organisation(name, row, columns)

    def _organisation(self, name: str, row: Row, columns: Mapping[str, str]) -> str:
        """The reference of an organisation by name, which is noted as one; a key stands for itself."""
        if ":" in name:
            return name
        id = folded(name).replace(" ", "_")
        self._keep("organisations", {"id": id, "name": self.suppliers.setdefault(id, name)}, row, columns)
        return id

    def _suppliers(self, use: Use, columns: Mapping[str, str]) -> list[str]:
        """Who supplies the part of a row; nobody where the firm makes it itself."""
        firm = folded(text(use.row, columns.get("organisation")) or self.told_firm or self.reading.source)
        names = (name.strip() for name in text(use.row, columns.get("supplier")).split(";"))
        return [name for name in names if name and folded(name) not in (*_IN_HOUSE_WORDS, firm)]

    def _note_quantities(self, table: Table, column: str) -> None:
        """Read the amounts of a column in its notation; a word behind a number is its unit."""
        if not column:
            return
        cells = table.column(column)
        apart = [_QUANTITY.fullmatch(cell.strip()) if isinstance(cell, str) else None for cell in cells]
        plain = [match[1] if match else cell for match, cell in zip(apart, cells, strict=True)]
        numbers, said = read_notation(KINDS["inputs"].field("quantity"), plain)
        units = [match[2] if match else "" for match in apart]
        where = say("{table}, column {column}", table=table.title, column=column)
        self.said += (f"{where}: {sentence}" for sentence in said)
        for row, number, unit in zip(table.rows, numbers, units, strict=True):
            self.quantities[row.place] = number, unit

    def _note_name(self, part: str, row: Row, column: str) -> None:
        name = text(row, column)
        if not part or not name:
            return
        first, place = self.names.setdefault(part, (name, row.place))
        if folded(first) != folded(name):
            why = say(
                "The part {part} is called {name!r} in row {row}; that name was kept.",
                part=part, name=first, row=place.row,
            )  # fmt: skip
            self._fault(row, column, why, say("Use one name for it, or another number."), "warning")

    def _note_twice(self, use: Use, firm: str, columns: Mapping[str, str]) -> None:
        first = self.amounts.setdefault((use.part, use.parent, firm), use.row.place)
        if first != use.row.place:
            why = say(
                "The same part goes into the same assembly in row {row}; the amounts are not added up.", row=first.row
            )
            self._fault(use.row, columns.get("quantity", ""), why, say("Write one row with the sum."), "warning")

    def _fault(self, row: Row, column: str, why: str, advice: str, severity: Severity = "refused") -> None:
        self.faults.append(Fault(row.place, column, text(row, column), why, advice, severity))

    def _keep(self, kind: str, cells: Mapping[str, Cell], row: Row, columns: Mapping[str, str]) -> None:
        cells = {**cells, "as_of": self.reading.as_of}
        record, faults = read_record(kind, self.reading.source, cells, row.place)
        fields = {"id": "child", "label": "child", "capability": "child", "from_capability": "child"}
        fields |= {"to_capability": "parent", "quantity": "quantity", "unit": "unit"}
        if kind == "organisations":
            fields |= {"id": "supplier", "name": "supplier"}
        self.faults += (replace(one, column=columns.get(fields.get(one.column, ""), one.column)) for one in faults)
        if record:
            self.records.append(record)


def _is_bill(table: Table) -> bool:
    columns = columns_by_role(table)
    return "quantity" in columns and bool(form_of(table, columns))


def _columns_told(table: Table, columns: Mapping[str, str]) -> Iterable[str]:
    """Say what the columns were taken for, and which were not taken in."""
    taken = ", ".join(
        say("{column!r} as {role}", column=column, role=say(CALLED[role])) for role, column in columns.items()
    )
    form = say(form_of(table, columns))
    yield say("{table}: taken by {form}; {columns}.", table=table.title, form=form, columns=taken)
    left = [column for column in table.columns if column not in columns.values()]
    if any(map(is_personal, left)):
        yield say(
            "{table}: columns that were not taken in: {columns}; they may tell of persons.",
            table=table.title, columns=", ".join(left),
        )  # fmt: skip
    elif left:
        yield say("{table}: columns that were not taken in: {columns}.", table=table.title, columns=", ".join(left))


def _read_mapping(mapping: str) -> dict[str, str]:
    """The roles that a mapping names, with the column or, for the firm, its name."""
    if not mapping:
        return {}
    import yaml

    try:
        told = yaml.safe_load(mapping)
    except yaml.YAMLError:
        told = None
    if not isinstance(told, dict) or not told.keys() <= ROLES.keys():
        what = say("The mapping does not fit a bill of materials.")
        advice = say("Write lines such as 'organisation: Alpha GmbH'. Known are: {roles}.", roles=", ".join(ROLES))
        raise DataError(what, advice)
    return {str(role): " ".join(str(column).split()) for role, column in told.items()}


def _named(table: Table, roles: Mapping[str, str]) -> dict[str, str]:
    """The columns of a table that a mapping names."""
    written = {normal_name(column): column for column in table.columns}
    return {role: written[normal_name(name)] for role, name in roles.items() if normal_name(name) in written}
