"""Who could deliver instead of an organisation that fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from valuechain.analyses._candidates import Candidate, Ranking, candidates_for
from valuechain.analyses._chain import NUTS2_LENGTH
from valuechain.analyses._failure import Dependencies, Failure
from valuechain.analyses._lookup import links_of
from valuechain.model.language import listed, say

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
            capability: _without(graph, candidates[capability], failure, capability, set(buyers), most)
            if capability in candidates
            else []
            for capability, buyers in losses.items()
        }
        for failure, losses in failures
    ]


def _without(
    graph: ValueGraph, candidates: Ranking, failure: Failure, capability: int, buyers: set[int], most: int
) -> list[Candidate]:
    """Candidates who go on without the failed one, best first, each with what joins them to the buyers."""
    who = candidates.organisations
    gone = np.isin(who, list(buyers)) | np.isin(who, failure.stopped)
    gone |= graph.legal_groups[who] == graph.legal_groups[failure.organisation]
    possible = candidates.choose(~gone & ~(candidates.inferred & candidates.research))
    relations = _relations(graph, capability, buyers)
    place = 3 + possible.inferred
    for row, organisation in enumerate(possible.organisations.tolist()):
        if organisation in relations:
            place[row] = relations[organisation].place
    regions = graph["organisations"]["region"].array
    near = {regions[buyer][:NUTS2_LENGTH] for buyer in buyers if isinstance(regions[buyer], str)}
    found = []
    for one in possible.choose(np.argsort(place, kind="stable")).best(most):
        relation = relations.get(one.organisation, _Relation(0, "", ()))
        region = regions[one.organisation]
        same = say("same region") if isinstance(region, str) and region[:NUTS2_LENGTH] in near else ""
        reason = "; ".join(part for part in (relation.words, one.reason, same) if part)
        found.append(replace(one, reason=reason, evidence=tuple(dict.fromkeys((*one.evidence, *relation.evidence)))))
    return found


class _Relation(NamedTuple):
    """What a supplier of the capability already does: its place in the ranking, in words, and the records."""

    place: int
    words: str
    evidence: tuple[int, ...]


def _relations(graph: ValueGraph, capability: int, buyers: set[int]) -> dict[int, _Relation]:
    """Who is qualified with one of the buyers, delivered to one before, or delivers it to others today."""
    supplies = links_of(graph, capability)
    relation = supplies["relation"].fillna("active")
    to_buyers = supplies["buyer"].isin(buyers)
    names = graph["organisations"]["label"]
    delivering = supplies.loc[relation == "active", "supplier"].unique()
    found = {int(supplier): _Relation(2, "", ()) for supplier in delivering}
    for place, kind in ((1, "former"), (0, "qualified")):
        for supplier, links in supplies[to_buyers & (relation == kind)].groupby("supplier"):
            who = listed(names.iloc[links["buyer"].drop_duplicates()])
            words = (
                say("delivered to {names}", names=who) if kind == "former" else say("qualified with {names}", names=who)
            )
            found[int(str(supplier))] = _Relation(place, words, graph.evidence("supplies", links.index))
    return found
