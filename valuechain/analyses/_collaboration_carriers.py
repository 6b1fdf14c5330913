"""Who would carry a collaboration on each side: who offers what is added, and who would use it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._candidates import TIE, Ranking
from valuechain.analyses._chain import evidence_of_each, is_fresh, known_needs, known_offers
from valuechain.analyses._collaboration_tables import CAPABILITY, PAIR, capability_cells, pair_cells
from valuechain.analyses._lookup import Lookup
from valuechain.analyses._organisations import shown
from valuechain.analyses._umbrellas import what_to_mind
from valuechain.model.language import in_a_sentence, plural, say, term
from valuechain.model.result import STATUS, Column

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._collaboration_matches import Collaboration, Match, Side
    from valuechain.model.arrays import Booleans

OFFERS, USES = term("offers it"), term("would use it")
"""The two parts that an organisation can have in a collaboration."""

CARRIER_COLUMNS = (
    Column("capability", "text", "What is given"),
    Column("side", "text", "Offers what is given, or would use it"),
    Column("rank", "integer", "1 = best"),
    Column("organisation", "text", "Who would carry it"),
    Column("organisation_key", "key", "Its key"),
    Column("place", "text", "Where it lies"),
    Column("reason", "text", "Why this one, and what to mind"),
    Column("lies_in", "text", "Code of its region"),
    Column("kind", "text", "Kind of organisation"),
    Column("joint_projects", "integer", "Its projects with the other region", "projects"),
    *CAPABILITY[:1],
    *PAIR,
    Column("confidence", "number", "How sure the offer or the need is", "0..1"),
    STATUS,
)


def carrier_rows(found: Collaboration, freshness: float, most: int) -> list[dict[str, Any]]:
    """Return who would carry each pair: the `most` best on each side of each capability that one adds to the other.

    Beside the cells of CARRIER_COLUMNS a row has `position` (the capability), `pair` and `gainer` (rows of the matrix),
    and whether the organisation is `made_up`.
    """
    if not most:
        return []
    carriers = _Carriers(found, freshness, most)
    return [
        pair_cells(found, match) | capability_cells(found, row["position"]) | row
        for match in found.matches
        for row in carriers.of(match)
    ]


class _Carriers:
    """Finds who would carry what one region adds to another.

    Rank: confidence of the offer, or of the need, x (1 + 0.5 if it shares a project with somebody in the other region).
    """

    def __init__(self, found: Collaboration, freshness: float, most: int) -> None:
        graph = found.graph
        self._found, self._graph, self._most = found, graph, most
        offers, needs = known_offers(graph), known_needs(graph)
        offered = _placed(found, offers, is_fresh(graph, offers["as_of"], freshness))
        wanted = _placed(found, needs, is_fresh(graph, needs["as_of"], freshness))
        count = len(graph["capabilities"])
        has, needed = (rows["organisation"] * count + rows["capability"] for rows in (offered, wanted))
        regions = len(found.where.number)
        self._offers = Lookup.by(offered, "region", regions)
        self._lacking = Lookup.by(wanted[~needed.isin(has)], "region", regions)
        self._to_mind = what_to_mind(graph)
        self._made = graph["offers"]["capability"].tolist()
        self._made_up = (graph["organisations"]["status"] == "synthetic").tolist()

    def of(self, match: Match) -> Iterator[dict[str, Any]]:
        """Yield who would carry a pair, capability by capability: those who offer it, then those who would use it."""
        joint = self._found.ties.joint_of_each(match.region, match.partner)
        for side in match.sides:
            capabilities = self.capabilities(side)
            rows = [*self._offering(side, capabilities, joint), *self._using(side, capabilities, joint)]
            order = {capability: place for place, capability in enumerate(capabilities)}
            rows.sort(key=lambda row: (order[row["position"]], row["side"] != OFFERS, row["rank"]))
            yield from (row | {"pair": (match.region, match.partner), "gainer": side.gainer} for row in rows)

    def capabilities(self, side: Side) -> list[int]:
        """Return what one region adds to another: what makes the gain, then the gaps that are a reason to meet.

        Where sectors are counted, whatever fills a gap: nobody knows then what is a specialisation.
        """
        matrix = self._found.pairs.matrix
        if matrix.basis == "jobs":
            return [fill.capability for fill in side.fills]
        added = (int(matrix.activities[one]) for one in side.added)
        return list(dict.fromkeys([*added, *(fill.capability for fill in side.telling)]))

    def _best(self, rows: pd.DataFrame, capabilities: list[int], joint: Mapping[int, int]) -> pd.DataFrame:
        """The best of each capability in a region, best first, with the number of their joint projects and rank."""
        rows = rows[rows["capability"].isin(capabilities)]
        tied = rows["organisation"].map(Counter(joint)).fillna(0).astype("int64")
        score = np.round(rows["confidence"].to_numpy(float) * (1.0 + TIE * (tied.to_numpy() > 0)), 9)
        order = np.lexsort((rows["organisation"], -tied.to_numpy(), -score, rows["capability"]))
        ranked = rows.assign(joint=tied).iloc[order]
        ranked = ranked.assign(rank_here=ranked.groupby("capability", sort=False).cumcount() + 1)
        return ranked[ranked["rank_here"] <= self._most]

    def _offering(self, side: Side, capabilities: list[int], joint: Mapping[int, int]) -> Iterator[dict[str, Any]]:
        best = self._best(self._offers.of(side.giver), capabilities, joint)
        nobody = np.zeros(len(best), dtype=np.int64)
        spelled = Ranking(self._graph, best["place"].to_numpy(np.int64), nobody).best(len(best))
        for row, one in zip(best.itertuples(), spelled, strict=True):
            yield self._row(row, OFFERS, side.giver, self._and_shared(one.reason, row, side.gainer), one.evidence)

    def _using(self, side: Side, capabilities: list[int], joint: Mapping[int, int]) -> Iterator[dict[str, Any]]:
        best = self._best(self._lacking.of(side.gainer), capabilities, joint)
        for row, evidence in zip(best.itertuples(), evidence_of_each(self._graph, best), strict=True):
            reason = self._and_shared(self._why_it_needs(row), row, side.giver)
            yield self._row(row, USES, side.gainer, reason, evidence)

    def _and_shared(self, reason: str, row: Any, other: int) -> str:
        """A reason, and how many projects the organisation shares with the other region."""
        if not row.joint:
            return reason
        projects = plural(row.joint, "joint project")
        return f"{reason}; {say('{projects} with {partner}', projects=projects, partner=self._found.name(other))}"

    def _row(self, row: Any, side: str, region: int, reason: str, evidence: tuple[int, ...]) -> dict[str, Any]:
        to_mind = self._to_mind.get(row.organisation)
        return shown(self._graph)[row.organisation] | {
            "position": row.capability,
            "side": side,
            "rank": row.rank_here,
            "lies_in": self._found.code(region),
            "reason": f"{reason}; {to_mind}" if to_mind else reason,
            "joint_projects": row.joint,
            "made_up": self._made_up[row.organisation],
            "confidence": round(float(row.confidence), 3),
            "status": row.status,
            "evidence": evidence,
        }

    def _why_it_needs(self, need: Any) -> str:
        """What makes us say that an organisation would use a capability."""
        if need.supply >= 0:
            return say("buys it already")
        if need.need >= 0:
            return say("says that it needs it")
        label, _ = self._found.capabilities[self._made[int(need.offer)]]
        return say("its {capability} would take it as an input", capability=in_a_sentence(label))


def _placed(found: Collaboration, rows: pd.DataFrame, fresh: Booleans) -> pd.DataFrame:
    """Rows that count, with the row of their organisation's region and their place in the table they come from."""
    region = found.where.row[rows["organisation"].to_numpy(np.int64)]
    return rows.assign(region=region, place=np.arange(len(rows)))[fresh & (region >= 0)]
