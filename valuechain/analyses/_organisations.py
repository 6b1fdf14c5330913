"""Organisations as rows of tables show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from valuechain.analyses._candidates import place_of

if TYPE_CHECKING:
    from valuechain.model.arrays import Integers
    from valuechain.model.graph import ValueGraph

_CELLS = {"organisation": "label", "organisation_key": "key", "kind": "kind"}


class Shown:
    """The cells organisation (its name), organisation_key, kind and place of any organisation, by position."""

    def __init__(self, graph: ValueGraph) -> None:
        table = graph["organisations"]
        self._columns = {name: table[name].array for name in ("label", "key", "kind", "city", "region")}

    def __getitem__(self, organisation: int) -> dict[str, Any]:
        told = {name: column[organisation] for name, column in self._columns.items()}
        return {cell: told[name] for cell, name in _CELLS.items()} | {"place": place_of(told)}


def shown(graph: ValueGraph) -> Shown:
    """Return the cells that show organisations; those of one are made when asked for."""
    return Shown(graph)


def shown_of(graph: ValueGraph, organisations: Integers) -> list[dict[str, Any]]:
    """Return the cells that show many organisations, in their order."""
    rows = graph["organisations"][[*_CELLS.values(), "city", "region"]].iloc[organisations].to_dict("records")
    return [{cell: row[name] for cell, name in _CELLS.items()} | {"place": place_of(row)} for row in rows]
