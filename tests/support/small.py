"""Small graphs written out as rows, for tests that state a case in a few lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from valuechain.model import example
from valuechain.model.batch import Batch
from valuechain.model.build import Reference, build
from valuechain.model.example import snapshot
from valuechain.model.graph import ValueGraph, View
from valuechain.stores.open import open_store

Rows = Mapping[str, Sequence[Mapping[str, Any]]]

__all__ = ["chain", "delivery", "firms", "graph_of", "links", "snapshot", "stored"]

LINKS = {
    "offers": ("organisation", "capability"),
    "needs": ("organisation", "capability"),
    "inputs": ("from_capability", "to_capability"),
    "supplies": ("supplier", "buyer", "capability"),
    "participations": ("organisation", "project"),
    "memberships": ("organisation", "cluster"),
    "ownerships": ("owner", "owned"),
}


def delivery(rows: Rows, source: str = "test") -> Batch:
    """A delivery of these rows; every row must be without fault."""
    return example.delivery(rows, source)


def stored(rows: Rows, folder: Path) -> Path:
    """A store in a folder that holds these rows."""
    path = folder / "store.sqlite"
    with open_store(f"sqlite:///{path}") as store:
        store.write(delivery(rows))
    return path


def graph_of(rows: Rows, view: View | None = None, title_terms: Mapping[str, str] | None = None) -> ValueGraph:
    """The graph that these rows give."""
    return build(snapshot(delivery(rows)), view or View(), Reference(title_terms or {}, {}))


def chain(*arcs: str, optional: Sequence[str] = (), markets: Sequence[str] = ()) -> dict[str, list[dict[str, Any]]]:
    """Stages, capabilities and inputs of a chain from arcs such as "glass>lens"; those in `optional` are not essential.

    A capability stands in the stage "s"; those in `markets` are markets.
    """
    pairs = [arc.split(">") for arc in (*arcs, *optional)]
    names = dict.fromkeys(name for pair in pairs for name in pair)
    return {
        "stages": [{"id": "s", "chain": "c", "label": "Stage", "order": 1}],
        "capabilities": [
            {"id": name, "label": name.title(), "chain": "c", "stage": "s",
             "kind": "market" if name in markets else "component"}
            for name in names
        ],
        "inputs": [
            {"from_capability": source, "to_capability": target, "essential": f"{source}>{target}" not in optional}
            for source, target in pairs
        ],
    }  # fmt: skip


def firms(*ids: str, **common: Any) -> list[dict[str, Any]]:
    """Organisations called like their ids."""
    return [{"id": one, "name": one, "kind": "sme", **common} for one in ids]


def links(kind: str, *texts: str, **common: Any) -> list[dict[str, Any]]:
    """Rows of a link kind from texts such as "a lens" (offers) or "a b lens" (supplies)."""
    return [dict(zip(LINKS[kind], text.split(), strict=True)) | common for text in texts]
