"""Lists of organisations as people keep them: one row per firm, columns in any language and order.

Columns are matched with fields by their headers and cells (see `mapping`), or by what a mapping says. A row gives one
organisation and what else it tells: offers, needs, partners, clusters, sectors, markets, projects, owners.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from valuechain.model.batch import Batch, Fault, Record, assemble, read_record
from valuechain.model.errors import DataError
from valuechain.model.language import say, term
from valuechain.model.names import normal_name
from valuechain.sources.delivery import Delivery
from valuechain.sources.lists.listing_links import Links, Told
from valuechain.sources.lists.listing_names import directory
from valuechain.sources.lists.listing_sheet import Sheet
from valuechain.sources.lists.mapping import CALLED, GENERAL
from valuechain.sources.lists.mapping_file import Mapping, read_mapping, recall, shape
from valuechain.sources.lists.mapping_target import LINKS, Target
from valuechain.sources.lists.mapping_values import evidence, sample
from valuechain.sources.lists.survey_matrix import matrix_rows
from valuechain.sources.reading import Reading
from valuechain.sources.tables.loose_tables import loose_tables
from valuechain.sources.tables.table import Row, Table

NAME = "listing"
LIST = term("list of organisations")
"""What a list is taken for."""

_TELL_LITTLE = frozenset(
    f"organisations.{field}"
    for field in ("id", "name", "description", "kind", "as_of", "country", "region", "postcode", "city", "lat", "lon")
)
"""Fields that other things than organisations have too."""


def recognises(delivery: Delivery) -> bool:
    """Whether a table of a delivery surely lists organisations.

    A column must name them, and more than the general word "name" must say so: its own header, legal forms of firms
    below it, or another column that surely fills a field which mainly organisations have.
    """
    return any(_is_surely_list(Sheet(table)) for table in loose_tables(delivery))


def read(delivery: Delivery, reading: Reading) -> list[Batch]:
    """Return the records of the lists in a delivery as one batch.

    Parameters
    ----------
    delivery : Delivery
        Files with tables; each table with a column of names is read, others are left out and said.
    reading : Reading
        The source, the day of rows that tell none, a mapping, and the folder of mappings used before.

    Returns
    -------
    One batch, with what each column was taken for. Each row is stored or refused; a cell that cannot fill its field
    is kept as an extra property, with a warning.

    Raises
    ------
    DataError
        If nothing is there to read, no column names organisations, or the mapping does not fit.
    """
    sheets = read_sheets(delivery.tables, reading)
    lists = [sheet for sheet in sheets if sheet.is_list]
    if not lists:
        raise _no_names(delivery, sheets)
    if not any(sheet.table.rows_read for sheet in lists):
        what = say("{name} holds no rows below its headers.", name=delivery.name)
        raise DataError(what, say("Fill in rows, then import again."))
    known = directory([entry for sheet in lists for entry in sheet.entries])
    links = Links(known, reading.source)
    ids = iter(known.ids)
    records: list[Record] = []
    faults = [fault for sheet in lists for fault in sheet.faults()]
    for sheet in lists:
        for place, row in sheet.rows:
            found, problems = _read_row(sheet, place, row, next(ids), links, reading)
            records += found
            faults += problems
    assumed = [sentence for sheet in lists for sentence in sheet.assumed]
    assumed += [
        say("{table} was left out: no column names organisations.", table=one.table.title)
        for one in sheets
        if not one.is_list
    ]
    assumed += [*known.said, *links.said]
    if not any("as_of" in record.values for record in records):
        what = say("The list does not tell of which day it is, so its rows count as oldest unless a day is given.")
        assumed.append(what)
    files = dict.fromkeys(sheet.table.file for sheet in lists)
    rows_read = sum(sheet.table.rows_read for sheet in lists)
    batch = assemble(reading.source, LIST, files, rows_read, records, faults, assumed)
    return [replace(batch, columns=tuple(match for sheet in sheets for match in sheet.matches))]


def read_sheets(tables: Sequence[Table], reading: Reading) -> list[Sheet]:
    """Return the tables, each with the mapping that is said, else that was used for its shape before, else none.

    Raises DataError if the mapping that is said names a column that no table has.
    """
    if not reading.mapping:
        folder = reading.remembered
        kept = ((table, recall(folder, shape(table)) if folder else None) for table in tables)
        return [Sheet(table, mapping or Mapping()) for table, mapping in kept]
    said = read_mapping(reading.mapping)
    there = {normal_name(column) for table in tables for column in table.columns}
    for column in (*said.columns, *said.separators, *said.matrix):
        if normal_name(column) not in there:
            found = ", ".join(column for table in tables for column in table.columns)
            what = say("The mapping names a column {column} that is not there.", column=repr(column))
            raise DataError(what, say("The columns found are: {columns}.", columns=found))
    return [Sheet(table, replace(said, used="")) for table in tables]


def _is_surely_list(sheet: Sheet) -> bool:
    if not sheet.is_list or normal_name(sheet.name_column) not in GENERAL:
        return sheet.is_list
    if any(column.fills and column.fills.name not in _TELL_LITTLE for column in sheet.columns):
        return True
    return evidence(CALLED, sample(sheet.table.column(sheet.name_column))) > 0


def _no_names(delivery: Delivery, sheets: Sequence[Sheet]) -> DataError:
    if not sheets:
        return DataError(say("{name} holds no tables.", name=delivery.name), say("Bring a workbook or CSV files."))
    columns = ", ".join(column for sheet in sheets for column in sheet.table.columns)
    what = say(
        "No column of {name} surely names organisations. The columns found are: {columns}.",
        name=delivery.name, columns=columns,
    )  # fmt: skip
    example = f"`columns: {{Column: {CALLED}}}`"
    return DataError(what, say("Say which with a mapping, such as {example}.", example=example))


def _read_row(
    sheet: Sheet, place: int, row: Row, id: str, links: Links, reading: Reading
) -> tuple[list[Record], list[Fault]]:
    """The records that one row makes, and what is wrong with it."""
    fields = sheet.fields[place]
    told = list(_tell(sheet, place, row, id, links))
    extras = sheet.extras(place, row, id, {kind for kind, _ in told})
    as_of = fields.get("as_of") or reading.as_of
    records: list[Record] = []
    faults: list[Fault] = []
    for kind, cells in [("organisations", {**extras, **fields, "id": id}), *told]:
        record, problems = read_record(kind, reading.source, {"as_of": as_of, **cells}, row.place)
        faults += problems
        records += [record] if record else []
    return records, faults


def _tell(sheet: Sheet, place: int, row: Row, id: str, links: Links) -> Iterator[Told]:
    """What a row says beside its organisation."""
    for column, target, cell in sheet.records(place):
        beside = sheet.beside(place, column.number, target.kind)
        yield from links.of_cell(target, id, cell, beside, sheet.separators_of(column.name))
    for matrix in sheet.matrices:
        target = Target(matrix.meaning, LINKS[matrix.meaning])
        for word, more in matrix_rows(matrix, row):
            yield from links.of_word(target, id, word, more)
    if (cluster := sheet.mapping.cluster) and links.cluster_key(cluster) != id:
        yield from links.cluster(cluster)
        beside = sheet.beside(place, "", "memberships")
        yield "memberships", {"organisation": id, "cluster": links.cluster_key(cluster), **beside}
