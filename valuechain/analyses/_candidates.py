"""Who could fill a gap: organisations that offer a capability, ranked, each with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from valuechain.analyses._chain import cited, collaboration_matrix, evidence_of_each, known_offers, title_projects
from valuechain.analyses._lookup import places_of_offers
from valuechain.analyses._organisations import kind_of, shown
from valuechain.model.language import listed, plural, say
from valuechain.model.result import STATUS, Column

if TYPE_CHECKING:
    from valuechain.model.arrays import Booleans, Floats, Integers
    from valuechain.model.graph import ValueGraph

CANDIDATE_COLUMNS = (
    Column("capability", "text", "What would have to come from elsewhere"),
    Column("capability_key", "key", "Its key"),
    Column("rank", "integer", "1 = best"),
    Column("organisation", "text", "Who could deliver or support it"),
    Column("organisation_key", "key", "Its key"),
    Column("reason", "text", "Why this one"),
    Column("place", "text", "Where it lies"),
    Column("kind", "text", "Kind of organisation"),
    Column("confidence", "number", "How sure the offer is", "0..1"),
    STATUS,
)
"""Columns that every table of candidates has; `candidate_rows` fills them."""

RESEARCH_KINDS = frozenset({"rto", "university"})
"""Kinds of organisation that support and develop rather than deliver."""

TIE = 0.5
"""Weight of a joint project with somebody in scope: a known partner is easier to win than a stranger."""

SAME_COUNTRY = 0.2
"""Weight of lying in a country of the scope."""


@dataclass(frozen=True)
class Candidate:
    """An organisation that offers what is lacking; `organisation` is its position, `kind` and `place` are words.

    `trl` is the readiness level that was stated, None where nobody was asked.
    """

    organisation: int
    kind: str
    place: str
    reason: str
    trl: int | None
    confidence: float
    status: str
    evidence: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Ranking:
    """Who offers one capability, best first; each is spelled out when asked for.

    `offers` are the places of their rows in `known_offers`; `joint` counts the projects that each shares with the
    organisation that looks for somebody, `partner` names it, empty for the one that is asked about.
    """

    graph: ValueGraph
    offers: Integers
    joint: Integers
    partner: str = ""

    @property
    def organisations(self) -> Integers:
        """Position of each."""
        return self.graph.once(_offers).organisation[self.offers]

    @property
    def inferred(self) -> Booleans:
        """Whose offer is a guess."""
        return self.graph.once(_offers).inferred[self.offers]

    @property
    def research(self) -> Booleans:
        """Who supports and develops rather than delivers."""
        return self.graph.once(_is_research)[self.organisations]

    def choose(self, places: Integers | Booleans) -> Ranking:
        """Return those at some places, in that order, or those flagged."""
        return Ranking(self.graph, self.offers[places], self.joint[places], self.partner)

    def among(self, organisations: Iterable[int]) -> Ranking:
        """Return those who are one of some organisations."""
        return self.choose(np.isin(self.organisations, list(organisations)))

    def best(self, most: int) -> list[Candidate]:
        """Return the `most` best, spelled out."""
        rows = known_offers(self.graph).iloc[self.offers[:most]]
        who = shown(self.graph)
        spelled_out = []
        for row, joint, evidence in zip(
            rows.itertuples(), self.joint[:most].tolist(), evidence_of_each(self.graph, rows), strict=True
        ):
            told = who[row.organisation]
            reasons = [_why(self.graph, row)]
            projects = plural(joint, "joint project")
            if joint and self.partner:
                reasons.append(say("{projects} with {names}", projects=projects, names=self.partner))
            elif joint:
                reasons.append(say("{projects} with this organisation", projects=projects))
            spelled_out.append(
                Candidate(
                    int(row.organisation),
                    kind_of(told),
                    told["place"],
                    "; ".join(reasons),
                    int(row.trl) if row.trl == row.trl else None,
                    float(row.confidence),
                    row.status,
                    evidence,
                )
            )
        return spelled_out


def candidates_for(graph: ValueGraph, capabilities: Iterable[int], organisation: int) -> dict[int, Ranking]:
    """Return for each capability everybody else who offers it, ranked as partners of one organisation (-1 = of nobody).

    Rank: confidence of the offer x (1 + 0.5 if it shares a project with the organisation + 0.2 if it lies in its
    country). Capabilities that nobody else offers are not there.
    """
    offers, countries = graph.once(_offers), graph.once(_countries)
    joint = np.zeros(len(countries), dtype=np.int64)
    at_home = np.zeros(len(countries), dtype=bool)
    if organisation >= 0:
        shared = collaboration_matrix(graph)[[organisation]]
        joint[shared.indices] = shared.data
        at_home = (countries == countries[organisation]) & (countries >= 0)
    found: list[tuple[tuple[float, ...], int, Ranking]] = []
    for capability in dict.fromkeys(capabilities):
        places = places_of_offers(graph, capability)
        places = places[offers.organisation[places] != organisation]
        if len(places):
            who = offers.organisation[places]
            score = offers.confidence[places] * (1.0 + TIE * (joint[who] > 0) + SAME_COUNTRY * at_home[who])
            order = np.lexsort((who, -score))
            best = order[0]
            ranking = Ranking(graph, places[order], joint[who[order]])
            found.append(((-score[best], who[best], places[best]), capability, ranking))
    return {capability: ranking for _, capability, ranking in sorted(found, key=lambda one: one[0])}


def candidate_rows(
    graph: ValueGraph, candidates: Mapping[int, Sequence[Candidate]], **more: Any
) -> Iterator[dict[str, Any]]:
    """Yield a row of CANDIDATE_COLUMNS for each candidate of each capability, with the cells `more` in every one."""
    organisations, capabilities = graph["organisations"], graph["capabilities"]
    for capability, ranked in candidates.items():
        for rank, one in enumerate(ranked, start=1):
            yield more | {
                "capability": capabilities["label"].iloc[capability],
                "capability_key": capabilities["key"].iloc[capability],
                "rank": rank,
                "organisation": organisations["label"].iloc[one.organisation],
                "organisation_key": organisations["key"].iloc[one.organisation],
                "reason": one.reason,
                "place": one.place,
                "kind": one.kind,
                "confidence": round(one.confidence, 3),
                "status": one.status,
                "evidence": one.evidence,
            }


class _Offers(NamedTuple):
    """Columns of `known_offers`."""

    organisation: Integers
    confidence: Floats
    inferred: Booleans


def _offers(graph: ValueGraph) -> _Offers:
    offers = known_offers(graph)
    return _Offers(
        offers["organisation"].to_numpy(np.int64),
        offers["confidence"].to_numpy(float),
        (offers["status"] == "inferred").to_numpy(bool),
    )


def _countries(graph: ValueGraph) -> Integers:
    """A number for the country of each organisation, -1 where nobody said."""
    import pandas as pd

    return np.asarray(pd.factorize(graph["organisations"]["country"])[0], dtype=np.int64)


def _is_research(graph: ValueGraph) -> Booleans:
    return np.asarray(graph["organisations"]["kind"].isin(RESEARCH_KINDS), dtype=bool)


def named_projects(graph: ValueGraph) -> dict[tuple[int, int], list[tuple[str, str]]]:
    """Return the projects that make us guess that an organisation has a capability, newest first, by these two.

    Each stands with its end, as `cited` takes them.
    """
    projects = title_projects(graph)
    pairs = projects.groupby(["organisation", "capability"], sort=False)
    return {pair: list(zip(some["name"], some["end"], strict=True)) for pair, some in pairs}


def _why(graph: ValueGraph, offer: Any) -> str:
    """What makes us say that the organisation has the capability."""
    projects = graph.once(named_projects).get((offer.organisation, offer.capability))
    if offer.status == "inferred" and projects:
        return projects_on_it([cited(*one) for one in projects])
    return say("supplies it to others already") if offer.supply >= 0 else say("offers it")


def projects_on_it(projects: Sequence[str]) -> str:
    """Return the projects that make us guess that somebody has a capability: "2 projects on it: A and B"."""
    return say("{projects} on it: {names}", projects=plural(len(projects), "project"), names=listed(projects))
