"""Concentration as an advisor would say it: sole sources, large customers, one region, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from valuechain.analyses._concentration import ASSUMED_EQUAL, BASES, BY_VALUE, IN_PART, STATED, Purchases
from valuechain.analyses._concentration_tables import CONCENTRATED, SOLE, evidence_of_links, revenue_at_risk
from valuechain.analyses._customers import CONTRADICTORY, Customers
from valuechain.analyses._substitutes import substitutes
from valuechain.analyses._weak_words import ESSENTIAL, with_whom
from valuechain.analyses._whereabouts import euros
from valuechain.analyses._words import less_sure, stage_of
from valuechain.model.language import listed, plural, say, term
from valuechain.model.result import Finding, Severity

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._failure import Dependencies
    from valuechain.model.graph import ValueGraph

CANDIDATES = 3
"""So many who could deliver instead are named."""

HALF = 0.5
"""From which part of a turnover on it is a step worse."""

MANY = 5
"""From so many buyers on a capability with one supplier is a high finding."""


def input_findings(known: Dependencies, found: Purchases, most: int) -> list[Finding]:
    """Return a finding for each of the first `most` inputs that come from one supplier, or mostly from one.

    Severity: one supplier of an essential input: medium, high where at least half of the turnover is known to need it;
    of another input, or of one that is only assumed to be essential: low. Concentrated: low. Less sure than one half:
    one step less severe.
    """
    graph = known.graph
    names, keys = graph["organisations"]["label"], graph["organisations"]["key"]
    told = list(found.inputs[found.inputs["state"].isin([SOLE, CONCENTRATED])][:most].itertuples())
    losses = [(known.what_stops(one.leader), {one.capability: (one.buyer,)}) for one in told]
    findings = []
    for one, instead in zip(told, substitutes(known, losses, CANDIDATES), strict=True):
        capability = graph["capabilities"].iloc[one.capability]
        leader = names.iloc[one.leader]
        sole = one.state == SOLE
        findings.append(
            Finding(
                kind="sole-source" if sole else "concentrated",
                severity=less_sure(_severity(one) if sole else "low", one.sure),
                confidence=round(one.sure, 3),
                subjects=(keys.iloc[one.buyer], capability["key"]),
                title=f"{capability['label']}: {_headline(one, leader)}",
                explanation=" ".join(part for part in _explained(one, leader) if part),
                action=_action(one, leader),
                with_whom=with_whom(graph, instead) if sole else (),
                status=one.status,
                stage=stage_of(graph, capability["stage"]),
                evidence=known.evidence((one.Index,)),
            )
        )
    return findings


def _action(one: Any, leader: str) -> str:
    if one.state == SOLE:
        if one.suppliers > 1:
            return say("Qualify a second supplier outside that group.")
        return say("Qualify a second supplier.")
    if one.groups == 1:
        return say("Ask who delivers the rest.")
    if one.basis == ASSUMED_EQUAL:
        return say("Ask how much each of them delivers, and whether each could deliver all of it.")
    return say("Buy more from the others, or qualify one more, so that less hangs on {leader}.", leader=leader)


def _severity(one: Any) -> Severity:
    if one.essential != "yes":
        return "low"
    return "high" if one.turnover_at_risk >= HALF else "medium"


def _headline(one: Any, leader: str) -> str:
    if one.state == SOLE:
        if one.suppliers == 1:
            return say("all of it comes from {leader}", leader=leader)
        return say("all of it comes from {leader} and its group", leader=leader)
    if one.basis == ASSUMED_EQUAL:
        return say("only {count} suppliers are known", count=one.groups)
    return say("{share:.0%} comes from {leader}", share=one.largest_share, leader=leader)


def _explained(one: Any, leader: str) -> Iterator[str]:
    if one.state == SOLE:
        yield say("No other supplier is known.")
    elif one.groups == 1:
        yield say(
            "{leader} is the only supplier that was named, with {share:.0%}; who delivers the rest is not known.",
            leader=leader,
            share=one.told,
        )
    elif one.basis == ASSUMED_EQUAL:
        yield say(
            "How much each of them delivers is not known; if all deliver alike, the index is {index:.2f}.",
            index=one.herfindahl,
        )
    elif one.groups == 2:
        yield say(
            "Another supplier delivers the rest; the index of concentration is {index:.2f} (1 = only one supplier).",
            index=one.herfindahl,
        )
    else:
        yield say(
            "{count} other suppliers share the rest; the index of concentration is {index:.2f} (1 = only one "
            "supplier).",
            count=one.groups - 1,
            index=one.herfindahl,
        )
    if one.essential in ("yes", "no"):
        yield say(ESSENTIAL[one.essential])
    if one.turnover_at_risk == one.turnover_at_risk:
        yield _at_risk(one.turnover_at_risk, one.turnover_at_risk_eur)


def _at_risk(share: float, amount: float) -> str:
    """Which part of a buyer's turnover needs an input; the amount is not a number where it is not known."""
    if amount != amount:
        if share == 1:
            return say("All of its turnover needs it.")
        return say("{share:.0%} of its turnover needs it.", share=share)
    if share == 1:
        return say("All of its turnover, {amount} a year, needs it.", amount=euros(amount))
    return say("{share:.0%} of its turnover, {amount} a year, needs it.", share=share, amount=euros(amount))


def market_findings(
    known: Dependencies, found: Purchases, table: pd.DataFrame, market: float, most: int
) -> list[Finding]:
    """Return a finding for each of the first `most` capabilities that several buy from one supplier, or from few.

    Severity: all from one supplier: high from five buyers on, else medium; an index above `market`: low.
    """
    graph = known.graph
    names, keys = graph["organisations"]["label"], graph["organisations"]["key"]
    places = found.links.groupby("capability").indices
    chosen = table[(table["buyers"] > 1) & ((table["groups"] == 1) | (table["herfindahl"] > market))]
    told = list(chosen.sort_values(["herfindahl", "buyers"], ascending=False, kind="stable")[:most].itertuples())
    buyers = [found.links["buyer"].array[places[one.capability]].tolist() for one in told]
    losses = [(known.what_stops(one.largest), {one.capability: who}) for one, who in zip(told, buyers, strict=True)]
    findings = []
    for one, instead in zip(told, substitutes(known, losses, CANDIDATES), strict=True):
        capability = graph["capabilities"].iloc[one.capability]
        leader = names.iloc[one.largest]
        sole = one.groups == 1
        title, explanation, action = _of_market(one, leader)
        findings.append(
            Finding(
                kind="one-supplier" if sole else "few-suppliers",
                severity=less_sure(("high" if one.buyers >= MANY else "medium") if sole else "low", one.confidence),
                confidence=round(one.confidence, 3),
                subjects=(capability["key"], keys.iloc[one.largest]),
                title=f"{capability['label']}: {title}",
                explanation=explanation,
                action=action,
                with_whom=with_whom(graph, instead) if sole else (),
                status=one.status,
                stage=stage_of(graph, capability["stage"]),
                evidence=evidence_of_links(graph, found, places[one.capability]),
            )
        )
    return findings


def _of_market(one: Any, leader: str) -> tuple[str, str, str]:
    """What is wrong with a market in half a line, why, and what to do."""
    if one.groups == 1:
        told = {"buyers": one.buyers, "leader": leader}
        return (
            say("all {buyers:,} known buyers get it from {leader}", **told)
            if one.suppliers == 1
            else say("all {buyers:,} known buyers get it from {leader} and its group", **told),
            say("Nobody else is known to deliver it to them."),
            say("Look for a second supplier together with the buyers."),
        )
    return (
        say("{share:.0%} comes from {leader}", share=one.largest_share, leader=leader),
        say(
            "{buyers} share {suppliers}; the index of concentration is {index:.2f} ({basis}; 1 = only one supplier).",
            buyers=plural(one.buyers, "buyer"),
            suppliers=plural(one.groups, "supplier"),
            index=one.herfindahl,
            basis=say(one.basis),
        ),
        say("Ask the buyers whether the others could deliver more."),
    )


def region_findings(graph: ValueGraph, found: Purchases, table: pd.DataFrame) -> Iterator[Finding]:
    """Yield a finding for each capability whose several suppliers all lie in one region; severity low."""
    places = found.links.groupby("capability").indices
    chosen = table[(table["groups"] > 1) & (table["regions"] == 1) & (table["region_located"] > 1 - 1e-9)]
    for one in chosen.itertuples():
        capability = graph["capabilities"].iloc[one.capability]
        region = graph.region_label(one.largest_region)
        yield Finding(
            kind="one-region",
            severity="low",
            confidence=round(one.confidence, 3),
            subjects=(capability["key"],),
            title=say(
                "{capability}: {count} suppliers, all of them in {region}",
                capability=capability["label"],
                count=one.groups,
                region=region,
            ),
            explanation=say("What stops a whole region, a flood, a strike or a power cut, stops all of them at once."),
            action=say("Qualify one supplier from another region."),
            status=one.status,
            stage=stage_of(graph, capability["stage"]),
            evidence=evidence_of_links(graph, found, places[one.capability]),
        )


def customer_findings(sold: Customers, pairs: pd.DataFrame) -> Iterator[Finding]:
    """Yield a finding for each buyer on whom a supplier depends (some rows of `sold.pairs`, largest share first).

    Severity: medium above one half of the sales, else low; less sure than one half: one step less severe.
    """
    names, keys = (sold.graph["organisations"][name] for name in ("label", "key"))
    for one in pairs.itertuples():
        supplier, buyer = names.iloc[one.supplier], names.iloc[one.buyer]
        others = sold.pairs["share"][(sold.pairs["supplier"] == one.supplier) & (sold.pairs.index != one.Index)]
        yield Finding(
            kind="large-customer",
            severity=less_sure("medium" if one.share > HALF else "low", one.confidence),
            confidence=round(one.confidence, 3),
            subjects=(keys.iloc[one.supplier], keys.iloc[one.buyer]),
            title=say(
                "{supplier} makes {share:.0%} of its sales with {buyer}",
                supplier=supplier,
                share=one.share,
                buyer=buyer,
            ),
            explanation=" ".join(_sales_words(one, others)),
            action=say(
                "{supplier}: meet buyers beyond the present ones. {buyer}: tell them early when orders will change.",
                supplier=supplier,
                buyer=buyer,
            ),
            status=one.status,
            evidence=sold.evidence((one.Index,)),
        )


def _sales_words(one: Any, others: pd.Series[float]) -> Iterator[str]:
    amount = revenue_at_risk(one)
    if amount is not None:
        yield say("That is {amount} a year.", amount=euros(amount))
    if one.buyers > 1:
        yield say("{count} companies of one group buy.", count=one.buyers)
    known = others.dropna()
    if len(known):
        yield say("The next takes {share:.0%}.", share=known.max())
    else:
        yield say("What share others take is not known.")
    if one.basis == CONTRADICTORY:
        yield say("By the value of the links it would be {share:.0%}; one of the figures is wrong.", share=one.by_value)


def basis_words(found: Purchases) -> str:
    """Return what the shares rest on, over all inputs: "... by what they rest on: 5 stated and 4 by value."."""
    counts = found.inputs["basis"].value_counts()
    told = [say(_COUNTED[basis], count=counts[basis]) for basis in BASES if basis in counts]
    return say("Shares of the suppliers, by what they rest on: {parts}.", parts=listed(told, len(BASES)))


_COUNTED = {
    STATED: term("{count:,} stated"),
    BY_VALUE: term("{count:,} by value"),
    IN_PART: term("{count:,} stated in part"),
    ASSUMED_EQUAL: term("{count:,} assumed equal"),
}
