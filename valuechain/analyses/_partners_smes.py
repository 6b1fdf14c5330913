"""The small and medium-sized firms of clusters: what they stand for, and how far they have come in the market."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._evidence import records_behind
from valuechain.analyses._organisations import shown
from valuechain.analyses._words import itemised
from valuechain.model.language import say
from valuechain.model.result import STATUS, Column, Table, least_certain

if TYPE_CHECKING:
    from valuechain.analyses._partners import Clusters
    from valuechain.analyses._partners_side import Side
    from valuechain.model.arrays import Integers

MOST = 500
"""So many SMEs are listed for each cluster, by name."""

SME_COLUMNS = (
    Column("organisation", "text", "A small or medium-sized firm"),
    Column("cluster", "text", "The cluster"),
    Column("offers", "text", "What it offers there"),
    Column("market_stage", "text", "How far it has come in the target market"),
    Column("stages", "text", "Stages that it stands for"),
    Column("place", "text", "Where it lies"),
    Column("partner_sought", "text", "Whom it looks for there"),
    Column("objective", "text", "What it wants there"),
    Column("also_in", "text", "Other clusters that it belongs to"),
    Column("organisation_key", "key", "Its key"),
    Column("cluster_key", "key", "Its key"),
    STATUS,
)


def sme_table(known: Clusters, sides: Sequence[Side]) -> Table:
    """Return the SMEs of each cluster that offer something, with a market those that stand in it."""
    firms = [_smes(known, side) for side in sides]
    elsewhere = _clusters_of(known)
    rows = (row for side, smes in zip(sides, firms, strict=True) for row in _rows(known, side, smes[:MOST], elsewhere))
    title = f"{say('Small and medium-sized firms')} {known.market.words}".rstrip()
    cut = sum(max(0, len(smes) - MOST) for smes in firms)
    return replace(Table.from_rows("smes", title, SME_COLUMNS, rows), cut=cut)


def _smes(known: Clusters, side: Side) -> Integers:
    """The SMEs of a cluster that offer something, by name; in the market where one was asked for."""
    organisations = known.graph["organisations"]
    found = np.unique(side.offers["organisation"].to_numpy(np.int64))
    found = found[(organisations["kind"] == "sme").to_numpy(bool)[found]]
    if known.market.name:
        found = np.intersect1d(found, known.active(side.cluster))
    order: Integers = found[np.argsort(organisations["label"].iloc[found].to_numpy(str), kind="stable")]
    return order


def _clusters_of(known: Clusters) -> dict[int, list[int]]:
    """The clusters (rows of the matrices) of each member."""
    found = defaultdict(list)
    for cluster, member in zip(*known.members.nonzero(), strict=True):
        found[int(member)].append(int(cluster))
    return found


def _rows(known: Clusters, side: Side, smes: Integers, elsewhere: dict[int, list[int]]) -> Iterator[dict[str, Any]]:
    graph, who, labels = known.graph, shown(known.graph), known.graph["capabilities"]["label"].tolist()
    stages = graph["stages"]["label"].tolist()
    offers = side.offers[np.isin(side.offers["organisation"].to_numpy(np.int64), smes)]
    offers = offers.assign(stage=offers["capability"].map(known.required["stage"]).to_numpy(np.int64))
    offers = offers.assign(order=offers["capability"].map(known.required["stage_order"]))
    offers = offers.sort_values(["organisation", "order"], kind="stable").reset_index(drop=True)
    behind = records_behind(graph, offers)
    places = offers.groupby("organisation").indices
    capability, stage, status = (offers[name].tolist() for name in ("capability", "stage", "status"))
    for sme in smes.tolist():
        mine = places[sme].tolist()
        told = known.market.of.get(sme)
        evidence = [record for at in mine for record in behind.of(at)]
        evidence += graph.evidence("markets", [told.Index]) if told else ()
        in_stages = dict.fromkeys(stages[stage[at]] for at in mine if stage[at] >= 0)
        cells = who[sme]
        yield {
            "organisation": cells["organisation"],
            "cluster": side.label,
            "offers": itemised([labels[capability[at]] for at in mine]),
            "market_stage": told.stage if told else "",
            "stages": "; ".join(in_stages),
            "place": cells["place"],
            "partner_sought": told.partner_sought if told else "",
            "objective": told.objective if told else "",
            "also_in": itemised(known.label(at) for at in elsewhere[sme] if at != side.cluster),
            "organisation_key": cells["organisation_key"],
            "cluster_key": side.key,
            "status": least_certain([*(status[at] for at in mine), *([told.status] if told else [])]),
            "evidence": tuple(dict.fromkeys(evidence)),
        }
