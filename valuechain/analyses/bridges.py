"""Bridges between sectors, or between regions: who connects, and where nobody does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from valuechain.analyses._bridge_tables import (
    RARE,
    Bridges,
    broker_table,
    builder_table,
    pair_table,
    sole_broker_table,
)
from valuechain.analyses._bridge_words import missing_finding, not_assessed_finding, sole_broker_finding
from valuechain.analyses._brokers import Builder, Offers, Roles, roles
from valuechain.analyses._chain import plural
from valuechain.analyses._groups import MARKETS, TOPICS, regions, sectors
from valuechain.analyses._ties import ties
from valuechain.model.analysis import analysis
from valuechain.model.result import SEVERITIES, Chart, Finding, Result

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

SHOWN_MISSING, SHOWN_BROKERS = 10, 10


@analysis(version="1")
def bridges(
    graph: ValueGraph, *, between: Literal["sector", "region"] = "sector", level: int = 2, candidates: int = 5
) -> Result:
    """Who joins sectors that would otherwise not meet, and which sectors lack a bridge?

    A tie is a joint project or a supply link that delivers today, counted once for each pair of organisations, all
    ties alike. With a scope, only ties between organisations in it count. The sectors of an organisation are what was
    stated, else the fields of the calls that its projects answered, else its application markets, the first that tells
    any; an organisation with several belongs to each in equal parts. Who has none is not assessed.

    Parameters
    ----------
    between : {"sector", "region"}
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
    2,000 organisations estimated from 1,000 of them. Expected ties between s and t = K_s K_t / 2m, inside s =
    K_s^2 / 4m (K = ends of ties in the group, m = ties). A bridge is missing where the ties observed lie two square
    roots of the expected number below it, or more. Partners of one project are all tied to each other, so a large
    project weighs more than chance would have it. An only connector has a part in every tie between two groups.
    Severity: an only connector of two or more ties: medium, of a single tie or where somebody belongs to both: low; a
    missing bridge: medium if there is no tie at all, else low; what rests on guesses: low.

    Units
    -----
    Ties and organisations are counted; participation, betweenness and confidence lie in 0..1.

    Reference
    ---------
    R. Guimera, L. A. N. Amaral (2005), Nature 433. R. S. Burt (1992), Structural Holes. U. Brandes (2001), Journal of
    Mathematical Sociology 25(2). M. E. J. Newman (2003), Physical Review E 67.
    """
    groups = sectors(graph) if between == "sector" else regions(graph, level)
    groups = groups.among(graph.in_scope)
    network = ties(graph).among(graph.in_scope)
    found = Bridges(network, groups)
    spanning = roles(network.adjacency, network.matrix, groups)
    missing = _missing(found, candidates)
    findings = _findings(found, missing, between)
    return Result(
        verdict=_verdict(found, missing, between),
        findings=tuple(findings),
        tables=(
            broker_table(found, spanning),
            pair_table(found, f"Ties between {between}s {graph.scope_words}"),
            sole_broker_table(found),
            builder_table(found, missing),
        ),
        charts=(
            Chart(
                "matrix", "heatmap", f"Ties between {between}s, against chance", "pairs", "first", "second",
                value="surprise",
                alternative=f"For each pair of {between}s, whether there are fewer or more ties than by chance.",
            ),
        ),
        notes=_notes(found, spanning, between),
    )  # fmt: skip


def _missing(found: Bridges, candidates: int) -> dict[tuple[int, int], list[Builder]]:
    """The pairs of groups furthest below chance, each with who could build the bridge."""
    surprise = np.triu(np.nan_to_num(found.mixing.surprise), 1)
    low, high = np.nonzero(surprise <= -RARE)
    order = np.argsort(surprise[low, high], kind="stable")
    ranked = zip(low[order].tolist(), high[order].tolist(), strict=True)
    pairs = [pair for pair in ranked if found.groups.comparable(*pair)][:SHOWN_MISSING]
    offers = Offers(found.ties.graph)
    return {
        (first, second): offers.builders(found.members[first], found.members[second], found.ties.matrix, candidates)
        for first, second in pairs
    }


def _findings(found: Bridges, missing: dict[tuple[int, int], list[Builder]], between: str) -> list[Finding]:
    brokers = found.sole_brokers.drop_duplicates(["low", "high"])[:SHOWN_BROKERS]
    findings = [sole_broker_finding(found, one.low, one.high) for one in brokers.itertuples()]
    findings += [missing_finding(found, low, high, builders) for (low, high), builders in missing.items()]
    findings.sort(key=lambda one: SEVERITIES.index(one.severity))
    unknown = _without_group(found)
    return [*findings, not_assessed_finding(found, unknown, between)] if unknown else findings


def _without_group(found: Bridges) -> int:
    known = np.diff(found.groups.shares.indptr) > 0
    return int((found.ties.graph.in_scope & ~known).sum())


def _verdict(found: Bridges, missing: dict[tuple[int, int], list[Builder]], between: str) -> str:
    graph, labels = found.ties.graph, found.groups.labels
    joined = int(found.crossings["tie"].nunique())
    if len(labels) < 2 or not len(found.ties.pairs):
        return f"Not assessed: no two {between}s with ties are known {graph.scope_words}."
    crossing = f"{plural(joined, 'tie')} {'crosses' if joined == 1 else 'cross'}" if joined else "No tie crosses"
    words = [f"{crossing} between {len(labels)} {between}s {graph.scope_words}."]
    pairs = len(found.sole_brokers.drop_duplicates(["low", "high"]))
    if pairs:
        words.append(f"{plural(pairs, 'pair')} of {between}s {'hangs' if pairs == 1 else 'hang'} on one connector.")
    if missing:
        low, high = next(iter(missing))
        words.append(f"A bridge is missing most between {labels[low]} and {labels[high]}.")
    return " ".join(words)


def _notes(found: Bridges, spanning: Roles, between: str) -> tuple[str, ...]:
    sources = ", ".join(f"{source}: {count:,}" for source, count in found.groups.known_from.items())
    notes = [f"Organisations by what told their {between}: {sources or 'none'}."]
    notes.append(f"{plural(_without_group(found), 'organisation')} without a known {between} not assessed.")
    if len(found.sole_brokers.drop_duplicates(["low", "high"])) > SHOWN_BROKERS:
        notes.append(f"Of the pairs with one connector, {SHOWN_BROKERS} are spelled out; the table holds them all.")
    if spanning.sources < spanning.ends:
        notes.append(
            f"Betweenness is estimated from {spanning.sources:,} of {spanning.ends:,} organisations, evenly spread."
        )
    if len(found.groups.known_from) > 1:
        notes.append(f"A missing bridge is looked for only where one source told the {between} on both sides.")
    if {TOPICS, MARKETS} & found.groups.known_from.keys():
        notes.append(
            "A sector that follows from projects says what they were about, not what a firm sells. Partners of a "
            "project then share its sector, so fewer ties between sectors than by chance are built in: compare pairs."
        )
    return tuple(notes)
