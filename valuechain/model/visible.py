"""The records that a reader may see, as columns in the order in which the graph counts them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from valuechain.model.hashes import fixed_width, order_of
from valuechain.model.schema import KINDS, READERS, Kind, reader_rank

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from valuechain.model.graph import View

_COLUMNS = ("import", "source", "file", "sheet", "row", "as_of", "status", "confidence", "visibility")


def visible(table: pa.Table, kind: Kind, view: View) -> pa.Table:
    """Return what the reader may see, of the statuses asked for, in the order of hashes.

    Fields above the reader are emptied. Records of equal hash stay in the order in which the store hands them out.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    seen = pa.array(READERS[: reader_rank(view.reader) + 1])
    chosen = pc.and_(
        pc.is_in(table.column("visibility"), value_set=seen),
        pc.is_in(table.column("status"), value_set=pa.array(view.statuses, pa.string())),
    )
    if not pc.all(chosen, min_count=0).as_py():
        table = table.filter(chosen)
    for one in kind.fields:
        if reader_rank(one.visible_to) > reader_rank(view.reader):
            place = table.schema.get_field_index(one.name)
            table = table.set_column(place, table.schema.field(place), pa.nulls(len(table), table.schema.types[place]))
    order = pa.array(order_of(fixed_width(table.column("hash"))))
    used = dict.fromkeys((*_COLUMNS, "ordinal", "holds", *(one.name for one in kind.fields)))
    wanted = table.select(list(used))
    return pa.table([_in_order(column, order) for column in wanted.columns], schema=wanted.schema)


def left_out(tables: Mapping[str, pa.Table], view: View) -> dict[str, int]:
    """Return how many records of each status the reader may see and the view leaves out."""
    import pyarrow as pa
    import pyarrow.compute as pc

    seen = pa.array(READERS[: reader_rank(view.reader) + 1])
    found: dict[str, int] = {}
    for table in tables.values():
        visible_to_reader = table.filter(pc.is_in(table.column("visibility"), value_set=seen))
        for count in pc.value_counts(visible_to_reader.column("status")):
            status = count["values"].as_py()
            if status not in view.statuses:
                found[status] = found.get(status, 0) + count["counts"].as_py()
    return found


def _in_order(column: pa.ChunkedArray, order: pa.Array) -> pa.ChunkedArray:
    """The cells in another order; a column of one value, as many are, has no other."""
    import pyarrow.compute as pc

    if column.null_count == len(column):
        return column
    first, last = column[0], column[len(column) - 1]
    if first.equals(last) and pc.all(pc.equal(column, first), skip_nulls=False).as_py():
        return column
    return column.take(order)


def record_table(parts: Mapping[str, pa.Table]) -> pd.DataFrame:
    """Return the table of records: one row per record of every kind, in the order of the schema and of hashes."""
    import pyarrow as pa
    import pyarrow.compute as pc

    def of_kind(kind: str, part: pa.Table) -> pa.Table:
        ends = (part.column(name).cast(pa.string()) for name in ("import", "ordinal"))
        table = part.select(_COLUMNS)
        table = table.add_column(0, "kind", pa.repeat(kind, len(part)))
        return table.add_column(0, "id", pc.binary_join_element_wise(*ends, "-"))

    return pa.concat_tables([of_kind(kind, parts[kind]) for kind in KINDS]).to_pandas()
