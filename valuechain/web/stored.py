"""One stored record in words, and what became of it in the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.model.names import in_a_sentence
from valuechain.model.schema import KINDS

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph
    from valuechain.model.stored import StoredRecord


def position_of(graph: ValueGraph, id: str) -> int | None:
    """Return the position of a record in the graph's records, None if it is not among them."""
    found = np.flatnonzero((graph.records["id"] == id).to_numpy())
    return int(found[0]) if len(found) else None


def uses(graph: ValueGraph, position: int) -> dict[str, list[int]]:
    """Return the rows of each table of the graph that rest on a record."""
    found = {}
    for table, behind in graph.behind.items():
        cited = np.flatnonzero(behind.positions == position)
        if len(cited):
            rows = np.searchsorted(behind.offsets, cited, side="right") - 1
            found[table] = sorted({int(row) for row in rows})
    return found


def reference_words(graph: ValueGraph, kind: str, key: str) -> str:
    """Return the name of the thing that a key leads to, or the key where it is not in the graph."""
    position = graph.positions[kind].get(key) if kind in graph.positions else None
    return key if position is None else thing_label(graph, kind, position)


def thing_label(graph: ValueGraph, kind: str, position: int) -> str:
    """Return the name of a thing: an organisation's label, a project's short name or title, a capability's label."""
    row = graph[kind].iloc[position]
    for name in ("acronym", "label", "title", "name"):
        value = row.get(name)
        if isinstance(value, str) and value:
            return value
    return str(row["key"])


def sentence(record: StoredRecord, graph: ValueGraph) -> str:
    """Return what a record says in a line: "A supplies B with C"."""
    pattern = _SENTENCES.get(record.kind, "")

    def named(field: str) -> str:
        value = record.values.get(field)
        refers = "capabilities" if field == "market" else KINDS[record.kind].field(field).refers
        if value is None:
            return ""
        words = reference_words(graph, refers, value) if refers else str(value)
        return in_a_sentence(words) if refers == "capabilities" and not pattern.startswith(f"{{{field}}}") else words

    if pattern:
        verb = pattern if record.holds else f"not so: {pattern}"
        return verb.format_map(_Named(named))
    for name in ("name", "title", "label", "code", "id"):
        if name in record.values:
            return str(record.values[name])
    return ", ".join(str(value) for value in record.own_values.values())


class _Named(dict[str, str]):
    """Fills a sentence's places by asking for each field when it is needed."""

    def __init__(self, ask: Any) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, field: str) -> str:
        return str(self._ask(field)) or "everything"


_SENTENCES = {
    "ownerships": "{owner} owns {owned}",
    "inputs": "{from_capability} goes into {to_capability}",
    "offers": "{organisation} offers {capability}",
    "needs": "{organisation} needs {capability}",
    "supplies": "{supplier} supplies {buyer} with {capability}",
    "participations": "{organisation} takes part in {project}",
    "memberships": "{organisation} belongs to {cluster}",
    "sectors": "{organisation} works in sector {code}",
    "markets": "{organisation} looks to the market {market}",
    "surveys": "asked about {capability}",
}
