"""One stored record in words, and what became of it in the graph."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING

import numpy as np

from valuechain.model.codes import LINK_SENTENCES
from valuechain.model.language import in_a_sentence, say, spoken, term
from valuechain.model.schema import KINDS
from valuechain.model.terms import TERM, written

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
    """Return the name of the thing that a key leads to; where it is not in the graph the key, of a word the word."""
    position = graph.positions[kind].get(key) if kind in graph.positions else None
    return key.removeprefix(f"{TERM}:") if position is None else thing_label(graph, kind, position)


def field_words(record: StoredRecord, graph: ValueGraph, refers: str, key: str) -> str:
    """Return the name of the thing that a field of a record names; a word for a capability stands as it was written."""
    if refers == "capabilities" and key.startswith(f"{TERM}:"):
        return written(key, record.extra)
    return reference_words(graph, refers, key)


def refers_to(kind: str, field: str) -> str:
    """Return which kind of thing a field names, empty where it names none; a market is a capability or a country."""
    return "capabilities" if field == "market" else KINDS[kind].field(field).refers


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
    if pattern:
        said = say(pattern, **_named(record, graph, pattern))
        return said if record.holds else say("not so: {sentence}", sentence=said)
    for name in ("name", "title", f"label_{spoken()}", "label", "code", "id"):
        if name in record.values:
            return str(record.values[name])
    return ", ".join(str(value) for value in record.own_values.values())


def _named(record: StoredRecord, graph: ValueGraph, pattern: str) -> dict[str, str]:
    """The things that a record names, as the sentence of its kind takes them."""
    named = {}
    for _, field, _, _ in Formatter().parse(pattern):
        if field is None:
            continue
        value = record.values.get(field)
        refers = refers_to(record.kind, field)
        label = field_words(record, graph, refers, value) if refers and value is not None else str(value or "")
        within = refers == "capabilities" and not pattern.startswith(f"{{{field}}}")
        named[field] = (in_a_sentence(label) if within else label) or say("everything")
    return named


_SENTENCES = LINK_SENTENCES | {"actions": term("agreed on: {what}")}
