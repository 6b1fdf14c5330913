"""Organisations as rows of tables show them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from valuechain.model.arrays import Integers
    from valuechain.model.graph import ValueGraph

_COLUMNS = ["label", "key", "kind", "city", "region"]


class Shown:
    """The cells organisation (its name), organisation_key, kind and place of any organisation, by position."""

    def __init__(self, graph: ValueGraph) -> None:
        table = graph["organisations"]
        self._columns = {name: table[name].array for name in _COLUMNS}

    def __getitem__(self, organisation: int) -> dict[str, Any]:
        return _cells({name: column[organisation] for name, column in self._columns.items()})


def shown(graph: ValueGraph) -> Shown:
    """Return the cells that show organisations; those of one are made when asked for."""
    return graph.once(Shown)


def shown_of(graph: ValueGraph, organisations: Integers) -> list[dict[str, Any]]:
    """Return the cells that show many organisations, in their order."""
    return [_cells(row) for row in graph["organisations"][_COLUMNS].iloc[organisations].to_dict("records")]


def _cells(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {
        "organisation": row["label"],
        "organisation_key": row["key"],
        "kind": row["kind"],
        "place": place_of(row),
    }


def kind_of(organisation: Mapping[Any, Any]) -> str:
    """Return the sort of an organisation; one that nobody told is `other`."""
    kind = organisation["kind"]
    return kind if isinstance(kind, str) else "other"


def place_of(organisation: Mapping[Any, Any]) -> str:
    """Return where an organisation lies, as people say it: the town and the region's code."""
    city, region = (organisation[name] if isinstance(organisation[name], str) else "" for name in ("city", "region"))
    city = city.title() if city.isupper() else city
    return f"{city} ({region})" if city and region else city or region
