"""Gaps and sole sources of one region: those that matter, with who elsewhere could fill them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from valuechain.analyses._gap_states import Gap, find_gaps
from valuechain.analyses._gap_tables import gap_table
from valuechain.analyses._gap_words import gap_finding, not_asked_finding
from valuechain.analyses._outside import Outsider, outsiders
from valuechain.model.result import SEVERITIES, Finding, Table

if TYPE_CHECKING:
    from valuechain.analyses._region_places import RegionPlaces
    from valuechain.model.graph import ValueGraph

CONCENTRATED = 0.4
"""Herfindahl index above which supply counts as concentrated, as in `gaps`."""

SHOWN, CANDIDATES = 3, 3


@dataclass(frozen=True)
class RegionGaps:
    """The states of all capabilities in a region; of those that are wanting, who outside could fill the worst."""

    found: tuple[Gap, ...]
    worst: tuple[Gap, ...]
    outside: dict[int, list[Outsider]]

    def of_state(self, state: str) -> list[Gap]:
        """Return the capabilities in a state."""
        return [gap for gap in self.found if gap.state == state]


def region_gaps(graph: ValueGraph, where: RegionPlaces, freshness: float) -> RegionGaps:
    """Return the gaps in the scope, as `gaps` finds them, and the worst: who needs it, who builds on it, most first.

    Networks and those whose region their postcode contradicts do not count, as nowhere in a profile.
    """
    graph = graph.among(where.number >= 0)
    found = find_gaps(graph, CONCENTRATED, freshness)
    wanting = [gap for gap in found if gap.state in ("no actor", "unlinked", "sole source")]
    wanting.sort(key=lambda gap: (-len(gap.needers), -gap.makers))
    wanting.sort(key=lambda gap: SEVERITIES.index(gap_finding(graph, gap, None).severity))
    worst = tuple(wanting[:SHOWN])
    return RegionGaps(tuple(found), worst, outsiders(graph, worst, freshness, CANDIDATES))


def region_gap_table(graph: ValueGraph, gaps: RegionGaps) -> Table:
    """Return what is wanting: missing, not connected, with one supplier, or not asked about."""
    wanting = [gap for gap in gaps.found if gap.state not in ("covered", "concentrated")]
    return gap_table(graph, wanting, gaps.outside)


def region_gap_findings(graph: ValueGraph, gaps: RegionGaps) -> list[Finding]:
    """Return the worst gaps, and one remark on everything that nobody was asked about."""
    never = [gap for gap in gaps.of_state("unknown") if not gap.known_once]
    findings = [gap_finding(graph, gap, gaps.outside.get(gap.capability)) for gap in gaps.worst]
    return [*findings, not_asked_finding(graph, never, len(gaps.found))] if never else findings
