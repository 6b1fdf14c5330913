"""Clusters side by side as tables: pairs, stages, what either adds, and meetings worth having."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from valuechain.analyses._chain import evidence_of
from valuechain.analyses._partners_market import STAGES
from valuechain.analyses._partners_side import HERE, NOT_ASKED, Stage
from valuechain.analyses._words import first_named, itemised
from valuechain.model.language import say, term
from valuechain.model.result import STATUS, Column, Table, least_certain

if TYPE_CHECKING:
    from valuechain.analyses._partners import Clusters
    from valuechain.analyses._partners_pair import Pair
    from valuechain.analyses._partners_side import Side

_CLUSTERS = (
    Column("cluster", "text", "One cluster"),
    Column("cluster_key", "key", "Its key"),
    Column("partner_cluster", "text", "The other cluster"),
    Column("partner_cluster_key", "key", "Its key"),
)

PAIR_COLUMNS = (
    *_CLUSTERS,
    Column("complementarity", "number", "Open needs of both that the other meets / open needs of both", "0..1"),
    Column("similarity", "number", "Capabilities that both offer / capabilities that either offers", "0..1"),
    Column("ties", "integer", "Pairs of members with joint projects or supply links", "pairs"),
    Column("partner_meets", "integer", "Needs open in the one that the other could meet", "capabilities"),
    Column("cluster_meets", "integer", "Needs open in the other that the one could meet", "capabilities"),
    Column("shared", "integer", "Capabilities that both offer", "capabilities"),
    Column("still_missing", "integer", "What members of either need and members of neither offer", "capabilities"),
    Column("shared_stages", "text", "Stages in which members of both offer something"),
    Column("stages_partner_adds", "text", "Stages in which the other alone offers something"),
    Column("stages_cluster_adds", "text", "Stages in which the one alone offers something"),
    Column("partner_adds", "text", "What the other alone offers, the first of many"),
    Column("cluster_adds", "text", "What the one alone offers, the first of many"),
    Column("members", "integer", "Members of the one", "organisations"),
    Column("partner_members", "integer", "Members of the other", "organisations"),
    Column("in_both", "text", "Who belongs to both"),
    *(
        Column(f"{side}_{stage}", "integer", f"SMEs of the {words} that are {stage} in the market", "organisations")
        for side, words in (("cluster", "one"), ("partner", "other"))
        for stage in STAGES
    ),
    Column("confidence", "number", "How sure the comparison is", "0..1"),
    STATUS,
)

STAGE_COLUMNS = (
    Column("cluster", "text", "The cluster"),
    Column("stage", "text", "Stage of the chain"),
    Column("members", "integer", "Members that offer something in it; empty where nobody was asked", "organisations"),
    Column("small_and_medium", "integer", "SMEs among them", "organisations"),
    Column("in_market", "integer", "Those of them in the target market; empty without one", "organisations"),
    Column("capabilities", "integer", "Different capabilities that they offer there", "capabilities"),
    Column("known", "text", "here, nobody although all was asked, asked in part, or not asked"),
    Column("cluster_key", "key", "Its key"),
    STATUS,
)

CAPABILITY_COLUMNS = (
    Column("capability", "text", "What only one of the two offers"),
    Column("offered_by", "text", "The cluster whose members offer it"),
    Column("needed_by", "integer", "How many members of the other cluster need it", "organisations"),
    Column("makers", "integer", "How many of its members do", "organisations"),
    Column("who", "text", "The surest of them"),
    Column("in_the_other", "text", "Whether the other cluster was asked for it"),
    Column("stage", "text", "Stage of the chain"),
    Column("capability_key", "key", "Its key"),
    *_CLUSTERS,
    Column("confidence", "number", "How sure the surest offer is", "0..1"),
    STATUS,
)

MEETING_COLUMNS = (
    Column("participant", "text", "Its member"),
    Column("partner", "text", "The member to meet"),
    Column("about", "text", "What about"),
    Column("score", "number", "How much the meeting counts, for the order", "0..1"),
    Column("why", "text", "Why these two"),
    Column("in_market", "text", "What they are in the target market"),
    Column("cluster", "text", "One cluster"),
    Column("partner_cluster", "text", "The other cluster"),
    Column("participant_key", "key", "Its key"),
    Column("partner_key", "key", "Its key"),
    Column("confidence", "number", "How sure it is that the one needs what the other offers", "0..1"),
    STATUS,
)
"""Columns that `meetings` takes as preferences: participant, partner and score."""


ASKED = term("asked: nobody offers it")
"""What is known of a capability in the cluster that does not have it, where it is not NOT_ASKED."""


def pair_table(known: Clusters, pairs: Sequence[Pair], count: int) -> Table:
    """Return the pairs of clusters, `count` of them in all, the most complementary first."""
    names = known.graph["organisations"]["label"]
    labels = known.graph["capabilities"]["label"]
    stages = known.graph["stages"]["label"]

    def rows() -> Iterator[dict[str, Any]]:
        for pair in pairs:
            first, second = pair.first, pair.second
            at = first.cluster, second.cluster
            yield _names(pair) | {
                "complementarity": _score(known.complementarity[at]),
                "similarity": _score(known.similarity[at]),
                "ties": len(pair.ties),
                "partner_meets": len(pair.meets(second)),
                "cluster_meets": len(pair.meets(first)),
                "shared": len(pair.shared),
                "still_missing": len(pair.missing),
                "shared_stages": "; ".join(stages.iloc[pair.stages(True, True)]),
                "stages_partner_adds": "; ".join(stages.iloc[pair.stages(False, True)]),
                "stages_cluster_adds": "; ".join(stages.iloc[pair.stages(True, False)]),
                "partner_adds": itemised(labels.iloc[pair.adds(second)]),
                "cluster_adds": itemised(labels.iloc[pair.adds(first)]),
                "members": len(first.members),
                "partner_members": len(second.members),
                "in_both": itemised(names.iloc[pair.both]),
                **_standing("cluster", pair, first),
                **_standing("partner", pair, second),
                "confidence": pair.confidence,
                "status": pair.status,
                "evidence": pair.evidence,
            }

    title = f"{say('Clusters that could go together')} {known.market.words}".rstrip()
    table = Table.from_rows("pairs", title, PAIR_COLUMNS, rows())
    return replace(table, cut=count - len(pairs))


def _names(pair: Pair) -> dict[str, Any]:
    return {
        "cluster": pair.first.label,
        "cluster_key": pair.first.key,
        "partner_cluster": pair.second.label,
        "partner_cluster_key": pair.second.key,
    }


def _score(value: float) -> float | None:
    return None if value != value else round(float(value), 4)


def _standing(name: str, pair: Pair, side: Side) -> dict[str, int | None]:
    """How many SMEs stand where in the market; nothing without one."""
    found = pair.standing(side)
    asked = bool(pair.known.market.name)
    return {f"{name}_{stage}": found.get(stage, 0) if asked else None for stage in STAGES}


def stage_table(known: Clusters, sides: Sequence[Side]) -> Table:
    """Return who stands in which stage, for each cluster in the order of the chain."""
    stages = known.graph["stages"]["label"]
    asked = bool(known.market.name)

    def rows() -> Iterator[dict[str, Any]]:
        for side in sides:
            for one in side.stages:
                here = one.state == HERE
                counted = one.members if here or one.surveys else None
                told, behind = _behind(known, side, one)
                yield {
                    "cluster": side.label,
                    "cluster_key": side.key,
                    "stage": stages.iloc[one.stage],
                    "members": counted,
                    "small_and_medium": one.smes if counted is not None else None,
                    "in_market": one.in_market if asked and counted is not None else None,
                    "capabilities": len(one.rows) if counted is not None else None,
                    "known": one.state,
                    "status": least_certain(told),
                    "evidence": behind,
                }

    return Table.from_rows("stages", say("Who stands in which stage of the chain"), STAGE_COLUMNS, rows())


def _behind(known: Clusters, side: Side, stage: Stage) -> tuple[list[str], tuple[int, ...]]:
    """Statuses and records of who stands in a stage, else of the surveys that found nobody, else of the cluster."""
    graph = known.graph
    if len(stage.rows):
        return stage.rows["status"].tolist(), evidence_of(graph, stage.rows)
    if stage.surveys:
        return graph["surveys"]["status"].iloc[list(stage.surveys)].tolist(), graph.evidence("surveys", stage.surveys)
    cluster = int(known.positions[side.cluster])
    return [graph["organisations"]["status"].iloc[cluster]], graph.evidence("organisations", [cluster])


def capability_table(known: Clusters, pairs: Sequence[Pair]) -> Table:
    """Return what one cluster of a pair offers and the other does not, what the other needs first."""
    capabilities, stages = known.graph["capabilities"], known.graph["stages"]["label"]
    names = known.graph["organisations"]["label"]
    stage_of = capabilities["stage"].tolist()

    def row(pair: Pair, side: Side, other: Side, capability: int) -> dict[str, Any]:
        best = side.best_offers.loc[capability]
        who = side.offers[side.offers["capability"] == capability]
        needed = other.best_needs["makers"].get(capability, 0)
        asked = other.asked.get(capability)
        records = [*evidence_of(known.graph, who.iloc[:1])]
        records += known.graph.evidence("surveys", asked.rows) if asked else ()
        stage = stage_of[capability]
        return _names(pair) | {
            "capability": capabilities["label"].iloc[capability],
            "capability_key": capabilities["key"].iloc[capability],
            "stage": stages.iloc[stage] if stage >= 0 else "",
            "offered_by": side.label,
            "makers": int(best["makers"]),
            "who": first_named(names, who["organisation"].tolist()[:3], int(best["makers"])),
            "needed_by": int(needed),
            "in_the_other": ASKED if asked else NOT_ASKED,
            "confidence": round(float(best["confidence"]), 3),
            "status": least_certain([best["status"], *([asked.status] if asked else [])]),
            "evidence": tuple(dict.fromkeys(records)),
        }

    def rows() -> Iterator[dict[str, Any]]:
        for pair in pairs:
            for side, other in ((pair.second, pair.first), (pair.first, pair.second)):
                found = [row(pair, side, other, capability) for capability in pair.adds(side).tolist()]
                yield from sorted(found, key=lambda one: -one["needed_by"])

    title = say("What either offers and the other does not")
    return Table.from_rows("capabilities", title, CAPABILITY_COLUMNS, rows())


def meeting_table(known: Clusters, pairs: Sequence[Pair]) -> Table:
    """Return the meetings worth having, pair by pair, those that count most first."""
    organisations, labels = known.graph["organisations"], known.graph["capabilities"]["label"]
    names, keys = organisations["label"], organisations["key"]
    rows = (
        {
            "cluster": pair.first.label,
            "participant": names.iloc[one.participant],
            "participant_key": keys.iloc[one.participant],
            "partner_cluster": pair.second.label,
            "partner": names.iloc[one.partner],
            "partner_key": keys.iloc[one.partner],
            "score": one.score,
            "about": itemised(labels.iloc[list(one.about)]),
            "why": one.why,
            "in_market": one.market,
            "confidence": one.confidence,
            "status": one.status,
            "evidence": one.evidence,
        }
        for pair in pairs
        for one in pair.meetings
    )
    title = f"{say('Meetings worth having')} {known.market.words}".rstrip()
    return Table.from_rows("meetings", title, MEETING_COLUMNS, rows)
