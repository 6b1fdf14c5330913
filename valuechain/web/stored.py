"""One stored record as a page shows it: its fields, where it was read, and what became of it in the graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.model.errors import NotFoundError
from valuechain.model.schema import KINDS, reader_rank
from valuechain.web.words import RECORD_WORDS, in_a_sentence

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph
    from valuechain.model.history import Snapshot


@dataclass(frozen=True)
class StoredRecord:
    """A record with the fields that its reader may see; `values` leaves empty ones out."""

    id: str
    kind: str
    values: Mapping[str, Any]
    import_: int
    file: str
    sheet: str
    row: int

    @property
    def what(self) -> str:
        """What sort of record it is, in words."""
        return RECORD_WORDS[self.kind]

    @property
    def status(self) -> str:
        """How the record is known."""
        return str(self.values["status"])

    @property
    def place(self) -> str:
        """Where in the file it stands."""
        return f"sheet {self.sheet}, row {self.row}" if self.sheet else f"row {self.row}"

    @property
    def holds(self) -> bool:
        """False where the record says that this is not so."""
        return bool(self.values["holds"])

    @property
    def as_of(self) -> str:
        """The day for which the row holds, empty if it does not say."""
        return str(self.values.get("as_of", ""))

    @property
    def own_values(self) -> dict[str, Any]:
        """The fields of the record's own kind, in the order of the schema."""
        return {one.name: self.values[one.name] for one in KINDS[self.kind].fields if one.name in self.values}


def read_record(snapshot: Snapshot, id: str, reader: str) -> StoredRecord:
    """Return the active record `id` (`import-number`) with what `reader` may see of it.

    Raises NotFoundError where there is none, or it is not for this reader: the two look alike on purpose.
    """
    import_, _, ordinal = id.partition("-")
    if import_.isdecimal() and ordinal.isdecimal() and len(id) < 30:
        for kind, table in snapshot.tables.items():
            found = np.flatnonzero(
                (table.column("import").to_numpy() == int(import_))
                & (table.column("ordinal").to_numpy() == int(ordinal))
            )
            if len(found):
                row = table.slice(int(found[0]), 1).to_pylist()[0]
                if reader_rank(row["visibility"]) <= reader_rank(reader):
                    return _stored(id, kind, row, reader)
    raise NotFoundError(
        f"There is no record {id!r} here that you may see.",
        "Its import may have been undone or replaced by a newer one; the page Data lists them.",
    )


def _stored(id: str, kind: str, row: dict[str, Any], reader: str) -> StoredRecord:
    hidden = {one.name for one in KINDS[kind].fields if reader_rank(one.visible_to) > reader_rank(reader)}
    place = {name: row.pop(name) for name in ("import", "file", "sheet", "row")}
    values = {name: value for name, value in row.items() if value is not None and name not in hidden}
    return StoredRecord(id, kind, values, place["import"], place["file"], place["sheet"] or "", place["row"])


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
    position = graph.positions.get(kind, {}).get(key)
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
