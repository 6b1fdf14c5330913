"""Who could fill a gap: organisations that offer a capability, ranked, each with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._chain import collaboration_matrix, evidence_of_each, listed, plural, title_projects
from valuechain.analyses._lookup import offers_of
from valuechain.model.result import STATUS, Column

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Booleans, Integers
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

    `offers` are their rows of `known_offers`; `joint` counts the projects that each shares with those who look for
    somebody, called `with_whom`.
    """

    graph: ValueGraph
    offers: pd.DataFrame
    joint: Integers
    with_whom: str

    @property
    def organisations(self) -> Integers:
        """Position of each."""
        return np.asarray(self.offers["organisation"], dtype=np.int64)

    @property
    def inferred(self) -> Booleans:
        """Whose offer is a guess."""
        return np.asarray(self.offers["status"] == "inferred", dtype=bool)

    @property
    def research(self) -> Booleans:
        """Who supports and develops rather than delivers."""
        return self.graph.once(_is_research)[self.organisations]

    def choose(self, places: Integers | Booleans) -> Ranking:
        """Return those at some places, in that order, or those flagged."""
        return Ranking(self.graph, self.offers.iloc[places], self.joint[places], self.with_whom)

    def among(self, organisations: Iterable[int]) -> Ranking:
        """Return those who are one of some organisations."""
        return self.choose(np.isin(self.organisations, list(organisations)))

    def best(self, most: int) -> list[Candidate]:
        """Return the `most` best, spelled out."""
        some = self.choose(np.arange(min(most, len(self.offers))))
        organisations = self.graph["organisations"][["kind", "city", "region"]].iloc[some.organisations]
        evidence = evidence_of_each(self.graph, some.offers)
        return [
            Candidate(
                int(row.organisation),
                str(told["kind"] or "other"),
                place_of(told),
                "; ".join([_why(self.graph, row), *([self._ties(joint)] if joint else [])]),
                int(row.trl) if row.trl == row.trl else None,
                float(row.confidence),
                row.status,
                records,
            )
            for row, told, joint, records in zip(
                some.offers.itertuples(), organisations.to_dict("records"), some.joint.tolist(), evidence, strict=True
            )
        ]

    def _ties(self, joint: int) -> str:
        return f"{plural(joint, 'joint project')} {self.with_whom}"


def candidates_outside(graph: ValueGraph, capabilities: Iterable[int], most: int) -> dict[int, list[Candidate]]:
    """Return for each capability the `most` best offerers from outside the graph's scope.

    Rank: confidence of the offer x (1 + 0.5 if it shares a project with somebody in scope + 0.2 if it lies in a country
    of the scope).
    """
    ranked = _ranked(graph, capabilities, ~graph.in_scope, graph.in_scope, "with organisations here")
    return {capability: ranking.best(most) for capability, ranking in ranked.items()}


def candidates_for(graph: ValueGraph, capabilities: Iterable[int], organisation: int) -> dict[int, Ranking]:
    """Return for each capability everybody else who offers it, ranked as partners of one organisation."""
    itself = np.arange(len(graph["organisations"])) == organisation
    return _ranked(graph, capabilities, ~itself, itself, "with this organisation")


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


def _ranked(
    graph: ValueGraph, capabilities: Iterable[int], eligible: Booleans, near: Booleans, with_whom: str
) -> dict[int, Ranking]:
    """Rank the eligible offerers of each capability by how sure they are and how near to the organisations `near`."""
    countries = graph.once(_countries)
    at_home = np.isin(countries, np.unique(countries[near & (countries >= 0)]))
    joint = collaboration_matrix(graph) @ near.astype(float)
    weight = 1.0 + TIE * (joint > 0) + SAME_COUNTRY * at_home
    found: list[tuple[tuple[float, ...], int, Ranking]] = []
    for capability in dict.fromkeys(capabilities):
        offers = offers_of(graph, capability)
        offers = offers[eligible[offers["organisation"].to_numpy(np.int64)]]
        who = offers["organisation"].to_numpy(np.int64)
        score = offers["confidence"].to_numpy(float) * weight[who]
        order = np.lexsort((who, -score))
        if len(who):
            ranking = Ranking(graph, offers.iloc[order], joint[who[order]].astype(np.int64), with_whom)
            best = order[0]
            found.append(((-score[best], who[best], offers.index[best]), capability, ranking))
    return {capability: ranking for _, capability, ranking in sorted(found, key=lambda one: one[0])}


def _countries(graph: ValueGraph) -> Integers:
    """A number for the country of each organisation, -1 where nobody said."""
    import pandas as pd

    return np.asarray(pd.factorize(graph["organisations"]["country"])[0], dtype=np.int64)


def _is_research(graph: ValueGraph) -> Booleans:
    return np.asarray(graph["organisations"]["kind"].isin(RESEARCH_KINDS), dtype=bool)


def _named_projects(graph: ValueGraph) -> dict[tuple[int, int], list[str]]:
    """The projects that make us guess that an organisation has a capability, the newest first."""
    projects = title_projects(graph)
    pairs = projects.groupby(["organisation", "capability"], sort=False)["name"]
    return {pair: names.tolist() for pair, names in pairs}


def _why(graph: ValueGraph, offer: Any) -> str:
    """What makes us say that the organisation has the capability."""
    projects = graph.once(_named_projects).get((offer.organisation, offer.capability))
    if offer.status == "inferred" and projects:
        return f"{plural(len(projects), 'project')} on it: {listed(projects)}"
    return "supplies it to others already" if offer.supply >= 0 else "offers it"


def place_of(organisation: Mapping[str, Any]) -> str:
    """Return where an organisation lies, as people say it: the town and the region's code."""
    city, region = (organisation[name] if isinstance(organisation[name], str) else "" for name in ("city", "region"))
    city = city.title() if city.isupper() else city
    return f"{city} ({region})" if city and region else city or region
