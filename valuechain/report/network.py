"""The value graph as other programs for networks read it: GraphML, GEXF, and the node and edge tables of Gephi."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from valuechain.model.schema import COMMON, KINDS
from valuechain.report.data import csv_text

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

FORMATS = ("graphml", "gexf", "gephi")

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_GEXF = "http://gexf.net/1.3"
_KEPT = {"key", "projects", *(field.name for kind in KINDS.values() for field in (*kind.fields, *COMMON))} - {
    "id",
    "label",
}
"""Properties that are written as such: fields of the schema, but for those that have another place in the file."""
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TYPES = {bool: "boolean", int: "long", float: "double", str: "string"}


@dataclass(frozen=True)
class _Item:
    """A node or an edge: its place, what is shown on it, and its properties; a node has no ends."""

    id: str
    label: str
    kind: str
    properties: Mapping[str, Any]
    ends: tuple[str, str] = ("", "")


def graph_files(graph: ValueGraph, form: str) -> dict[str, bytes]:
    """Return a graph as files by name: `network.graphml`, `network.gexf`, or `nodes.csv` and `edges.csv`.

    Every thing that carries an id is a node whose `type` is its record kind and whose `key` is its key; every link is
    a directed edge. What its relation is, such as SUPPLIES, stands in the edge's `type` (GraphML), `kind` (GEXF) or
    `Kind` (Gephi), and where programs show it, in its label. Remarks about one thing (sectors, surveys, statistics)
    are no edges and are not in the files. Imported again, the files give the same things and links.

    Parameters
    ----------
    graph : ValueGraph
        Cut to what its reader may see.
    form : str
        One of FORMATS; KeyError for another.
    """
    return {"graphml": _graphml, "gexf": _gexf, "gephi": _gephi}[form](list(_nodes(graph)), list(_edges(graph)))


def _nodes(graph: ValueGraph) -> Iterator[_Item]:
    for id, found in graph.nx.nodes(data=True):
        label = found.get("label") or found.get("title") or found["key"]
        kept = {name: value for name, value in found.items() if name in _KEPT}
        yield _Item(id, str(label), str(found["type"]), _plain(kept))


def _edges(graph: ValueGraph) -> Iterator[_Item]:
    for number, (source, target, found) in enumerate(graph.nx.edges(data=True)):
        kept = {name: value for name, value in found.items() if name in _KEPT}
        yield _Item(str(number), str(found["type"]), str(found["type"]), _plain(kept), (source, target))


def _plain(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Values as Python's own, texts without signs that XML does not know."""
    plain = {}
    for name, value in properties.items():
        own = value.item() if hasattr(value, "item") else value
        plain[name] = own if isinstance(own, bool | int | float) else _clean(str(own))
    return plain


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _names(items: list[_Item]) -> dict[str, str]:
    """The properties of nodes or edges, each with the narrowest type that holds all its values."""
    found: dict[str, set[type]] = {}
    for item in items:
        for name, value in item.properties.items():
            found.setdefault(name, set()).add(type(value))
    return {name: _TYPES[types.pop()] if len(types) == 1 else "string" for name, types in found.items()}


def _graphml(nodes: list[_Item], edges: list[_Item]) -> dict[str, bytes]:
    root = Element("graphml", xmlns=_GRAPHML)
    keys: dict[tuple[str, str], str] = {}
    for of, items in (("node", nodes), ("edge", edges)):
        for name, type_ in {"type": "string", "label": "string", **_names(items)}.items():
            keys[of, name] = f"{of[0]}{len(keys)}"
            declared = {"id": keys[of, name], "for": of, "attr.name": name, "attr.type": type_}
            SubElement(root, "key", declared)
    body = SubElement(root, "graph", edgedefault="directed")
    for of, items in (("node", nodes), ("edge", edges)):
        for item in items:
            element = SubElement(body, of, {"id": item.id, **_ends(item)})
            for name, value in {"type": item.kind, "label": item.label, **item.properties}.items():
                SubElement(element, "data", key=keys[of, name]).text = _clean(_written(value))
    return {"network.graphml": _document(root)}


def _gexf(nodes: list[_Item], edges: list[_Item]) -> dict[str, bytes]:
    root = Element("gexf", xmlns=_GEXF, version="1.3")
    body = SubElement(root, "graph", defaultedgetype="directed")
    keys: dict[tuple[str, str], str] = {}
    for of, items in (("node", nodes), ("edge", edges)):
        declared = SubElement(body, "attributes", {"class": of})
        types = {"type": "string"} if of == "node" else {}
        for name, type_ in (types | _names(items)).items():
            keys[of, name] = str(len(keys))
            SubElement(declared, "attribute", id=keys[of, name], title=name, type=type_)
    for of, items in (("node", nodes), ("edge", edges)):
        group = SubElement(body, f"{of}s")
        for item in items:
            kind = {"type": item.kind} if of == "node" else {}
            attributes = {"id": item.id, "label": _clean(item.label), **_ends(item)}
            element = SubElement(group, of, attributes if kind else {**attributes, "kind": item.kind})
            values = SubElement(element, "attvalues")
            for name, value in {**kind, **item.properties}.items():
                SubElement(values, "attvalue", {"for": keys[of, name], "value": _clean(_written(value))})
    return {"network.gexf": _document(root)}


def _gephi(nodes: list[_Item], edges: list[_Item]) -> dict[str, bytes]:
    of_nodes, of_edges = list(_names(nodes)), list(_names(edges))
    node_rows = ([node.id, node.label, node.kind, *(node.properties.get(name) for name in of_nodes)] for node in nodes)
    edge_rows = (
        [*edge.ends, "Directed", edge.id, edge.label, edge.kind, *(edge.properties.get(name) for name in of_edges)]
        for edge in edges
    )
    return {
        "nodes.csv": csv_text(["Id", "Label", "Type", *of_nodes], node_rows).encode(),
        "edges.csv": csv_text(["Source", "Target", "Type", "Id", "Label", "Kind", *of_edges], edge_rows).encode(),
    }


def _ends(item: _Item) -> dict[str, str]:
    return {"source": item.ends[0], "target": item.ends[1]} if item.ends[0] else {}


def _document(root: Element) -> bytes:
    indent(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))
