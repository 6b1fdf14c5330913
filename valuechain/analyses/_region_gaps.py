"""Gaps and sole sources of one region: those that matter, with who elsewhere could fill them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._gap_states import Gap, find_gaps
from valuechain.analyses._gap_tables import gap_table
from valuechain.analyses._gap_words import gap_finding, not_asked_finding
from valuechain.analyses._lookup import offers_of
from valuechain.analyses._outside import Outsider, outsiders
from valuechain.analyses._words import itemised
from valuechain.model.language import listed, plural, say
from valuechain.model.result import SEVERITIES, Finding, Table, least_certain

if TYPE_CHECKING:
    from valuechain.analyses._region_places import RegionPlaces
    from valuechain.model.graph import ValueGraph

CONCENTRATED = 0.4
"""Herfindahl index above which supply counts as concentrated, as in `gaps`."""

WANTING = ("no actor", "unlinked", "sole source")

SHOWN, CANDIDATES = 3, 3


@dataclass(frozen=True)
class RegionGaps:
    """The states of all capabilities in a region.

    Of those that are wanting, the worst that somebody `told` of, and those that follow from project titles alone;
    `outside` are those who could fill the worst.
    """

    found: tuple[Gap, ...]
    told: tuple[Gap, ...]
    guessed: tuple[Gap, ...]
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
    wanting = [gap for gap in found if gap.state in WANTING]
    wanting.sort(key=lambda gap: (-len(gap.needers), -gap.makers))
    wanting.sort(key=lambda gap: SEVERITIES.index(gap_finding(graph, gap, None).severity))
    guessed = tuple(gap for gap in wanting if _by_titles(graph, gap))
    told = tuple(gap for gap in wanting if gap not in guessed)[:SHOWN]
    return RegionGaps(tuple(found), told, guessed, outsiders(graph, [*told, *guessed[:SHOWN]], freshness, CANDIDATES))


def _by_titles(graph: ValueGraph, gap: Gap) -> bool:
    """Whether all that offer it are guessed from project titles."""
    offers = offers_of(graph, gap.capability)
    statuses = offers["status"][offers["organisation"].isin(gap.offerers).to_numpy(bool)]
    return len(statuses) > 0 and bool((statuses == "inferred").all())


def region_gap_table(graph: ValueGraph, gaps: RegionGaps) -> Table:
    """Return what is wanting: missing, not connected, with one supplier, or not asked about."""
    wanting = [gap for gap in gaps.found if gap.state not in ("covered", "concentrated")]
    return gap_table(graph, wanting, gaps.outside)


def region_gap_findings(graph: ValueGraph, gaps: RegionGaps) -> list[Finding]:
    """Return the worst gaps, and one remark each on what is guessed, and on what nobody was asked about.

    A gap that follows from project titles alone is no finding of its own: titles speak of what is new, and seldom of
    glass, coatings or contract work, so that what they do not name may well be there.
    """
    never = [gap for gap in gaps.of_state("unknown") if not gap.known_once]
    findings = [gap_finding(graph, gap, gaps.outside.get(gap.capability)) for gap in gaps.told]
    for state in ("sole source", "unlinked"):
        guessed = [gap for gap in gaps.guessed if gap.state == state]
        findings += [_guessed(graph, guessed)] if guessed else []
    return [*findings, not_asked_finding(graph, never, len(gaps.found))] if never else findings


def _guessed(graph: ValueGraph, gaps: list[Gap]) -> Finding:
    """One remark on gaps of one state that follow from project titles alone, most needed first; severity low."""
    names, keys = graph["organisations"]["label"], graph["capabilities"]["key"]
    alone = gaps[0].state == "sole source"
    count = plural(len(gaps), "capability", "capabilities")
    first = itemised((f"{gap.label}: {listed(names.iloc[list(gap.offerers)], 2)}" for gap in gaps), SHOWN)
    told = {"capabilities": count, "where": graph.scope_words}
    if gaps[0].needers:
        first = say("Most needed here: {gaps}.", gaps=first)
    else:
        first = say("First of these: {gaps}.", gaps=first)
    if alone:
        title = say("By project titles alone, one provider each: {capabilities} {where}", **told)
        mind = say(
            "Titles speak of what is new, and seldom of glass, coatings or contract work, so others may well be there."
        )
        action = say("Ask which of these have a second source, those first that most need.")
    else:
        title = say("By project titles alone, here, but not connected: {capabilities} {where}", **told)
        mind = say("Few ties are recorded: they may well know each other.")
        action = say("Ask whether they know each other, and introduce them if not.")
    return Finding(
        kind=f"{gaps[0].state.replace(' ', '-')}-by-titles",
        severity="low",
        confidence=round(float(np.mean([_sure(gap) for gap in gaps])), 3),
        subjects=(*graph.scope.regions, *keys.iloc[[gap.capability for gap in gaps]]),
        title=title,
        explanation=f"{first} {mind}",
        action=action,
        status=least_certain(gap.status for gap in gaps),
        evidence=tuple(dict.fromkeys(record for gap in gaps for record in gap.evidence)),
    )


def _sure(gap: Gap) -> float:
    return gap.linkage_confidence if gap.state == "unlinked" else gap.presence_confidence
