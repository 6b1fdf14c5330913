"""One organisation in full: its fields, and every link and remark that names it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from valuechain.model.schema import KINDS, Field

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

_MARKS = ("status", "confidence", "as_of")


def profile(graph: ValueGraph, position: int) -> dict[str, Any]:
    """Return what the graph says of the organisation at `position`, as plain data.

    `keys` are all keys and strong ids by which it is known; `links` maps each record kind to the rows that name the
    organisation, in which a reference `x` is a key, with the name of the thing as `x_label`. `records` are the ids of
    the records behind a row.
    """
    keys = sorted(key for key, place in graph.positions["organisations"].items() if place == position)
    organisation = _row(graph, "organisations", position)
    links = {}
    for kind in KINDS.values():
        if kind.name != "organisations":
            rows = _naming(graph, kind.name, kind.references, position)
            if rows:
                links[kind.name] = [_row(graph, kind.name, row) for row in rows]
    return {**organisation, "keys": keys, "links": links}


def _naming(graph: ValueGraph, kind: str, references: tuple[Field, ...], position: int) -> list[int]:
    """Positions of the rows of a table that refer to the organisation."""
    table = graph[kind]
    naming = [table[one.name] == position for one in references if one.refers == "organisations"]
    return sorted({int(row) for column in naming for row in column.to_numpy().nonzero()[0]})


def _row(graph: ValueGraph, kind: str, position: int) -> dict[str, Any]:
    """One row as plain data: fields that are not empty, references as keys with names, the records behind it."""
    row = graph[kind].iloc[position]
    plain: dict[str, Any] = {name: row[name] for name in ("key", "label", "towns") if name in row.index}
    for one in KINDS[kind].fields:
        if one.type == "reference":
            if row[one.name] >= 0:
                thing = graph[one.refers].iloc[row[one.name]]
                plain[one.name] = thing["key"]
                plain[f"{one.name}_label"] = thing["title" if one.refers == "projects" else "label"]
        elif (cell := row[one.name]) is not None and cell == cell:
            plain[one.name] = int(cell) if one.type == "integer" else cell
    plain.update({name: row[name] for name in _MARKS if row[name] == row[name] and row[name] is not None})
    plain["records"] = [str(graph.records["id"].iloc[place]) for place in graph.evidence(kind, [position])]
    return {name: value.item() if hasattr(value, "item") else value for name, value in plain.items()}
