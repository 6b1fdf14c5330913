"""Networks of organisations: GraphML, GEXF, or the node and edge tables of Gephi.

A node is an organisation unless its `type` names another record kind; an edge is a supply link from its source to its
target unless its `type`, `kind` or `label` names another relation, such as OFFERS. Attributes called like fields of
the schema fill them, others are kept as extra properties. What a supply link delivers is its `capability`, else the
word that is its label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from valuechain.model.batch import Batch, Fault, Record, assemble, read_record
from valuechain.model.cells import Cell
from valuechain.model.errors import DataError
from valuechain.model.language import say, term
from valuechain.model.names import normal_name
from valuechain.model.schema import COMMON, KINDS, Kind
from valuechain.model.terms import TERM
from valuechain.sources.cells.country_names import country_of
from valuechain.sources.cells.personal import PERSONS_STAY_OUTSIDE, personal_columns
from valuechain.sources.delivery import Delivery
from valuechain.sources.network_words import NOTES
from valuechain.sources.network_xml import EDGES, NODES, SUFFIXES, read_network
from valuechain.sources.not_told import NOT_TOLD, not_told
from valuechain.sources.reading import Reading
from valuechain.sources.tables.loose_tables import columns_by_name, loose_tables, text
from valuechain.sources.tables.table import Row, Table

NAME = "network"

_TAKEN_FOR = term("network")
_RELATIONS = {kind.relation: kind for kind in KINDS.values() if kind.relation}
_DERIVED = "COLLABORATES"
_DIRECTIONS = {"directed": True, "undirected": False, "mutual": False}
_NODE_KINDS = {name: kind for kind in KINDS.values() if kind.names_things for name in (kind.name, kind.name[:-1])}
_NODE_KINDS["capability"] = KINDS["capabilities"]
_NAME_FIELDS = {"organisations": "name", "projects": "title", "calls": "title"}
_NO_DIRECTION = term("The edge has no direction, so it does not tell who supplies whom.")
_NO_KIND = term("The edge joins other things than two organisations and does not say how.")


def recognises(delivery: Delivery) -> bool:
    """Whether a delivery holds a GraphML or GEXF file, or a table with the columns source and target."""
    if any(file.suffix in SUFFIXES for file in delivery.files):
        return True
    return any(_holds_edges(table) for table in loose_tables(delivery))


def read(delivery: Delivery, reading: Reading) -> list[Batch]:
    """Return the nodes and edges of a network as one batch.

    Parameters
    ----------
    delivery : Delivery
        GraphML, GEXF, or tables: one with the columns source and target holds edges, one with the column id nodes.
        Without nodes, every name in an edge is an organisation.
    reading : Reading
        Name of the source, and day of the rows that tell none.

    Returns
    -------
    One batch. A node's id is its own or, where it has a `key`, that key, with `/` in place of colons. Edges that
    are computed from others (COLLABORATES) are counted and left out.

    Raises
    ------
    DataError
        If a file cannot be read, or there are no edges and no nodes.
    """
    nodes, edges, assumed = _sorted(delivery)
    reader = _Reader(reading)
    tables = (*nodes, *edges)
    for table in tables:
        assumed += [*table.assumed, *reader.match(table)]
    for table in nodes:
        for row in table.rows:
            reader.note_node(table, row)
    for table in nodes:
        for row in table.rows:
            reader.read_node(table, row)
    for table in edges:
        for row in table.rows:
            reader.read_edge(table, row, named_alone=not nodes)
    faults = [*(fault for table in tables for fault in table.faults), *reader.faults]
    assumed += [NOTES[what](count) for what, count in sorted(reader.notes.items())]
    rows_read = sum(table.rows_read for table in tables)
    files = dict.fromkeys(table.file for table in tables)
    return [assemble(reading.source, _TAKEN_FOR, files, rows_read, reader.records, faults, assumed)]


@dataclass(frozen=True)
class _Node:
    """A node as edges name it: what kind of thing it is, and its id in this delivery."""

    kind: Kind
    id: str


@dataclass
class _Reader:
    """Turns rows of nodes and edges into records, and keeps what is to be said about them."""

    reading: Reading
    columns: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    nodes: dict[str, _Node] = field(default_factory=dict)
    taken: set[tuple[str, str]] = field(default_factory=set)
    records: list[Record] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)

    def match(self, table: Table) -> Iterator[str]:
        """Note the columns of a table; say which of them are not taken in, and which are kept as they are."""
        columns = columns_by_name(table)
        known = {name for kind in KINDS.values() for name in _fields(kind)}
        unknown = [written for name, written in columns.items() if name not in known | _OWN]
        personal = personal_columns(table, unknown)
        self.left_out.update(personal)
        self.columns[table.file, table.sheet] = {name: one for name, one in columns.items() if one not in personal}
        if personal:
            yield say(PERSONS_STAY_OUTSIDE, table=table.title, columns=", ".join(personal))
        extra = [one for one in unknown if one not in personal]
        if extra:
            yield say(
                "{table}: not known here, so kept as it stands: {columns}.",
                table=table.title, columns=", ".join(extra),
            )  # fmt: skip

    def note_node(self, table: Table, row: Row) -> None:
        """Note what a node is, under each name that an edge or another node may call it."""
        columns = self.columns[table.file, table.sheet]
        raw, key = text(row, columns.get("id")), text(row, columns.get("key"))
        kind = _NODE_KINDS.get(normal_name(text(row, columns.get("type"))), KINDS["organisations"])
        node = _Node(kind, (key or raw).replace(":", "/"))
        self.nodes.setdefault(raw, node)
        if key:
            self.nodes.setdefault(key, node)

    def read_node(self, table: Table, row: Row) -> None:
        """Read a node as the thing that it is."""
        columns = self.columns[table.file, table.sheet]
        raw, label = text(row, columns.get("id")), text(row, columns.get("label"))
        node = self.nodes[text(row, columns.get("key")) or raw]
        name = _NAME_FIELDS.get(node.kind.name, "label")
        cells = self._cells(node.kind, columns, row, {"id", "key", "label"})
        if node.kind.name == "organisations" and label and not cells.get("aliases"):
            called = str(cells.get("name") or label)
            cells["aliases"] = "" if _bare(label) == _bare(called) else label
        cells |= {"id": node.id, name: cells.get(name) or label or raw}
        if (node.kind.name, node.id) in self.taken:
            why, advice = say("Another node has the same id."), say("Give each node an id of its own.")
            self.faults.append(Fault(row.place, columns.get("id", ""), raw, why, advice))
            return
        self.taken.add((node.kind.name, node.id))
        self._keep(node.kind, cells, row, {"id": columns.get("id", "id")})

    def read_edge(self, table: Table, row: Row, named_alone: bool) -> None:
        """Read an edge as the link that it is; without a table of nodes, its ends are organisations called so."""
        columns = self.columns[table.file, table.sheet]
        ends = [text(row, columns.get(name)) for name in ("source", "target")]
        told = {name: text(row, columns.get(name)) for name in ("type", "kind", "label")}
        relation = next((one.upper() for one in told.values() if one.upper() in (*_RELATIONS, _DERIVED)), "")
        if relation == _DERIVED:
            self.notes["shared projects"] += 1
            return
        if named_alone:
            for end in filter(None, ends):
                self.nodes.setdefault(end, _Node(KINDS["organisations"], end.replace(":", "/")))
        kind = _RELATIONS.get(relation) or KINDS["supplies"]
        why = self._unclear(relation, kind, ends, _is_directed(row, columns))
        if why:
            advice = say("Make it directed from supplier to buyer, or name its kind, such as SUPPLIES.")
            self.faults.append(Fault(row.place, columns.get("type", ""), told["type"], why, advice))
            return
        for name, end in zip(("source", "target"), ends, strict=True):
            if end and end not in self.nodes and ":" not in end:
                why, advice = say("No node has this id."), say("Add the node, or correct the edge.")
                self.faults.append(Fault(row.place, columns[name], end, why, advice))
                return
        if named_alone:
            for end in filter(None, ends):
                self._keep(KINDS["organisations"], {"id": self.nodes[end].id, "name": end}, row, {})
        if not relation:
            self.notes["kind not told"] += 1
        cells = self._cells(kind, columns, row, {"id", "source", "target", "directed"})
        consumed = {name for name, one in told.items() if one.upper() == relation or one.lower() in _DIRECTIONS}
        cells = {name: cell for name, cell in cells.items() if normal_name(name) not in consumed}
        assert kind.ends
        cells |= {end: self._id(one) for end, one in zip(kind.ends, ends, strict=True)}
        if kind.name == "supplies" and not cells.get("capability"):
            cells["capability"] = self._what(cells.pop(columns.get("label", ""), ""), row)
        names = dict(zip(kind.ends, (columns["source"], columns["target"]), strict=True))
        self._keep(kind, cells, row, names)

    def _what(self, label: Cell, row: Row) -> str:
        """What an edge delivers that has no column for it: the word that is its label, else a capability of its own."""
        word = str(label).strip()
        if re.search(r"[^\W\d_]", word):
            self.notes["label taken for goods"] += 1
            return f"{TERM}:{word}"
        self.notes["goods not told"] += 1
        self._keep(KINDS["capabilities"], {**not_told(self.reading.source), "as_of": self.reading.as_of}, row, {})
        return NOT_TOLD

    def _unclear(self, relation: str, kind: Kind, ends: list[str], directed: bool) -> str:
        """Why an edge cannot be read as a link, empty if it can; unknown ends are found out later."""
        kinds = {self.nodes[end].kind.name for end in ends if end in self.nodes}
        if not relation and kinds - {"organisations"}:
            return say(_NO_KIND)
        return say(_NO_DIRECTION) if kind.name == "supplies" and not directed else ""

    def _id(self, end: str) -> str:
        return self.nodes[end].id if end in self.nodes else end

    def _cells(self, kind: Kind, columns: Mapping[str, str], row: Row, own: set[str]) -> dict[str, Cell]:
        """The cells of a row by field of `kind`, others by the column as written; references as ids of here."""
        refers = {one.name: one.refers for one in kind.references}
        fields = _fields(kind)
        cells: dict[str, Cell] = {}
        for name, column in columns.items():
            cell = row.cells.get(column)
            if name in own - fields or cell is None or (name == "type" and normal_name(str(cell)) in _NODE_KINDS):
                continue
            if name in refers:
                cell = self._reference(str(cell).strip(), refers[name])
            elif name == "country" and isinstance(cell, str):
                cell = country_of(cell) or cell
            cells[name if name in fields else column] = cell
        if not cells.get("as_of"):
            cells["as_of"] = self.reading.as_of
        return cells

    def _reference(self, name: str, refers: str) -> str:
        """What a node or edge names beside its ends: another node, a key, or a word for a capability."""
        if name in self.nodes:
            return self.nodes[name].id
        return f"{TERM}:{name}" if name and refers == "capabilities" and ":" not in name else name

    def _keep(self, kind: Kind, cells: Mapping[str, Cell], row: Row, columns: Mapping[str, str]) -> None:
        record, faults = read_record(kind.name, self.reading.source, cells, row.place)
        self.faults += (replace(fault, column=columns.get(fault.column, fault.column)) for fault in faults)
        if record:
            self.records.append(record)


_OWN = {"id", "key", "label", "type", "kind", "source", "target", "directed"}
"""Columns that say what a node or edge is."""


def _fields(kind: Kind) -> set[str]:
    return {one.name for one in (*kind.fields, *COMMON)} - {"source"}


def _bare(name: str) -> str:
    return re.sub(r"\W", "", name).casefold()


def _holds_edges(table: Table) -> bool:
    return {"source", "target"} <= columns_by_name(table).keys()


def _is_directed(row: Row, columns: Mapping[str, str]) -> bool:
    said = text(row, columns.get("type")).lower()
    return _DIRECTIONS.get(said, text(row, columns.get("directed")).lower() not in ("no", "false"))


def _sorted(delivery: Delivery) -> tuple[list[Table], list[Table], list[str]]:
    """The tables of nodes, the tables of edges, and what is to be said about others."""
    files = [file for file in delivery.files if not file.is_table]
    tables = list(delivery.tables) if len(files) < len(delivery.files) else []
    left_out = []
    for file in files:
        if file.suffix in (*SUFFIXES, ".xml"):
            tables += read_network(file)
        else:
            left_out.append(say("{file} was left out: it is no network.", file=file.name))
    edges = [table for table in tables if table.sheet == EDGES or _holds_edges(table)]
    nodes = [table for table in tables if table not in edges and "id" in columns_by_name(table)]
    others = [table for table in tables if table not in edges and table not in nodes and table.sheet != NODES]
    left_out += [
        say("{table} was left out: it has neither the column id nor source and target.", table=table.title)
        for table in others
    ]
    if not any(table.rows_read for table in (*nodes, *edges)):
        what = say("{name} holds no nodes and edges.", name=delivery.name)
        raise DataError(what, say("Edges need the columns source and target, nodes the column id."))
    return nodes, edges, left_out
