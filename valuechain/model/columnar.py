"""A graph as columns that a file can hold, and back: every table, what stands behind its rows, and where keys lead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from valuechain.model.graph import ValueGraph, View
from valuechain.model.merge import Evidence
from valuechain.model.places import Places

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import pyarrow as pa

_RECORDS = "records"


def to_columns(graph: ValueGraph) -> tuple[dict[str, Any], dict[str, pa.Table]]:
    """Return what of a graph is no column, as plain data, and its columns as Arrow tables by name."""
    import pyarrow as pa

    frames = {_RECORDS: graph.records, **{f"table {name}": table for name, table in graph.tables.items()}}
    tables = {name: _to_arrow(frame) for name, frame in frames.items()}
    for name, behind in graph.behind.items():
        tables[f"offsets {name}"] = pa.table({"offsets": behind.offsets})
        tables[f"behind {name}"] = pa.table({"positions": behind.positions})
    for name, places in graph.positions.items():
        tables[f"places {name}"] = pa.table({"keys": places.keys_column, "positions": places.positions_column})
    header = {
        "revision": graph.revision, "digest": graph.digest, "as_of": graph.as_of, "view": asdict(graph.view),
        "unresolved": dict(graph.unresolved), "region_labels": dict(graph.region_labels),
        "sector_labels": dict(graph.sector_labels), "left_out": dict(graph.left_out),
        "call_rules": dict(graph.call_rules),
    }  # fmt: skip
    return header, tables


def from_columns(header: Mapping[str, Any], tables: Mapping[str, pa.Table]) -> ValueGraph:
    """Return the graph that `to_columns` took apart; its columns are those of `tables`, not copies."""

    def named(what: str) -> dict[str, pa.Table]:
        return {name.removeprefix(what): table for name, table in tables.items() if name.startswith(what)}

    offsets = named("offsets ")
    view = header["view"]
    return ValueGraph(
        header["revision"], header["digest"], header["as_of"], View(**{**view, "statuses": tuple(view["statuses"])}),
        _from_arrow(tables[_RECORDS]),
        {name: _from_arrow(table) for name, table in named("table ").items()},
        {name: Evidence(_numbers(offsets[name], 0), _numbers(table, 0)) for name, table in named("behind ").items()},
        {name: Places(_whole(table.column(0)), _numbers(table, 1)) for name, table in named("places ").items()},
        header["unresolved"], header["region_labels"], header["sector_labels"], header["left_out"],
        call_rules=header["call_rules"],
    )  # fmt: skip


def _to_arrow(frame: pd.DataFrame) -> pa.Table:
    """A table of one column per column; numbers keep NaN, flags are a byte each, so that both come back uncopied."""
    import pyarrow as pa

    def column(values: pd.Series[Any]) -> pa.Array:
        if values.dtype == "str":
            return pa.array(values, pa.large_string(), from_pandas=True)
        if values.dtype == object:
            return pa.array(values, pa.bool_(), from_pandas=True)
        array = values.to_numpy()
        return pa.array(array.view("uint8") if array.dtype == bool else array)

    return pa.table({name: column(values) for name, values in frame.items()}).combine_chunks()


def _from_arrow(table: pa.Table) -> pd.DataFrame:
    """The frame of a table made by `_to_arrow`: text stays where it is, flags that may be empty become objects."""
    import pandas as pd
    import pyarrow as pa

    def column(values: pa.ChunkedArray) -> Any:
        if pa.types.is_large_string(values.type):
            return pd.array(values, dtype="str")
        if pa.types.is_boolean(values.type):
            return values.to_numpy()
        numbers = _whole(values).to_numpy()
        return numbers.view(bool) if numbers.dtype == "uint8" else numbers

    columns = {name: column(table.column(name)) for name in table.column_names}
    return pd.DataFrame(columns, index=pd.RangeIndex(len(table)), copy=False)


def _numbers(table: pa.Table, column: int) -> np.ndarray:
    numbers: np.ndarray = _whole(table.column(column)).to_numpy()
    return numbers


def _whole(column: pa.ChunkedArray) -> pa.Array:
    """The one array of a column, where it lies."""
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
