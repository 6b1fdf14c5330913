"""Capabilities that come near another: around it in the order of general and special, or in the same patent classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from valuechain.model.language import say

if TYPE_CHECKING:
    from valuechain.model.arrays import Booleans
    from valuechain.model.graph import ValueGraph

ALIKE = 0.5
"""From this part of common patent classes on, two capabilities rest on the same technology."""


def related(graph: ValueGraph, capability: int) -> dict[int, str]:
    """Return the capabilities that come near one, the nearest first, each with how it relates.

    In this order: its narrower ones, the broader one, the siblings under that; then those of which at least half of the
    patent classes are common (CPC main groups, Jaccard index), as long as both stand in one stage of the chain or one
    goes into the other: that the same technology stands behind two things at its two ends says little.
    Markets are none.
    """
    broader = graph["capabilities"]["broader"].to_numpy(np.int64)
    above = int(broader[capability])
    found = {int(one): say("a part of it") for one in np.flatnonzero(broader == capability)}
    if above >= 0:
        found[above] = say("the broader capability")
        for one in np.flatnonzero(broader == above).tolist():
            found.setdefault(one, say("a sibling of it"))
    for one, group in _in_the_same_classes(graph, capability):
        found.setdefault(one, say("the same technology by patent class ({group})", group=group))
    found.pop(capability, None)
    return found


def _in_the_same_classes(graph: ValueGraph, capability: int) -> list[tuple[int, str]]:
    """Capabilities with half of the patent classes in common, the most alike first, each with a class of both."""
    groups = graph.once(_main_groups)
    mine = groups[capability]
    alike = [
        (-len(mine & groups[one]) / len(mine | groups[one]), int(one), min(mine & groups[one]))
        for one in np.flatnonzero(_beside(graph, capability)).tolist()
        if mine & groups[one]
    ]
    return [(one, group) for share, one, group in sorted(alike) if -share >= ALIKE]


def _beside(graph: ValueGraph, capability: int) -> Booleans:
    """What stands in the stage of a capability, goes into it, or takes it as an input."""
    stages = graph["capabilities"]["stage"].to_numpy(np.int64)
    beside: Booleans = (stages == stages[capability]) & (stages >= 0)
    source, target = (graph["inputs"][end].to_numpy(np.int64) for end in ("from_capability", "to_capability"))
    beside[target[source == capability]] = True
    beside[source[target == capability]] = True
    beside &= (graph["capabilities"]["kind"] != "market").to_numpy(bool)
    return beside


def _main_groups(graph: ValueGraph) -> list[frozenset[str]]:
    """The CPC main groups of each capability: H01S3 of H01S3/22."""
    return [
        frozenset(code.strip().partition("/")[0] for code in codes.split(";") if code.strip())
        if isinstance(codes, str)
        else frozenset()
        for codes in graph["capabilities"]["cpc"]
    ]
