"""Bridges between groups as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._bridges import RARE
from valuechain.analyses._organisations import shown, shown_of
from valuechain.analyses._umbrellas import what_to_mind
from valuechain.model.language import listed, say
from valuechain.model.result import STATUS, Column, Table
from valuechain.model.schema import STATUS_OF_RANK

if TYPE_CHECKING:
    from valuechain.analyses._bridges import Bridges
    from valuechain.analyses._brokers import Roles
    from valuechain.analyses._builders import Builder, GoBetween
    from valuechain.model.arrays import Integers

PAIR_COLUMNS = (
    Column("first", "text", "One sector, region, cluster or community"),
    Column("second", "text", "The other, or the same: ties inside it"),
    Column("observed", "number", "Ties there are; those of an organisation in several count in parts", "ties"),
    Column("expected", "number", "Ties that chance would give", "ties"),
    Column("surprise", "number", "(observed - expected) / what chance scatters; below -2 is rare by chance"),
    Column("state", "text", "Fewer, as many, or more than chance would give"),
    Column("first_organisations", "integer", "Organisations in the first", "organisations"),
    Column("second_organisations", "integer", "Organisations in the second", "organisations"),
    Column("in_both", "integer", "Organisations in both", "organisations"),
    STATUS,
)

BROKER_COLUMNS = (
    Column("organisation", "text", "Who connects"),
    Column("organisation_key", "key", "Its key"),
    Column("kind", "text", "Kind of organisation"),
    Column("place", "text", "Where it lies"),
    Column("belongs_to", "text", "Its own groups, empty where not known"),
    Column("ties", "integer", "To whom it is tied", "organisations"),
    Column("reaches", "integer", "Groups of those it is tied to", "groups"),
    Column("betweenness", "number", "Share of shortest paths between different groups that lead through it", "0..1"),
    Column("participation", "number", "How evenly its ties spread, 0 = all in one group", "0..1"),
    Column("constraint", "number", "Burt's constraint: low = spans a structural hole"),
    Column("only_connector_of", "integer", "Pairs of groups that nothing known joins without it", "pairs"),
    Column("remark", "text", "What to mind, such as one name for many institutes"),
    STATUS,
)

SOLE_BROKER_COLUMNS = (
    Column("first", "text", "One sector, region, cluster or community"),
    Column("second", "text", "The other"),
    Column("organisation", "text", "The only connector"),
    Column("organisation_key", "key", "Its key"),
    Column("place", "text", "Where it lies"),
    Column("ties", "integer", "Ties between the two, all its own; 0 where it joins them as a member of both", "ties"),
    Column("in_both", "integer", "Organisations that belong to both", "organisations"),
    STATUS,
)

BUILDER_COLUMNS = (
    Column("first", "text", "One sector, region, cluster or community"),
    Column("second", "text", "The other"),
    Column("rank", "integer", "1 = best"),
    Column("organisation", "text", "Who could build the bridge from the first"),
    Column("organisation_key", "key", "Its key"),
    Column("partner", "text", "With whom in the second"),
    Column("partner_key", "key", "Its key"),
    Column("shared", "text", "Capabilities that both offer, the surest first"),
    Column("shared_count", "integer", "How many that are", "capabilities"),
    Column("known_to_both", "text", "Who is tied to both, up to three"),
    Column("confidence", "number", "How sure it is that both offer the surest of them", "0..1"),
    STATUS,
)

GO_BETWEEN_COLUMNS = (
    Column("first", "text", "One sector, region, cluster or community"),
    Column("second", "text", "The other"),
    Column("rank", "integer", "1 = best"),
    Column("organisation", "text", "Who knows both sides and could bring them together"),
    Column("organisation_key", "key", "Its key"),
    Column("kind", "text", "Kind of organisation"),
    Column("place", "text", "Where it lies"),
    Column("ties_to_first", "integer", "Members of the first that it is tied to", "organisations"),
    Column("ties_to_second", "integer", "Members of the second that it is tied to", "organisations"),
    Column("remark", "text", "What to mind, such as one name for many institutes"),
    STATUS,
)

ALL_PAIRS = 5000
"""Up to so many pairs all stand in the table; beyond, those that have a tie or for which chance would give one."""


def pair_table(bridges: Bridges, title: str) -> Table:
    """Return every pair of groups, the furthest below chance first; ties inside a group stand there as well."""
    found, labels, groups = bridges.mixing, bridges.groups.labels, bridges.groups
    low, high = np.triu_indices(len(labels))
    kept = np.ones(len(low), dtype=bool)
    if len(low) > ALL_PAIRS:
        kept = (found.observed[low, high] > 0) | (found.expected[low, high] >= 1.0)
    low, high = low[kept], high[kept]
    order = np.argsort(np.nan_to_num(found.surprise[low, high]), kind="stable")
    behind = groups.behind(bridges.ties.graph)
    told = [behind.of(group) for group in range(len(labels))]

    def row(first: int, second: int) -> dict[str, Any]:
        ties = bridges.ties_of(first, second)
        surprise = float(found.surprise[first, second])
        return {
            "first": labels[first],
            "second": labels[second],
            "observed": round(float(found.observed[first, second]), 2),
            "expected": round(float(found.expected[first, second]), 2),
            "surprise": round(surprise, 2),
            "state": _state(surprise),
            "first_organisations": len(bridges.members[first]),
            "second_organisations": len(bridges.members[second]),
            "in_both": bridges.in_both(first, second),
            "status": bridges.status(ties, (first, second)),
            "evidence": bridges.ties.evidence(ties) if len(ties) else tuple(dict.fromkeys(told[first] + told[second])),
        }

    rows = (row(int(first), int(second)) for first, second in zip(low[order], high[order], strict=True))
    return Table.from_rows("pairs", title, PAIR_COLUMNS, rows)


def _state(surprise: float) -> str:
    if surprise != surprise:
        return "not assessed"
    return "fewer" if surprise <= -RARE else "more" if surprise >= RARE else "as many"


def broker_table(bridges: Bridges, found: Roles) -> Table:
    """Return everybody in scope with a tie, by the share of paths between groups that lead through it."""
    ties, groups = bridges.ties, bridges.groups
    labels = groups.labels
    links = ties.adjacency
    degree = np.diff(links.indptr)
    reaches = np.diff((ties.matrix @ groups.shares).tocsr().indptr)
    holds = np.bincount(bridges.sole_brokers["organisation"].to_numpy(np.int64), minlength=len(degree))
    who = np.flatnonzero(degree > 0)
    who = who[np.lexsort((-degree[who], -np.nan_to_num(found.betweenness[who])))]
    behind = ties.behind.select(links.links)
    rank = np.maximum(ties.pairs["rank"].to_numpy(np.int64)[links.links], groups.rank[links.indices])
    organisations = shown_of(ties.graph, who)
    to_mind = what_to_mind(ties.graph)
    rows = (
        about
        | {
            "belongs_to": "; ".join(labels[at] for at in _groups_of(bridges, one)),
            "ties": int(degree[one]),
            "reaches": int(reaches[one]),
            "betweenness": round(float(found.betweenness[one]), 4),
            "participation": round(float(found.participation[one]), 4),
            "constraint": round(float(found.constraint[one]), 4),
            "only_connector_of": int(holds[one]),
            "remark": to_mind.get(one, ""),
            "status": STATUS_OF_RANK[int(rank[links.indptr[one] : links.indptr[one + 1]].max())],
            "evidence": _unique(behind.positions[_within(behind.offsets, links.indptr, one)]),
        }
        for one, about in zip(who.tolist(), organisations, strict=True)
    )
    return Table.from_rows("brokers", say("Who connects"), BROKER_COLUMNS, rows)


def _within(offsets: Integers, indptr: Integers, one: int) -> slice:
    """Where in the evidence of all links the records of one organisation's links stand."""
    return slice(int(offsets[indptr[one]]), int(offsets[indptr[one + 1]]))


def _unique(records: Integers) -> tuple[int, ...]:
    return tuple(dict.fromkeys(records.tolist()))


def sole_broker_table(bridges: Bridges) -> Table:
    """Return the pairs of groups that hang on one organisation."""
    labels, graph = bridges.groups.labels, bridges.ties.graph
    found = bridges.sole_brokers
    organisations = shown_of(graph, found["organisation"].to_numpy(np.int64))
    rows = []
    for one, about in zip(found.itertuples(), organisations, strict=True):
        ties = bridges.ties_of(one.low, one.high)
        rows.append(
            {name: about[name] for name in ("organisation", "organisation_key", "place")}
            | {
                "first": labels[one.low],
                "second": labels[one.high],
                "ties": one.ties,
                "in_both": bridges.in_both(one.low, one.high),
                "status": bridges.status_of_ends(ties, [one.organisation]),
                "evidence": bridges.ties.evidence(ties)
                or bridges.groups.evidence(graph, np.array([one.organisation], dtype=np.int64)),
            }
        )
    title = say("Pairs that only one organisation connects")
    return Table.from_rows("only-connectors", title, SOLE_BROKER_COLUMNS, rows)


def builder_table(bridges: Bridges, missing: Mapping[tuple[int, int], Sequence[Builder]]) -> Table:
    """Return who could build the bridges that are missing, for each pair of groups in `missing`."""
    graph, labels = bridges.ties.graph, bridges.groups.labels
    names, keys = graph["organisations"]["label"], graph["organisations"]["key"]
    offered = graph["capabilities"]["label"]
    rows = (
        {
            "first": labels[low],
            "second": labels[high],
            "rank": rank,
            "organisation": names.iloc[one.first],
            "organisation_key": keys.iloc[one.first],
            "partner": names.iloc[one.second],
            "partner_key": keys.iloc[one.second],
            "shared": "; ".join(offered.iloc[list(one.capabilities)]),
            "shared_count": len(one.capabilities),
            "known_to_both": listed(names.iloc[list(one.known_to_both)]),
            "confidence": round(one.confidence, 3),
            "status": one.status,
            "evidence": one.evidence,
        }
        for (low, high), builders in missing.items()
        for rank, one in enumerate(builders, start=1)
    )
    return Table.from_rows("builders", say("Who could build a missing bridge"), BUILDER_COLUMNS, rows)


def go_between_table(bridges: Bridges, found: Mapping[tuple[int, int], Sequence[GoBetween]]) -> Table:
    """Return who knows both sides of a missing bridge already, for each pair of groups."""
    graph, labels = bridges.ties.graph, bridges.groups.labels
    organisations, to_mind = shown(graph), what_to_mind(graph)
    rows = (
        organisations[one.organisation]
        | {
            "first": labels[low],
            "second": labels[high],
            "rank": rank,
            "ties_to_first": one.to_first,
            "ties_to_second": one.to_second,
            "remark": to_mind.get(one.organisation, ""),
            "status": bridges.status_of_ends(bridges.ties.of(one.organisation), [one.organisation]),
            "evidence": bridges.ties.evidence(bridges.ties.of(one.organisation)),
        }
        for (low, high), some in found.items()
        for rank, one in enumerate(some, start=1)
    )
    title = say("Who knows both sides of a missing bridge")
    return Table.from_rows("go-betweens", title, GO_BETWEEN_COLUMNS, rows)


def _groups_of(bridges: Bridges, organisation: int) -> list[int]:
    shares = bridges.groups.shares
    return sorted(shares.indices[shares.indptr[organisation] : shares.indptr[organisation + 1]].tolist())
