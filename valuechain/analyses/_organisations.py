"""Organisations as rows of tables show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from valuechain.analyses._candidates import place_of

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph


def shown(graph: ValueGraph) -> list[dict[str, Any]]:
    """Return for each organisation the cells organisation (its name), organisation_key, kind and place."""
    rows = graph["organisations"][["label", "key", "kind", "city", "region"]].to_dict("records")
    return [
        {"organisation": row["label"], "organisation_key": row["key"], "kind": row["kind"], "place": place_of(row)}
        for row in rows
    ]
