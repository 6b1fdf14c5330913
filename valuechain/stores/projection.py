"""What people see who ask a Neo4j database questions of their own: the graph, laid over the records.

The records stay as they are. Each thing gets the properties that its active records say together, also under its other
keys; each link says whether it is the one that counts; and links that are computed, such as joint projects, are drawn.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from valuechain.model.graph import ValueGraph, View
from valuechain.model.schema import KINDS, ORGANISATION_KINDS

if TYPE_CHECKING:
    import pandas as pd

VIEW = View(statuses=("confirmed", "declared", "inferred", "synthetic"))
"""What is shown: all that the owner of the database may see, made-up records too, which say so in `status`."""

KIND_LABELS = {kind: kind.upper() if kind in ("sme", "rto") else kind.capitalize() for kind in ORGANISATION_KINDS}
"""The second label of an organisation."""

Row = dict[str, Any]
Place = tuple[int, int]


@dataclass(frozen=True)
class Projection:
    """What is to be shown.

    `things` maps kind and key to the row that shows the thing, `active` each kind of link to the import and ordinal
    of the records that count, `links` the name of each computed link to rows by stamp. A stamp is a hash of what is
    shown, so that only what differs needs to be written.
    """

    things: Mapping[str, Mapping[str, Row]]
    active: Mapping[str, frozenset[Place]]
    links: Mapping[str, Mapping[str, Row]]


def project(graph: ValueGraph, keys: Mapping[str, Iterable[str]]) -> Projection:
    """Return what to show of a graph.

    Parameters
    ----------
    graph : ValueGraph
        Built with VIEW.
    keys : mapping of kind to keys
        The keys that have a node: a thing is shown under each of them that leads to it.
    """
    things = {kind: _things(graph, kind, own) for kind, own in keys.items()}
    active = {kind.name: _counting(graph, kind.name) for kind in KINDS.values() if kind.ends}
    links = {
        "same_as": _aliases(things["organisations"]),
        "broader": _between(graph, "capabilities", "broader"),
        "in_stage": _between(graph, "capabilities", "stage"),
        "located_in": _regions(graph),
        "in_sector": _sectors(graph),
        "targets_capability": _markets(graph, of_chain=True),
        "targets_market": _markets(graph, of_chain=False),
        "collaborates": _collaborations(graph),
    }
    return Projection(things, active, {name: dict(map(_stamped, rows)) for name, rows in links.items()})


def _things(graph: ValueGraph, kind: str, keys: Iterable[str]) -> dict[str, Row]:
    """Return a row for each key that leads to a thing of the graph."""
    table = graph[kind]
    rows, canonical = table.to_dict("records"), list(table["key"])
    referred = {field.name: list(graph[field.refers]["key"]) for field in KINDS[kind].references}
    whole = {field.name for field in KINDS[kind].fields if field.type == "integer"}
    shown = {}
    for key in keys:
        position = graph.positions[kind].get(key)
        if position is not None:
            fields = _known(rows[position])
            for name, named in referred.items():
                place = fields.pop(name)
                if place >= 0:
                    fields[name] = named[place]
            fields |= {name: int(fields[name]) for name in whole & fields.keys()}
            fields |= {"key": key, "canonical": canonical[position], "active": True}
            labels = [KIND_LABELS[fields["kind"]]] if kind == "organisations" and "kind" in fields else []
            shown[key] = _stamped({"key": key, "fields": fields, "labels": labels})[1]
    return shown


def _counting(graph: ValueGraph, kind: str) -> frozenset[Place]:
    """Return import and ordinal of the winning record of each link; what is guessed from other records has none."""
    winners = graph.records.iloc[graph.behind[kind].first()]
    ids = winners.loc[winners["kind"] == kind, "id"].str.split("-")
    return frozenset((int(import_id), int(ordinal)) for import_id, ordinal in ids)


def _aliases(organisations: Mapping[str, Row]) -> list[Row]:
    canonical = {key: row["fields"]["canonical"] for key, row in organisations.items()}
    return [_link(key, own) for key, own in canonical.items() if key != own]


def _between(graph: ValueGraph, kind: str, field: str) -> list[Row]:
    """Links along a reference from one thing to another."""
    starts, ends = list(graph[kind]["key"]), list(graph[KINDS[kind].field(field).refers]["key"])
    return [_link(starts[row], ends[place]) for row, place in enumerate(graph[kind][field]) if place >= 0]


def _regions(graph: ValueGraph) -> list[Row]:
    organisations = graph["organisations"].dropna(subset=["region"])
    pairs = zip(organisations["key"], organisations["region"], strict=True)
    return [_link(key, code, label=graph.region_label(code)) for key, code in pairs]


def _sectors(graph: ValueGraph) -> list[Row]:
    keys = list(graph["organisations"]["key"])
    return [
        _link(keys[row["organisation"]], _within(row, "code"), label=row["code"], fields=_told(row))
        for row in _rows(graph["sectors"])
    ]


def _markets(graph: ValueGraph, of_chain: bool) -> list[Row]:
    """Targets that are a capability of a chain, or those that are none, such as countries."""
    keys, capabilities = list(graph["organisations"]["key"]), list(graph["capabilities"]["key"])
    return [
        _link(
            keys[row["organisation"]],
            capabilities[row["capability"]] if of_chain else _within(row, "market"),
            label="" if of_chain else row["market"],
            fields=_told(row),
        )
        for row in _rows(graph["markets"])
        if (row["capability"] >= 0) == of_chain
    ]


def _collaborations(graph: ValueGraph) -> list[Row]:
    keys = list(graph["organisations"]["key"])
    return [
        _link(keys[row["first"]], keys[row["second"]], fields={**_told(row), "projects": row["projects"],
                                                              "contribution_eur": row["contribution_eur"]})
        for row in _rows(graph["collaborations"])
    ]  # fmt: skip


def _rows(table: pd.DataFrame) -> Iterator[Row]:
    return map(_known, table.to_dict("records"))


def _known(row: Mapping[Any, Any]) -> Row:
    """Return what is not empty, in Python's own types."""
    return {
        name: value.item() if hasattr(value, "item") else value
        for name, value in row.items()
        if value is not None and value == value
    }


def _within(row: Row, field: str) -> str:
    """Return the key of a sector or market: its code, with the scheme in front where one is given."""
    return f"{row['scheme']}:{row[field]}" if "scheme" in row else row[field]


def _told(row: Row) -> Row:
    """Return how a link is known, and how far it has come."""
    return {name: row[name] for name in ("status", "confidence", "as_of", "stage") if name in row}


def _link(start: str, end: str, label: str = "", fields: Row | None = None) -> Row:
    return {"start": start, "end": end, "label": label, "fields": fields or {}}


def _stamped(row: Row) -> tuple[str, Row]:
    """Return the stamp of a row, and the row with it."""
    content = json.dumps(row, ensure_ascii=False, sort_keys=True)
    stamp = blake2b(content.encode(), digest_size=16).hexdigest()
    return stamp, {**row, "fields": {**row["fields"], "stamp": stamp}}
