"""Bridges between sectors, regions, clusters or communities: who connects, and where nobody does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from valuechain.analyses._bridge_tables import (
    ALL_PAIRS,
    broker_table,
    builder_table,
    go_between_table,
    pair_table,
    sole_broker_table,
)
from valuechain.analyses._bridge_words import MANY_GROUPS, missing_finding, not_assessed_finding, sole_broker_finding
from valuechain.analyses._bridges import RARE, Bridges
from valuechain.analyses._brokers import Roles, roles
from valuechain.analyses._builders import Building
from valuechain.analyses._chain import plural
from valuechain.analyses._crossings import PAIR
from valuechain.analyses._groups import MARKETS, TOPICS, Groups, clusters, regions, sectors, tied_communities
from valuechain.analyses._ties import Ties, ties
from valuechain.analyses._words import sentence
from valuechain.model.analysis import analysis
from valuechain.model.result import SEVERITIES, Chart, Finding, Result

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

SHOWN_MISSING, SHOWN_BROKERS, SHOWN_GO_BETWEENS = 10, 10, 3

Between = Literal["sector", "region", "cluster", "community"]


@analysis(version="2")
def bridges(graph: ValueGraph, *, between: Between = "sector", level: int = 2, candidates: int = 5) -> Result:
    """Who joins sectors that would otherwise not meet, and which sectors lack a bridge?

    The same for regions, clusters, and communities of those who are tied among themselves. A tie is a joint project or
    a supply link that delivers today, counted once for each pair of organisations, all ties alike. With a scope, only
    ties between organisations in it count. The sectors of an organisation are what was stated, else the fields of the
    calls that its projects answered, else its application markets, the first that tells any; an organisation with
    several sectors, or in several clusters, belongs to each in equal parts, and is a bridge between them itself. Who
    has none is not assessed.

    Parameters
    ----------
    between : {"sector", "region", "cluster", "community"}
        Between what to look for bridges.
    level : int, 0..3
        NUTS level of the regions, 0 = countries.
    candidates : int, 0..50
        How many pairs of organisations to name that could build a missing bridge.

    Formula
    -------
    Participation = 1 - sum over groups s of (k_is / k_i)^2, k_is = ties of i to group s. Constraint = sum over
    neighbours j of (p_ij + sum over q of p_iq p_qj)^2, p_ij = 1 / ties of i. Betweenness = share of the shortest paths
    between ends in different groups that lead through i; an end in several groups counts in parts; with more than
    2,000 organisations estimated from 100 to 1,000 of them, fewer the more ties there are.

    Expected ties between s and t = K_s K_t / 2m, inside s = K_s^2 / 4m (K = ends of ties in the group, m = ties): every
    group keeps its ties, only with whom is left to chance. That is right for how many to expect, not for how far
    chance scatters: partners of one project come all together. So surprise = (observed - expected) / square root of
    expected x (1 + (d - 2)(K_s + K_t) / 2m), d = partners who come together, on average over the ties, 2 for a supply
    link. A bridge is missing where surprise is -2 or less. Pairs that could build it: most confidence in capabilities
    that both offer, among the 300 on each side who offer most of them; go-betweens: tied to most on both sides.

    An only connector has a part in every tie between two groups, or alone belongs to both where no tie joins them.
    Severity: an only connector of two or more ties: medium, of a single tie or where somebody belongs to both: low; a
    missing bridge: medium if there is no tie and nobody in both, else low; what rests on guesses, and between
    communities, which are found where ties are dense: low.

    Units
    -----
    Ties and organisations are counted; participation, betweenness and confidence lie in 0..1.

    Reference
    ---------
    R. Guimera, L. A. N. Amaral (2005), Nature 433. R. S. Burt (1992), Structural Holes. U. Brandes (2001), Journal of
    Mathematical Sociology 25(2). M. E. J. Newman (2003), Physical Review E 67. V. A. Traag, L. Waltman, N. J. van Eck
    (2019), Scientific Reports 9.

    Example
    -------
    Every tie between the two sectors is the broker's own: of its four partners, three are in the other sector.

    >>> network = example(
    ...     sectors='''organisation, code, scheme
    ...                Broker,       26,   nace2
    ...                Lensmaker,    26,   nace2
    ...                Press,        28,   nace2
    ...                Lathe,        28,   nace2
    ...                Mill,         28,   nace2''',
    ...     supplies='''supplier, buyer,     capability
    ...                 Broker,   Press,     sensor
    ...                 Broker,   Lathe,     sensor
    ...                 Broker,   Mill,      sensor
    ...                 Broker,   Lensmaker, sensor''',
    ... )
    >>> found = bridges(network)
    >>> found.frame("only-connectors")[["first", "second", "organisation", "ties"]].values.tolist()
    [['NACE 26', 'NACE 28', 'Broker', 3]]
    >>> found.frame("brokers").loc[0, ["participation", "constraint"]].tolist()  # 1 - (1/4)^2 - (3/4)^2, 4 (1/4)^2
    [0.375, 0.25]
    """
    network = ties(graph).among(graph.in_scope)
    groups = _groups(graph, network, between, level).among(graph.in_scope)
    found = Bridges(network, groups, _together(graph, network))
    spanning = roles(network.adjacency, network.matrix, groups)
    pairs = _missing(found)
    building = Building(network, groups)
    builders = {(low, high): building.pairs(found.members[low], found.members[high], candidates) for low, high in pairs}
    shown = SHOWN_GO_BETWEENS if candidates else 0
    go_betweens = {(low, high): building.go_betweens(low, high, shown) for low, high in pairs}
    brokers = found.sole_brokers.drop_duplicates(["low", "high"])[:SHOWN_BROKERS]
    findings = [sole_broker_finding(found, one.low, one.high) for one in brokers.itertuples()]
    findings += [
        missing_finding(found, *pair, builders[pair], go_betweens[pair], between == "community") for pair in pairs
    ]
    findings.sort(key=lambda one: SEVERITIES.index(one.severity))
    many = MANY_GROUPS[between]
    return Result(
        verdict=_verdict(found, pairs, many),
        findings=(*findings, *_not_assessed(found, between)),
        tables=(
            broker_table(found, spanning),
            pair_table(found, f"Ties between {many} {graph.scope_words}"),
            sole_broker_table(found),
            builder_table(found, builders),
            go_between_table(found, go_betweens),
        ),
        charts=(
            Chart(
                "matrix", "heatmap", f"Ties between {many}, against chance", "pairs", "first", "second",
                value="surprise",
                alternative=f"For each pair of {many}, whether there are fewer or more ties than by chance.",
            ),
        ),
        notes=_notes(found, spanning, between),
    )  # fmt: skip


def _groups(graph: ValueGraph, network: Ties, between: Between, level: int) -> Groups:
    match between:
        case "sector":
            return sectors(graph)
        case "region":
            return regions(graph, level)
        case "cluster":
            return clusters(graph)
        case _:
            return tied_communities(graph, network.adjacency)


def _together(graph: ValueGraph, network: Ties) -> float:
    """How many come together in one project or supply link, on average over the ties that these make."""
    taking_part = graph["participations"][["organisation", "project"]].drop_duplicates()
    taking_part = taking_part[graph.in_scope[taking_part["organisation"].to_numpy(np.int64)]]
    partners = np.bincount(taking_part["project"].to_numpy(np.int64), minlength=1).astype(float)
    made = partners * (partners - 1) / 2
    supplied = float(network.pairs["supplies"].sum())
    total = made.sum() + supplied
    return float((partners @ made + PAIR * supplied) / total) if total else PAIR


def _missing(found: Bridges) -> list[tuple[int, int]]:
    """The pairs of groups furthest below chance, of those that one source told."""
    surprise = np.triu(np.nan_to_num(found.mixing.surprise), 1)
    low, high = np.nonzero(surprise <= -RARE)
    order = np.argsort(surprise[low, high], kind="stable")
    ranked = zip(low[order].tolist(), high[order].tolist(), strict=True)
    return [pair for pair in ranked if found.groups.comparable(*pair)][:SHOWN_MISSING]


def _not_assessed(found: Bridges, between: Between) -> list[Finding]:
    unknown = _without_group(found)
    return [not_assessed_finding(found, unknown, between)] if unknown else []


def _without_group(found: Bridges) -> int:
    known = np.diff(found.groups.shares.indptr) > 0
    return int((found.ties.graph.in_scope & ~known).sum())


def _verdict(found: Bridges, missing: list[tuple[int, int]], many: str) -> str:
    graph, labels = found.ties.graph, found.groups.labels
    joined = int(found.crossings["tie"].nunique())
    if len(labels) < 2 or not len(found.ties.pairs):
        return sentence(f"Not assessed: no two {many} with ties are known {graph.scope_words}")
    crossing = f"{plural(joined, 'tie')} {'crosses' if joined == 1 else 'cross'}" if joined else "No tie crosses"
    words = [sentence(f"{crossing} between {len(labels):,} {many} {graph.scope_words}")]
    if found.sole_pairs:
        hang = "hangs" if found.sole_pairs == 1 else "hang"
        words.append(f"{plural(found.sole_pairs, 'pair')} of {many} {hang} on one connector.")
    if missing:
        words.append(f"A bridge is missing most between {found.called(*missing[0])}.")
    return " ".join(words)


def _notes(found: Bridges, spanning: Roles, between: Between) -> tuple[str, ...]:
    sources = ", ".join(f"{source}: {count:,}" for source, count in found.groups.known_from.items())
    notes = [f"Organisations by what told their {between}: {sources or 'none'}."]
    notes.append(f"{plural(_without_group(found), 'organisation')} without a known {between} not assessed.")
    if found.sole_pairs > SHOWN_BROKERS:
        notes.append(f"Of the pairs with one connector, {SHOWN_BROKERS} are spelled out; the table holds them all.")
    if spanning.is_estimate:
        notes.append(
            f"Betweenness is estimated from {spanning.sources:,} of {spanning.ends:,} organisations, evenly spread. "
            f"One standard error of the largest: {spanning.standard_error:.3f} at most."
        )
    if len(found.groups.labels) * (len(found.groups.labels) + 1) // 2 > ALL_PAIRS:
        notes.append("Pairs without a tie for which chance would not give one either are left out of the table.")
    if found.together > PAIR:
        notes.append(
            f"A tie is one of a project with {found.together:.1f} partners on average: they all come together, so that "
            "chance scatters the ties more than so many single links."
        )
    if between == "community":
        notes.append(
            "Communities are found where ties are dense, so few ties between them are built in: read the order of the "
            "pairs, not the numbers. Another run on other data may cut them otherwise."
        )
    if len(found.groups.known_from) > 1:
        notes.append(f"A missing bridge is looked for only where one source told the {between} on both sides.")
    if {TOPICS, MARKETS} & found.groups.known_from.keys():
        notes.append(
            "A sector that follows from projects says what they were about, not what a firm sells. Partners of a "
            "project then share its sector, so fewer ties between sectors than by chance are built in: compare pairs."
        )
    return tuple(notes)
