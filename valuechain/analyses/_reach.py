"""How far the failure of each organisation reaches, and what holds the network of ties together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from valuechain.analyses._candidates import Candidate
from valuechain.analyses._failure import Dependencies, Failure
from valuechain.analyses._organisations import shown_of
from valuechain.analyses._weak_words import with_whom
from valuechain.analyses._whereabouts import spread, turnover_words, whereabouts
from valuechain.analyses._words import itemised, less_sure
from valuechain.kernels.failure import Traits, reach_of_each
from valuechain.model.graph import Adjacency
from valuechain.model.language import listed, plural, say
from valuechain.model.result import STATUS, Column, Finding, Severity, Table
from valuechain.model.schema import STATUS_OF_RANK, STATUS_RANK
from valuechain.model.watching import tell

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

FOLLOWED = 1000
"""A failure is followed until more than so many others have stopped."""

MANY, SEVERAL, LARGE_SHARE = 5, 2, 0.1
"""From how many others on it is a high or a medium finding, and from which share of all who depend on someone on a
critical one."""

RANKING_COLUMNS = (
    Column("organisation", "text", "Who fails"),
    Column("organisation_key", "key", "Its key"),
    Column("kind", "text", "Kind of organisation"),
    Column("place", "text", "Where it lies"),
    Column("customers", "integer", "Whom it supplies", "organisations"),
    Column("stops", "integer", "Others in scope that stop if it alone fails", "organisations"),
    Column("over", "boolean", "Whether there are more, who were not followed to the end"),
    Column("capabilities", "integer", "What those offer who stop", "capabilities"),
    Column("regions", "integer", "Where those lie who stop", "regions"),
    Column("turnover_eur", "number", "Turnover of those who stop, as far as known; empty where of nobody", "EUR"),
    Column("turnover_known", "integer", "Of how many of them the turnover is known", "organisations"),
    Column("confidence", "number", "How sure the least sure link of it is", "0..1"),
    STATUS,
)


def reach_of_suppliers(dependencies: Dependencies) -> pd.DataFrame:
    """Return how far the failure of everybody who supplies somebody reaches, the furthest first.

    Returns
    -------
    DataFrame with the columns organisation (position), customers; stops, capabilities, regions (all in scope); over;
    turnover_eur (of those who stop, as far as known), turnover_known (of how many it is known); confidence and status
    of the least sure link of the failure, or of its own links if nobody stops.
    """
    links = dependencies.links
    reach = reach_of_each(dependencies.requirements, _traits(dependencies), FOLLOWED, tell)
    own = links.groupby("supplier")
    found = own.agg(customers=("buyer", "nunique"), confidence=("confidence", "min"), rank=("rank", "max"))
    who = found.index.to_numpy(np.int64)
    stopping = reach.stopped[who] > 0
    found = found.assign(
        stops=reach.stopped[who],
        over=reach.over[who],
        capabilities=reach.labels[who, 0],
        regions=reach.labels[who, 1],
        turnover_eur=np.where(reach.known[who] > 0, reach.amount[who], np.nan),
        turnover_known=reach.known[who],
        confidence=np.where(stopping, reach.confidence[who], found["confidence"]),
        status=pd.Series(np.where(stopping, reach.grade[who], found["rank"]), found.index).map(STATUS_OF_RANK),
    )
    order = ["over", "stops", "customers"]
    return found.rename_axis("organisation").reset_index().sort_values(order, ascending=False, kind="stable")


def _traits(dependencies: Dependencies) -> Traits:
    """What is counted of those who stop: who is in scope, what they offer, where they lie, what they turn over."""
    graph = dependencies.graph
    critical = dependencies.inputs.iloc[dependencies.critical]
    about = graph.once(whereabouts)
    located = np.flatnonzero(about.region >= 0)
    labels = Adjacency.from_pairs(
        np.concatenate([about.offering, located]),
        np.concatenate([about.offered, about.region[located] + about.capabilities]),
        len(graph["organisations"]),
    )
    return Traits(
        graph.in_scope.copy(),
        labels.indptr.astype(np.int32),
        labels.indices.astype(np.int32),
        np.repeat([0, 1], [about.capabilities, len(about.regions)]).astype(np.int32),
        2,
        about.turnover_eur,
        critical["confidence"].to_numpy(float),
        critical["status"].map(STATUS_RANK).to_numpy(np.int64),
    )


def ranking_table(dependencies: Dependencies, reach: pd.DataFrame) -> Table:
    """Return everybody who supplies somebody, by how many stop without it."""
    graph = dependencies.graph
    supplier = dependencies.links["supplier"].to_numpy(np.int64)
    order = np.argsort(supplier, kind="stable")
    starts = np.searchsorted(supplier[order], np.arange(len(graph["organisations"]) + 1))
    behind = graph.behind["supplies"].select(dependencies.links.index.to_numpy(np.int64)[order])
    first = behind.offsets[starts].tolist()
    organisations = shown_of(graph, reach["organisation"].to_numpy(np.int64))
    rows = (
        shows
        | {
            "customers": one.customers,
            "stops": one.stops,
            "over": one.over,
            "capabilities": one.capabilities,
            "regions": one.regions,
            "turnover_eur": one.turnover_eur,
            "turnover_known": one.turnover_known,
            "confidence": round(float(one.confidence), 3),
            "status": one.status,
            "evidence": tuple(behind.positions[first[one.organisation] : first[one.organisation + 1]].tolist()),
        }
        for shows, one in zip(organisations, reach.itertuples(), strict=True)
    )
    title = say("Who stops others {where}", where=graph.scope_words)
    return Table.from_rows("ranking", title, RANKING_COLUMNS, rows)


def lost_directly(dependencies: Dependencies, failure: Failure) -> dict[int, tuple[int, ...]]:
    """Return what buyers lose because the failed one alone supplies it: capability -> buyers."""
    alone = dependencies.inputs.loc[dependencies.supplied_alone(failure.organisation)]
    buyers = alone.groupby("capability", sort=True)["buyer"]
    return {int(str(capability)): tuple(group) for capability, group in buyers}


def reach_finding(
    dependencies: Dependencies, failure: Failure, reach: Any, instead: Mapping[int, Sequence[Candidate]]
) -> Finding:
    """Return the failure of one organisation as a finding; `reach` is its row of `reach_of_suppliers`.

    Severity: five or more others in scope stop: high, and critical where that is a tenth of all in scope who depend on
    somebody; two to four: medium; one: low. A finding less sure than one half is one step less severe.
    """
    graph = dependencies.graph
    names, labels = graph["organisations"]["label"], graph["capabilities"]["label"]
    failed = names.iloc[failure.organisation]
    here = failure.stopped[graph.in_scope[failure.stopped]]
    offered, regions = spread(graph, here)
    lost = lost_directly(dependencies, failure)
    buyers = dict.fromkeys(buyer for who in lost.values() for buyer in who)
    rows = failure.cause[failure.stopped[:FOLLOWED]]
    explanation = (
        say(
            "Nobody else is known to supply {buyers} with {what}.",
            buyers=listed(names.iloc[list(buyers)]),
            what=itemised(labels.iloc[list(lost)]),
        ),
        say(
            "Those who stop lie in {regions} and offer {capabilities}: {offered}.",
            regions=plural(len(regions), "region"),
            capabilities=plural(len(offered), "capability", "capabilities"),
            offered=itemised(offered),
        ),
        turnover_words(graph, here),
    )
    return Finding(
        kind="reach",
        severity=less_sure(_severity(dependencies, len(here)), float(reach.confidence)),
        confidence=round(float(reach.confidence), 3),
        subjects=(graph["organisations"]["key"].iloc[failure.organisation],),
        title=_title(graph, failed, len(here)),
        explanation=" ".join(part for part in explanation if part),
        action=say("Replace: name each of them a second supplier. Secure: agree stocks and delivery with this one."),
        with_whom=with_whom(graph, instead),
        status=reach.status,
        evidence=dependencies.evidence(rows),
    )


def _severity(dependencies: Dependencies, stops: int) -> Severity:
    buyers = dependencies.inputs["buyer"].iloc[dependencies.critical].unique()
    depending = int(dependencies.graph.in_scope[buyers].sum())
    if stops >= MANY:
        return "critical" if stops >= LARGE_SHARE * depending else "high"
    return "medium" if stops >= SEVERAL else "low"


def _title(graph: ValueGraph, failed: str, stops: int) -> str:
    told = {"failed": failed, "organisations": plural(stops, "other organisation"), "where": graph.scope_words}
    if graph.in_scope.all() and stops == 1:
        return say("{failed}: if it fails, {organisations} stops", **told)
    if graph.in_scope.all():
        return say("{failed}: if it fails, {organisations} stop", **told)
    if stops == 1:
        return say("{failed}: if it fails, {organisations} stops {where}", **told)
    return say("{failed}: if it fails, {organisations} stop {where}", **told)
