"""Bridges between groups as an advisor would speak of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._bridge_tables import Bridges, bridge_ties
from valuechain.analyses._chain import listed, plural
from valuechain.model.result import Finding

if TYPE_CHECKING:
    from valuechain.analyses._brokers import Builder


def sole_broker_finding(bridges: Bridges, low: int, high: int) -> Finding:
    """Return a pair of groups that one organisation alone connects; of a single tie both ends are named.

    Severity: medium for two or more ties, low for a single one, where somebody belongs to both groups, or on guesses.
    """
    graph, labels = bridges.ties.graph, bridges.groups.labels
    names, keys = graph["organisations"]["label"], graph["organisations"]["key"]
    found = bridges.sole_brokers
    brokers = found.loc[(found["low"] == low) & (found["high"] == high), "organisation"].tolist()
    ties = bridge_ties(bridges, low, high)
    pairs = bridges.ties.pairs.loc[ties]
    ends = np.unique(pairs[["first", "second"]].to_numpy(np.int64))
    both = bridges.in_both(low, high)
    status = bridges.status(ties, ends)
    others = [names.iloc[one] for one in ends.tolist() if one not in brokers]
    pair = f"{labels[low]} and {labels[high]}"
    if len(ties) == 1:
        title = f"{pair}: one tie alone connects them"
        how = f"It joins {listed(names.iloc[brokers])}."
    else:
        title = f"{pair}: {listed(names.iloc[brokers])} is the only connector"
        how = f"All {len(ties)} ties between them are its own, to {listed(others)}."
    members = f" {plural(both, 'organisation')} {'belongs' if both == 1 else 'belong'} to both." if both else ""
    return Finding(
        kind="only-connector",
        severity="medium" if len(ties) > 1 and not both and status != "inferred" else "low",
        confidence=round(min(float(pairs["confidence"].max()), bridges.groups.confidence(ends)), 3),
        subjects=(*keys.iloc[brokers], labels[low], labels[high]),
        title=title,
        explanation=f"{how} Without it nothing that is known joins the two.{members}",
        action="Bring others from both sides together, so that the exchange does not rest on one.",
        status=status,
        evidence=bridges.ties.evidence(ties.tolist()),
    )


def missing_finding(bridges: Bridges, low: int, high: int, builders: Sequence[Builder]) -> Finding:
    """Return a pair of groups with fewer ties than chance would give.

    Severity: medium if there is no tie at all, else low; low on guesses.
    """
    graph, labels = bridges.ties.graph, bridges.groups.labels
    names = graph["organisations"]["label"]
    observed, expected = (float(matrix[low, high]) for matrix in (bridges.mixing.observed, bridges.mixing.expected))
    ties = bridge_ties(bridges, low, high)
    everybody = np.union1d(bridges.members[low], bridges.members[high])
    status = bridges.status(ties, everybody)
    offered = graph["capabilities"]["label"]
    proposals = [
        f"{names.iloc[one.first]} and {names.iloc[one.second]}: both {_offer(one)} {offered.iloc[one.capabilities[0]]}"
        for one in builders[:3]
    ]
    many = "no tie" if not len(ties) else plural(round(observed), "tie")
    return Finding(
        kind="missing-bridge",
        severity="medium" if not len(ties) and status != "inferred" else "low",
        confidence=round(bridges.groups.confidence(everybody), 3),
        subjects=(labels[low], labels[high]),
        title=f"{labels[low]} and {labels[high]}: {many} where chance would give {expected:,.0f}",
        explanation=f"{plural(len(bridges.members[low]), 'organisation')} and "
        f"{plural(len(bridges.members[high]), 'organisation')} have ties enough to others: drawn by chance, "
        f"{expected:,.1f} of these would join the two.",
        action="Invite both sides to one table, on a capability that they share.",
        with_whom=". ".join(proposals),
        status=status,
        evidence=bridges.ties.evidence(ties.tolist()) or bridges.groups.evidence(graph, everybody),
    )


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
        explanation="Their ties count for nobody's bridges, so some that look missing may be there.",
        action=f"Record the {between} of these organisations.",
    )
