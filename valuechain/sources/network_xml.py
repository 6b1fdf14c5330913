"""Networks in XML, GraphML and GEXF, as one table of nodes and one of edges."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from valuechain.model.batch import Fault, Place
from valuechain.model.cells import Cell
from valuechain.model.errors import DataError
from valuechain.model.language import say, term
from valuechain.model.names import normal_name
from valuechain.sources.tables.files import File
from valuechain.sources.tables.table import Row, Table

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SUFFIXES = (".graphml", ".gexf")

NODES, EDGES = "nodes", "edges"
"""What the two tables are called where a workbook would name a sheet; rows count elements of each from 1."""

_ADVICE = term("Save the network anew as GraphML or GEXF, or as two CSV files of nodes and edges.")


def read_network(file: File) -> tuple[Table, Table]:
    """Return the nodes and the edges of a GraphML or GEXF file.

    Nodes have the column `id`, edges `source`, `target` and `directed` (yes or no), both the attributes that the file
    declares, `label` where there is one, and what GEXF keeps beside attributes (`weight`, `kind`).

    Raises
    ------
    DataError
        If this is no XML, another kind of XML, or declares entities, which may unfold without end or fetch files.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException

    try:
        tables = _read(file)
    except ParseError as problem:
        raise DataError(
            say("{file} is not readable XML: {problem}.", file=file.name, problem=problem), say(_ADVICE)
        ) from None
    except (DefusedXmlException, LookupError) as problem:
        what = say(
            "{file} declares entities or an encoding that are not read: {problem}.", file=file.name, problem=problem
        )
        raise DataError(what, say(_ADVICE)) from None
    if not any(table.rows for table in tables):
        raise DataError(say("{name} holds no nodes and edges.", name=file.name), say(_ADVICE))
    return tables


class _Attributes:
    """The attributes that a file declares: name by id, and default values, for nodes and for edges."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.defaults: dict[str, dict[str, str]] = defaultdict(dict)

    def declare(self, element: Element, of: str) -> None:
        id, name = element.get("id", ""), element.get("attr.name") or element.get("title")
        if not name:
            return
        self.names[f"{of} {id}"] = self.names[f"all {id}"] = name
        for child in element:
            if _tag(child) == "default" and child.text:
                for one in (NODES, EDGES) if of == "all" else (of,):
                    self.defaults[one][name] = child.text

    def name(self, of: str, id: str) -> str:
        return self.names.get(f"{of} {id}") or self.names.get(f"all {id}") or ""


def _read(file: File) -> tuple[Table, Table]:
    from defusedxml.ElementTree import iterparse

    attributes = _Attributes()
    rows: dict[str, list[Row]] = {NODES: [], EDGES: []}
    wide: list[Fault] = []
    directed = True
    root = group = ""
    for event, element in iterparse(io.BytesIO(file.content), events=("start", "end")):
        tag = _tag(element)
        if event == "start":
            if not root:
                root = tag
                if root not in ("graphml", "gexf"):
                    what = say("{file} is XML of another kind ({root}).", file=file.name, root=root)
                    raise DataError(what, say(_ADVICE))
            elif tag == "graph":
                default = element.get("edgedefault") or element.get("defaultedgetype") or ""
                directed = default == "directed" if root == "gexf" else default != "undirected"
            elif tag == "attributes":
                group = f"{element.get('class', 'node')}s"
        elif tag in ("key", "attribute"):
            of = element.get("for", "all") if tag == "key" else group
            attributes.declare(element, f"{of}s" if of in ("node", "edge") else of)
        elif tag in ("node", "edge"):
            of = f"{tag}s"
            own = _node(element) if of == NODES else _edge(element, directed)
            found = {**attributes.defaults[of], **dict(_values(element, of, attributes))}
            place = Place(file.name, of, len(rows[of]) + 1)
            rows[of].append(Row(place, {**own, **_renamed(found, own)}))
            element.clear()
        elif tag == "hyperedge":
            place = Place(file.name, "hyperedges", len(wide) + 1)
            why, advice = say("This edge joins more than two nodes."), say("Draw an edge for each pair that is meant.")
            wide.append(Fault(place, "", element.get("id", ""), why, advice))
    return _table(file, NODES, rows[NODES]), _table(file, EDGES, rows[EDGES], wide)


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _node(element: Element) -> dict[str, Cell]:
    return _filled({"id": element.get("id"), "label": element.get("label") or _drawn_label(element, "NodeLabel")})


def _edge(element: Element, directed: bool) -> dict[str, Cell]:
    said = (element.get("directed") or element.get("type") or "").lower()
    if said:
        directed = said in ("true", "directed")
    own = {name: element.get(name) for name in ("id", "source", "target", "weight", "kind")}
    label = element.get("label") or _drawn_label(element, "EdgeLabel")
    return {**_filled({**own, "label": label}), "directed": "yes" if directed else "no"}


def _filled(cells: Mapping[str, str | None]) -> dict[str, Cell]:
    return {name: cell for name, cell in cells.items() if cell}


def _drawn_label(element: Element, called: str) -> str:
    """The label that yEd draws: it lies deep in what GraphML leaves to each program."""
    for child in element:
        if _tag(child) == "data":
            for one in child.iter():
                if _tag(one) == called and one.text and one.text.strip():
                    return " ".join(one.text.split())
    return ""


def _values(element: Element, of: str, attributes: _Attributes) -> Iterator[tuple[str, str]]:
    """The attributes of a node or edge by name: GraphML's data, GEXF's values."""
    for child in element:
        tag = _tag(child)
        if tag == "data" and child.text and (name := attributes.name(of, child.get("key", ""))):
            yield name, child.text
        elif tag == "attvalues":
            for value in child:
                name = attributes.name(of, value.get("for") or value.get("id") or "")
                if name and value.get("value"):
                    yield name, value.get("value", "")


def _renamed(found: Mapping[str, str], own: Mapping[str, Cell]) -> dict[str, Cell]:
    """Attributes under names that the element's own do not have; a label that is only an attribute is the label."""
    taken = {normal_name(name) for name in own}
    return {f"{name} (attribute)" if normal_name(name) in taken else name: value for name, value in found.items()}


def _table(file: File, sheet: str, rows: list[Row], faults: Sequence[Fault] = ()) -> Table:
    columns = dict.fromkeys(name for row in rows for name in row.cells)
    return Table(file.name, sheet, tuple(columns), tuple(rows), tuple(faults))
