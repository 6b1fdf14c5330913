"""Bridges between groups as an advisor would speak of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import listed, plural
from valuechain.analyses._umbrellas import umbrellas
from valuechain.model.result import Finding

if TYPE_CHECKING:
    from valuechain.analyses._bridges import Bridges
    from valuechain.analyses._builders import Builder, GoBetween
    from valuechain.model.arrays import Integers

MANY_GROUPS = {"sector": "sectors", "region": "regions", "cluster": "clusters", "community": "communities"}
"""What people call several groups of a kind."""


def sole_broker_finding(bridges: Bridges, low: int, high: int) -> Finding:
    """Return a pair of groups that one organisation alone connects; of a single tie both ends are named.

    Severity: medium for two or more ties, low for a single one, where somebody belongs to both groups, or on guesses.
    """
    graph, labels = bridges.ties.graph, bridges.groups.labels
    keys = graph["organisations"]["key"]
    found = bridges.sole_brokers
    brokers = found.loc[(found["low"] == low) & (found["high"] == high), "organisation"].tolist()
    ties = bridges.ties_of(low, high)
    ends = np.union1d(bridges.ends(ties), brokers).astype(np.int64)
    both = bridges.in_both(low, high)
    status = bridges.status_of_ends(ties, brokers)
    title, how = _sole(bridges, low, high, brokers, ties)
    members = f" {plural(both, 'organisation')} {'belongs' if both == 1 else 'belong'} to both." if both else ""
    sure = bridges.ties.pairs["confidence"].to_numpy(float)[ties].max(initial=0.0) if len(ties) else 1.0
    return Finding(
        kind="only-connector",
        severity="medium" if len(ties) > 1 and not both and status != "inferred" else "low",
        confidence=round(min(float(sure), bridges.groups.confidence(ends)), 3),
        subjects=(*keys.iloc[brokers], labels[low], labels[high]),
        title=title,
        explanation=f"{how}{members}",
        action="Bring others from both sides together, so that the exchange does not rest on one.",
        status=status,
        evidence=bridges.ties.evidence(ties) or bridges.groups.evidence(graph, ends),
    )


def _sole(bridges: Bridges, low: int, high: int, brokers: Sequence[int], ties: Integers) -> tuple[str, str]:
    """Title and reason of a pair that hangs on one."""
    names = bridges.ties.graph["organisations"]["label"]
    pair = bridges.called(low, high)
    who = listed(names.iloc[list(brokers)])
    without = "Without it no tie that is known joins the two."
    if not len(ties):
        return f"{pair}: only {who} belongs to both", "No tie joins them, and nobody else is known to be in both."
    if len(ties) == 1:
        return f"{pair}: one tie alone connects them", f"It joins {listed(names.iloc[bridges.ends(ties)])}. {without}"
    others = listed(names.iloc[one] for one in bridges.ends(ties).tolist() if one not in brokers)
    if len(brokers) > 1:
        return f"{pair}: {who} are the only connectors", f"Each has a part in all {len(ties)} ties between them."
    how = f"All {len(ties)} ties between them are its own, to {others}. {without}"
    return f"{pair}: {who} is the only connector", how


def missing_finding(
    bridges: Bridges, low: int, high: int, builders: Sequence[Builder], go_betweens: Sequence[GoBetween], built_in: bool
) -> Finding:
    """Return a pair of groups with fewer ties than chance would give.

    Severity: medium if there is no tie at all and nobody belongs to both, else low; low on guesses, and where few ties
    between the groups are `built_in` by the way they were found.
    """
    graph, labels = bridges.ties.graph, bridges.groups.labels
    observed, expected = (float(matrix[low, high]) for matrix in (bridges.mixing.observed, bridges.mixing.expected))
    ties = bridges.ties_of(low, high)
    everybody = np.union1d(bridges.members[low], bridges.members[high])
    status = bridges.status(ties, (low, high))
    both = bridges.in_both(low, high)
    apart = not len(ties) and not both and status != "inferred" and not built_in
    members = f" {plural(both, 'organisation')} {'belongs' if both == 1 else 'belong'} to both." if both else ""
    many = "no tie" if not len(ties) else plural(max(1, round(observed)), "tie")
    return Finding(
        kind="missing-bridge",
        severity="medium" if apart else "low",
        confidence=round(bridges.groups.confidence(everybody), 3),
        subjects=(labels[low], labels[high]),
        title=f"{bridges.called(low, high)}: {many} where chance would give {expected:,.0f}",
        explanation=f"{plural(len(bridges.members[low]), 'organisation')} and "
        f"{plural(len(bridges.members[high]), 'organisation')} have ties enough to others: drawn by chance, "
        f"{expected:,.1f} of these would join the two.{members}",
        action="Invite both sides to one table, on a capability that they share."
        if builders
        else "Invite both sides to one table; no capability that they share is known.",
        with_whom=". ".join([*_pairs(bridges, builders[:3]), *_introducers(bridges, go_betweens[:2])]),
        status=status,
        evidence=bridges.ties.evidence(ties) or bridges.groups.evidence(graph, everybody),
    )


def _pairs(bridges: Bridges, builders: Sequence[Builder]) -> list[str]:
    graph = bridges.ties.graph
    names, offered = graph["organisations"]["label"], graph["capabilities"]["label"]
    return [
        f"{names.iloc[one.first]} and {names.iloc[one.second]}: both {_offer(one)} {offered.iloc[one.capabilities[0]]}"
        + (f", and both know {listed(names.iloc[list(one.known_to_both)], 1)}" if one.known_to_both else "")
        for one in builders
    ]


def _introducers(bridges: Bridges, go_betweens: Sequence[GoBetween]) -> list[str]:
    graph = bridges.ties.graph
    names, to_mind = graph["organisations"]["label"], graph.once(umbrellas)
    known = [
        f"{names.iloc[one.organisation]}, tied to {one.to_first:,} and {one.to_second:,} of them"
        + (f" ({to_mind[one.organisation]})" if one.organisation in to_mind else "")
        for one in go_betweens
    ]
    return [f"To introduce them: {'; '.join(known)}"] if known else []


def _offer(builder: Builder) -> str:
    return "seem to offer" if builder.status == "inferred" else "offer"


def not_assessed_finding(bridges: Bridges, unknown: int, between: str) -> Finding:
    """Return the remark on organisations whose group is not known."""
    graph = bridges.ties.graph
    total = int(graph.in_scope.sum())
    return Finding(
        kind="not-assessed",
        severity="info",
        confidence=1.0,
        subjects=(between,),
        title=f"Not assessed: {plural(unknown, 'organisation')} of {total:,} without a known {between}",
        explanation="They have no tie, or none beyond one or two others. Who works with whom may not be recorded."
        if between == "community"
        else "Their ties count for nobody's bridges, so some that look missing may be there.",
        action=f"Record the {between} of these organisations."
        if between != "community"
        else "Record whom these organisations supply, buy from and work with.",
    )
