"""Capabilities that go into each other in a circle, so that none of them comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from valuechain.analyses._words import itemised
from valuechain.model.language import say

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

SHOWN_CIRCLES = 3


def circles(graph: ValueGraph) -> list[list[int]]:
    """Return the circles of inputs: capabilities each of which goes, in any steps, into all others, or into itself.

    The largest come first; what only one firm's own bill of materials says counts too.
    """
    inputs = graph["inputs"]
    source, target = (inputs[end].to_numpy(np.int64) for end in ("from_capability", "to_capability"))
    count = len(graph["capabilities"])
    arcs = coo_array((np.ones(len(inputs)), (source, target)), shape=(count, count))
    number, part = connected_components(arcs, directed=True, connection="strong")
    size = np.bincount(part, minlength=number)
    into_itself = np.zeros(count, dtype=bool)
    into_itself[source[source == target]] = True
    in_circle = np.flatnonzero((size[part] > 1) | into_itself)
    found: dict[int, list[int]] = {}
    for capability in in_circle.tolist():
        found.setdefault(int(part[capability]), []).append(capability)
    return sorted(found.values(), key=lambda one: (-len(one), one))


def circle_notes(graph: ValueGraph, asked_about: set[int]) -> list[str]:
    """Return a remark on each of the largest circles that hold one of the capabilities asked about."""
    labels = graph["capabilities"]["label"]
    found = [circle for circle in circles(graph) if asked_about.intersection(circle)]
    notes = [
        say(
            "What goes into what runs in a circle: {capabilities}. Each counts as needed for the others.",
            capabilities=itemised(labels.iloc[circle], 6),
        )
        if len(circle) > 1
        else say("{capability} is said to go into itself.", capability=labels.iloc[circle[0]])
        for circle in found[:SHOWN_CIRCLES]
    ]
    more = len(found) - SHOWN_CIRCLES
    return [*notes, say("{more} more such circles are not named.", more=more)] if more > 0 else notes
