"""Who could deliver instead of an organisation that fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from valuechain.analyses._candidates import RESEARCH_KINDS, Candidate, candidates_for
from valuechain.analyses._chain import NUTS2_LENGTH, listed
from valuechain.analyses._failure import Dependencies, Failure

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph


def substitutes(
    dependencies: Dependencies, failures: Sequence[tuple[Failure, Mapping[int, Sequence[int]]]], most: int
) -> list[dict[int, list[Candidate]]]:
    """Return, for each failure, who could deliver each lost capability instead, best first.

    Left out are the failed one, its legal group, whoever stops with it, the buyers, and research organisations whose
    offer is guessed from project titles: they may help to develop it, but they do not deliver. First come those who are
    qualified with one of the buyers, then those who delivered to one before, then those who deliver it to others, then
    other stated offers, then guesses; among equals as `candidates_for` ranks: by how sure the offer is and how near
    they are to the organisation asked about.

    Parameters
    ----------
    dependencies : Dependencies
    failures : sequence of (Failure, mapping)
        Each with the capabilities that are lost and the buyers who lose them.
    most : int
        How many to name for each capability.
    """
    graph = dependencies.graph
    lost = {capability for _, buyers in failures for capability in buyers}
    candidates = candidates_for(graph, lost, graph.organisation)
    return [
        {
            capability: _without(graph, candidates.get(capability, []), failure, capability, set(buyers), most)
            for capability, buyers in losses.items()
        }
        for failure, losses in failures
    ]


def _without(
    graph: ValueGraph,
    candidates: Sequence[Candidate],
    failure: Failure,
    capability: int,
    buyers: set[int],
    most: int,
) -> list[Candidate]:
    """Candidates who go on without the failed one, best first, each with what joins them to the buyers."""
    gone = buyers.union(failure.stopped.tolist())
    group = graph.legal_groups[failure.organisation]
    relations = _relations(graph, capability, buyers)
    regions = graph["organisations"]["region"].str[:NUTS2_LENGTH]
    near = set(regions.iloc[list(buyers)].dropna())
    possible = [
        one
        for one in candidates
        if one.organisation not in gone
        and graph.legal_groups[one.organisation] != group
        and not (one.status == "inferred" and one.kind in RESEARCH_KINDS)
    ]

    def place(one: Candidate) -> int:
        return relations[one.organisation].place if one.organisation in relations else 3 + (one.status == "inferred")

    found = []
    for one in sorted(possible, key=place)[:most]:
        relation = relations.get(one.organisation, _Relation(place(one), "", ()))
        region = "same region" if regions.iloc[one.organisation] in near else ""
        reason = "; ".join(part for part in (relation.words, one.reason, region) if part)
        found.append(replace(one, reason=reason, evidence=tuple(dict.fromkeys((*one.evidence, *relation.evidence)))))
    return found


class _Relation(NamedTuple):
    """What a supplier of the capability already does: its place in the ranking, in words, and the records."""

    place: int
    words: str
    evidence: tuple[int, ...]


def _relations(graph: ValueGraph, capability: int, buyers: set[int]) -> dict[int, _Relation]:
    """Who is qualified with one of the buyers, delivered to one before, or delivers it to others today."""
    supplies = graph["supplies"]
    supplies = supplies[supplies["capability"] == capability]
    relation = supplies["relation"].fillna("active")
    to_buyers = supplies["buyer"].isin(buyers)
    names = graph["organisations"]["label"]
    delivering = supplies.loc[relation == "active", "supplier"].unique()
    found = {int(supplier): _Relation(2, "", ()) for supplier in delivering}
    for place, kind, words in ((1, "former", "delivered to"), (0, "qualified", "qualified with")):
        for supplier, links in supplies[to_buyers & (relation == kind)].groupby("supplier"):
            who = listed(names.iloc[links["buyer"].drop_duplicates()])
            found[int(str(supplier))] = _Relation(place, f"{words} {who}", graph.evidence("supplies", links.index))
    return found
