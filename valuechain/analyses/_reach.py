"""How far the failure of each organisation reaches, and what holds the network of ties together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from valuechain.analyses._candidates import Candidate
from valuechain.analyses._chain import listed, plural
from valuechain.analyses._failure import Dependencies, Failure
from valuechain.analyses._organisations import shown
from valuechain.analyses._weak_points import spread
from valuechain.analyses._weak_words import with_whom
from valuechain.analyses._words import itemised, less_sure
from valuechain.kernels.failure import labels_reached, reach_of_each
from valuechain.model.graph import Adjacency
from valuechain.model.result import STATUS, Column, Finding, Severity, Table
from valuechain.model.schema import STATUS_OF_RANK, STATUS_RANK

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
    Column("confidence", "number", "How sure the least sure link of it is", "0..1"),
    STATUS,
)


def reach_of_suppliers(dependencies: Dependencies) -> pd.DataFrame:
    """Return how far the failure of everybody who supplies somebody reaches, the furthest first.

    Returns
    -------
    DataFrame with the columns organisation (position), customers, stops (in scope), over, capabilities, regions,
    confidence and status of the least sure link of the failure, or of its own links if nobody stops.
    """
    graph, links, net = dependencies.graph, dependencies.links, dependencies.requirements
    critical = dependencies.inputs.iloc[dependencies.critical]
    rank = critical["status"].map(STATUS_RANK).to_numpy(np.int64)
    reach = reach_of_each(net, graph.in_scope, critical["confidence"].to_numpy(float), rank, FOLLOWED)
    offers = graph["offers"].drop_duplicates(["organisation", "capability"])
    of_offers = (offers[name].to_numpy(np.int64) for name in ("organisation", "capability"))
    codes = pd.factorize(graph["organisations"]["region"])[0].astype(np.int64)
    located = np.flatnonzero(codes >= 0)
    own = links.assign(rank=links["status"].map(STATUS_RANK).astype("int64")).groupby("supplier")
    found = own.agg(customers=("buyer", "nunique"), confidence=("confidence", "min"), rank=("rank", "max"))
    who = found.index.to_numpy(np.int64)
    stopping = reach.stopped[who] > 0
    found = found.assign(
        stops=reach.stopped[who],
        over=reach.over[who],
        capabilities=_labels(dependencies, *of_offers)[who],
        regions=_labels(dependencies, located, codes[located])[who],
        confidence=np.where(stopping, reach.confidence[who], found["confidence"]),
        status=pd.Series(np.where(stopping, reach.grade[who], found["rank"]), found.index).map(STATUS_OF_RANK),
    )
    order = ["over", "stops", "customers"]
    return found.rename_axis("organisation").reset_index().sort_values(order, ascending=False, kind="stable")


def _labels(dependencies: Dependencies, organisations: np.ndarray, labels: np.ndarray) -> np.ndarray:
    count = len(dependencies.graph["organisations"])
    rows = Adjacency.from_pairs(organisations, labels, count)
    kinds = int(labels.max(initial=-1)) + 1
    return labels_reached(dependencies.requirements, rows.indptr, rows.indices, kinds, FOLLOWED)


def ranking_table(dependencies: Dependencies, reach: pd.DataFrame) -> Table:
    """Return everybody who supplies somebody, by how many stop without it."""
    graph = dependencies.graph
    links = dependencies.links.groupby("supplier").indices
    organisations = shown(graph)
    rows = (
        organisations[one.organisation]
        | {
            "customers": one.customers,
            "stops": one.stops,
            "over": one.over,
            "capabilities": one.capabilities,
            "regions": one.regions,
            "confidence": round(float(one.confidence), 3),
            "status": one.status,
            "evidence": graph.evidence("supplies", dependencies.links.index[links[one.organisation]]),
        }
        for one in reach.itertuples()
    )
    return Table.from_rows("ranking", f"Who stops others {graph.scope_words}", RANKING_COLUMNS, rows)


def lost_directly(dependencies: Dependencies, failure: Failure) -> dict[int, tuple[int, ...]]:
    """Return what buyers lose because the failed one alone supplies it: capability -> buyers."""
    rows = [row for row in failure.cause.values() if dependencies.suppliers[row] == (failure.organisation,)]
    buyers = dependencies.inputs.loc[rows].groupby("capability", sort=True)["buyer"]
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
    here = [one for one in failure.stopped if graph.in_scope[one]]
    offered, regions = spread(graph, here)
    lost = lost_directly(dependencies, failure)
    stop = "stops" if len(here) == 1 else "stop"
    buyers = dict.fromkeys(buyer for who in lost.values() for buyer in who)
    rows = sorted(set(failure.cause.values()))
    return Finding(
        kind="reach",
        severity=less_sure(_severity(dependencies, len(here)), float(reach.confidence)),
        confidence=round(float(reach.confidence), 3),
        subjects=(graph["organisations"]["key"].iloc[failure.organisation],),
        title=f"{failed}: if it fails, {plural(len(here), 'other organisation')} {stop} {_where(graph)}".rstrip(),
        explanation=f"Nobody else is known to supply {listed(names.iloc[list(buyers)])} with "
        f"{itemised(labels.iloc[list(lost)])}. Those who stop lie in {plural(len(regions), 'region')} and offer "
        f"{plural(len(offered), 'capability', 'capabilities')}: {itemised(offered)}.",
        action="Replace: name each of them a second supplier. Secure: agree stocks and delivery with this one.",
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


def _where(graph: ValueGraph) -> str:
    return "" if graph.in_scope.all() else graph.scope_words
