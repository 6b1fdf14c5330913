"""Bridges between groups as an advisor would speak of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._umbrellas import what_to_mind
from valuechain.model.language import in_a_sentence, listed, plural, say, term
from valuechain.model.result import Finding

if TYPE_CHECKING:
    from valuechain.analyses._bridges import Bridges
    from valuechain.analyses._builders import Builder, GoBetween
    from valuechain.model.arrays import Integers

MANY_GROUPS = {
    term("sector"): term("sectors"),
    term("region"): term("regions"),
    term("cluster"): term("clusters"),
    term("community"): term("communities"),
}
"""What people call several groups of a kind."""


def sole_broker_finding(bridges: Bridges, low: int, high: int) -> Finding:
    """Return a pair of groups that one organisation alone connects; of a single tie both ends are named.

    Severity: medium for two or more ties, low for a single one, where somebody belongs to both groups, or on guesses.
    """
    graph, names = bridges.ties.graph, bridges.groups.names
    keys = graph["organisations"]["key"]
    found = bridges.sole_brokers
    brokers = found.loc[(found["low"] == low) & (found["high"] == high), "organisation"].tolist()
    ties = bridges.ties_of(low, high)
    ends = np.union1d(bridges.ends(ties), brokers).astype(np.int64)
    both = bridges.in_both(low, high)
    status = bridges.status_of_ends(ties, brokers)
    title, how = _sole(bridges, low, high, brokers, ties)
    sure = bridges.ties.pairs["confidence"].to_numpy(float)[ties].max(initial=0.0) if len(ties) else 1.0
    return Finding(
        kind="only-connector",
        severity="medium" if len(ties) > 1 and not both and status != "inferred" else "low",
        confidence=round(min(float(sure), bridges.groups.confidence(ends)), 3),
        subjects=(*keys.iloc[brokers], names[low], names[high]),
        title=title,
        explanation=" ".join([how, *_in_both(both)]),
        action=say("Bring others from both sides together, so that the exchange does not rest on one."),
        status=status,
        evidence=bridges.ties.evidence(ties) or bridges.groups.evidence(graph, ends),
    )


def _sole(bridges: Bridges, low: int, high: int, brokers: Sequence[int], ties: Integers) -> tuple[str, str]:
    """Title and reason of a pair that hangs on one."""
    names = bridges.ties.graph["organisations"]["label"]
    pair = bridges.called(low, high)
    who = listed(names.iloc[list(brokers)])
    without = say("Without it no tie that is known joins the two.")
    if not len(ties):
        return (
            say("{pair}: only {who} belongs to both", pair=pair, who=who),
            say("No tie joins them, and nobody else is known to be in both."),
        )
    if len(ties) == 1:
        joins = say("It joins {names}.", names=listed(names.iloc[bridges.ends(ties)]))
        return say("{pair}: one tie alone connects them", pair=pair), f"{joins} {without}"
    if len(brokers) > 1:
        return (
            say("{pair}: {who} are the only connectors", pair=pair, who=who),
            say("Each has a part in all {ties} ties between them.", ties=len(ties)),
        )
    others = listed(names.iloc[one] for one in bridges.ends(ties).tolist() if one not in brokers)
    how = say("All {ties} ties between them are its own, to {others}.", ties=len(ties), others=others)
    return say("{pair}: {who} is the only connector", pair=pair, who=who), f"{how} {without}"


def _in_both(count: int) -> tuple[str, ...]:
    """How many belong to both groups, nothing where nobody does."""
    if not count:
        return ()
    members = plural(count, "organisation")
    if count == 1:
        return (say("{organisations} belongs to both.", organisations=members),)
    return (say("{organisations} belong to both.", organisations=members),)


def missing_finding(
    bridges: Bridges, low: int, high: int, builders: Sequence[Builder], go_betweens: Sequence[GoBetween], built_in: bool
) -> Finding:
    """Return a pair of groups with fewer ties than chance would give.

    Severity: medium if there is no tie at all and nobody belongs to both, else low; low on guesses, and where few ties
    between the groups are `built_in` by the way they were found.
    """
    graph, names = bridges.ties.graph, bridges.groups.names
    observed, expected = (float(matrix[low, high]) for matrix in (bridges.mixing.observed, bridges.mixing.expected))
    ties = bridges.ties_of(low, high)
    everybody = np.union1d(bridges.members[low], bridges.members[high])
    status = bridges.status(ties, (low, high))
    both = bridges.in_both(low, high)
    apart = not len(ties) and not both and status != "inferred" and not built_in
    pair = bridges.called(low, high)
    title = (
        say(
            "{pair}: {ties} where chance would give {expected:,.0f}",
            pair=pair,
            ties=plural(max(1, round(observed)), "tie"),
            expected=expected,
        )
        if len(ties)
        else say("{pair}: no tie where chance would give {expected:,.0f}", pair=pair, expected=expected)
    )
    enough = say(
        "{first} and {second} have ties enough to others: drawn by chance, {expected:,.1f} of these would join the "
        "two.",
        first=plural(len(bridges.members[low]), "organisation"),
        second=plural(len(bridges.members[high]), "organisation"),
        expected=expected,
    )
    return Finding(
        kind="missing-bridge",
        severity="medium" if apart else "low",
        confidence=round(bridges.groups.confidence(everybody), 3),
        subjects=(names[low], names[high]),
        title=title,
        explanation=" ".join([enough, *_in_both(both)]),
        action=say("Invite both sides to one table, on a capability that they share.")
        if builders
        else say("Invite both sides to one table; no capability that they share is known."),
        with_whom=(*_pairs(bridges, builders[:3]), *_introducers(bridges, go_betweens[:2])),
        status=status,
        evidence=bridges.ties.evidence(ties) or bridges.groups.evidence(graph, everybody),
    )


def _pairs(bridges: Bridges, builders: Sequence[Builder]) -> list[str]:
    graph = bridges.ties.graph
    names, offered = graph["organisations"]["label"], graph["capabilities"]["label"]
    return [
        _pair(
            one,
            {
                "first": names.iloc[one.first],
                "second": names.iloc[one.second],
                "capability": in_a_sentence(offered.iloc[one.capabilities[0]]),
                "known": listed(names.iloc[list(one.known_to_both)], 1),
            },
        )
        for one in builders
    ]


def _pair(builder: Builder, told: dict[str, str]) -> str:
    """Two who could build a bridge, what they share, and whom both know."""
    if builder.status == "inferred":
        if builder.known_to_both:
            return say("{first} and {second}: both seem to offer {capability}, and both know {known}", **told)
        return say("{first} and {second}: both seem to offer {capability}", **told)
    if builder.known_to_both:
        return say("{first} and {second}: both offer {capability}, and both know {known}", **told)
    return say("{first} and {second}: both offer {capability}", **told)


def _introducers(bridges: Bridges, go_betweens: Sequence[GoBetween]) -> list[str]:
    graph = bridges.ties.graph
    names, to_mind = graph["organisations"]["label"], what_to_mind(graph)
    known = [
        say(
            "{name}, tied to {first:,} and {second:,} of them",
            name=names.iloc[one.organisation],
            first=one.to_first,
            second=one.to_second,
        )
        + (f" ({to_mind[one.organisation]})" if one.organisation in to_mind else "")
        for one in go_betweens
    ]
    return [say("To introduce them: {names}", names="; ".join(known))] if known else []


def not_assessed_finding(bridges: Bridges, unknown: int, between: str) -> Finding:
    """Return the remark on organisations whose group is not known."""
    graph = bridges.ties.graph
    total = int(graph.in_scope.sum())
    return Finding(
        kind="not-assessed",
        severity="info",
        confidence=1.0,
        subjects=(between,),
        title=say(
            "Not assessed: {organisations} of {total:,} without a known {group}",
            organisations=plural(unknown, "organisation"),
            total=total,
            group=say(between),
        ),
        explanation=say("They have no tie, or none beyond one or two others. Who works with whom may not be recorded.")
        if between == "community"
        else say("Their ties count for nobody's bridges, so some that look missing may be there."),
        action=say("Record the {group} of these organisations.", group=say(between))
        if between != "community"
        else say("Record whom these organisations supply, buy from and work with."),
    )
