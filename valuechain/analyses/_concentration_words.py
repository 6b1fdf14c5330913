"""Concentration as an advisor would say it: sole sources, large customers, one region, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from valuechain.analyses._chain import listed, plural
from valuechain.analyses._concentration import ASSUMED_EQUAL, BASES, Purchases
from valuechain.analyses._concentration_tables import CONCENTRATED, SOLE, evidence_of_links, revenue_at_risk
from valuechain.analyses._customers import CONTRADICTORY, Customers
from valuechain.analyses._substitutes import substitutes
from valuechain.analyses._weak_words import with_whom
from valuechain.analyses._whereabouts import euros
from valuechain.analyses._words import less_sure, stage_of
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
                with_whom=with_whom(graph, instead) if sole else "",
                status=one.status,
                stage=stage_of(graph, capability["stage"]),
                evidence=known.evidence((one.Index,)),
            )
        )
    return findings


def _action(one: Any, leader: str) -> str:
    if one.state == SOLE:
        return "Qualify a second supplier outside that group." if one.suppliers > 1 else "Qualify a second supplier."
    if one.groups == 1:
        return "Ask who delivers the rest."
    if one.basis == ASSUMED_EQUAL:
        return "Ask how much each of them delivers, and whether each could deliver all of it."
    return f"Buy more from the others, or qualify one more, so that less hangs on {leader}."


def _severity(one: Any) -> Severity:
    if one.essential != "yes":
        return "low"
    return "high" if one.turnover_at_risk >= HALF else "medium"


def _headline(one: Any, leader: str) -> str:
    if one.state == SOLE:
        return (
            f"all of it comes from {leader}" if one.suppliers == 1 else f"all of it comes from {leader} and its group"
        )
    if one.basis == ASSUMED_EQUAL:
        return f"only {one.groups} suppliers are known"
    return f"{one.largest_share:.0%} comes from {leader}"


def _explained(one: Any, leader: str) -> Iterator[str]:
    if one.state == SOLE:
        yield "No other supplier is known."
    elif one.groups == 1:
        yield f"{leader} is the only supplier that was named, with {one.told:.0%}; who delivers the rest is not known."
    elif one.basis == ASSUMED_EQUAL:
        yield f"How much each of them delivers is not known; if all deliver alike, the index is {one.herfindahl:.2f}."
    else:
        others = "Another supplier delivers" if one.groups == 2 else f"{one.groups - 1} other suppliers share"
        yield f"{others} the rest; the index of concentration is {one.herfindahl:.2f} (1 = only one supplier)."
    yield {"yes": "Nothing is made without it.", "no": "Some things can be made without it."}.get(one.essential, "")
    if one.turnover_at_risk_eur == one.turnover_at_risk_eur:
        yield f"{_part(one.turnover_at_risk)} of its turnover, {euros(one.turnover_at_risk_eur)} a year, needs it."
    elif one.turnover_at_risk == one.turnover_at_risk:
        yield f"{_part(one.turnover_at_risk)} of its turnover needs it."


def _part(share: float) -> str:
    return "All" if share == 1 else f"{share:.0%}"


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
        group = "" if one.suppliers == 1 or not sole else " and its group"
        findings.append(
            Finding(
                kind="one-supplier" if sole else "few-suppliers",
                severity=less_sure(("high" if one.buyers >= MANY else "medium") if sole else "low", one.confidence),
                confidence=round(one.confidence, 3),
                subjects=(capability["key"], keys.iloc[one.largest]),
                title=f"{capability['label']}: all {one.buyers:,} known buyers get it from {leader}{group}"
                if sole
                else f"{capability['label']}: {one.largest_share:.0%} comes from {leader}",
                explanation="Nobody else is known to deliver it to them."
                if sole
                else f"{plural(one.buyers, 'buyer')} share {plural(one.groups, 'supplier')}; the index of "
                f"concentration is {one.herfindahl:.2f} ({one.basis}; 1 = only one supplier).",
                action="Look for a second supplier together with the buyers."
                if sole
                else "Ask the buyers whether the others could deliver more.",
                with_whom=with_whom(graph, instead) if sole else "",
                status=one.status,
                stage=stage_of(graph, capability["stage"]),
                evidence=evidence_of_links(graph, found, places[one.capability]),
            )
        )
    return findings


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
            title=f"{capability['label']}: {one.groups} suppliers, all of them in {region}",
            explanation="What stops a whole region, a flood, a strike or a power cut, stops all of them at once.",
            action="Qualify one supplier from another region.",
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
            title=f"{supplier} makes {one.share:.0%} of its sales with {buyer}",
            explanation=" ".join(part for part in _sales_words(one, others) if part),
            action=f"{supplier}: meet buyers beyond the present ones. {buyer}: tell them early when orders "
            "will change.",
            status=one.status,
            evidence=sold.evidence((one.Index,)),
        )


def _sales_words(one: Any, others: pd.Series[float]) -> Iterator[str]:
    amount = revenue_at_risk(one)
    if amount is not None:
        yield f"That is {euros(amount)} a year."
    if one.buyers > 1:
        yield f"{one.buyers} companies of one group buy."
    known = others.dropna()
    yield f"The next takes {known.max():.0%}." if len(known) else "What share others take is not known."
    if one.basis == CONTRADICTORY:
        yield f"By the value of the links it would be {one.by_value:.0%}; one of the figures is wrong."


def basis_words(found: Purchases) -> str:
    """Return what the shares rest on, over all inputs: "Shares are stated for 5, ... of 9 inputs."."""
    counts = found.inputs["basis"].value_counts()
    told = [f"{counts[basis]:,} {basis}" for basis in BASES if basis in counts]
    return f"Shares of the suppliers, by what they rest on: {listed(told, len(BASES))}."
