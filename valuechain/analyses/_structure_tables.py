"""Standing and shape of the network as tables, with the records behind each row."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._chain import active_supplies
from valuechain.analyses._organisations import place_of
from valuechain.model.language import say, term
from valuechain.model.merge import Evidence, by_status
from valuechain.model.result import STATUS, Column, Table
from valuechain.model.schema import STATUS_OF_RANK, STATUS_RANK

if TYPE_CHECKING:
    from valuechain.analyses._structure import Shape, Standing
    from valuechain.model.arrays import Booleans, Floats, Integers
    from valuechain.model.graph import ValueGraph
    from valuechain.model.result import Cell

LISTED = 1000
"""Behind a figure of the whole stand all links; so many of their records are listed."""

STANDING_COLUMNS = (
    Column("organisation", "text", "Who"),
    Column("organisation_key", "key", "Its key"),
    Column("kind", "text", "Kind of organisation"),
    Column("place", "text", "Where it lies"),
    Column("ties", "integer", "To whom it is tied by joint projects or supply links", "organisations"),
    Column("suppliers", "integer", "Known suppliers", "organisations"),
    Column("buyers", "integer", "Known buyers", "organisations"),
    Column("partners", "integer", "Partners in joint projects", "organisations"),
    Column("betweenness", "number", "Share of the shortest ways between two others that leads through it", "0..1"),
    Column("articulation_point", "boolean", "Whether its part of the network falls apart without it"),
    Column("cut_off", "integer", "Organisations outside the largest piece that is then left", "organisations"),
    Column("constraint", "number", "Burt's constraint: low = joins those who are not tied themselves"),
    Column("participation", "number", "How evenly its ties spread over sectors: 0 = one sector", "0..1"),
    Column("core", "integer", "Core number: it belongs to a group in which each has so many ties", "ties"),
    Column("part", "integer", "Number of its part of the network, 1 = the largest"),
    Column("part_size", "integer", "Organisations in this part", "organisations"),
    Column("community", "integer", "Number of its community, 1 = the largest"),
    Column("community_size", "integer", "Organisations in this community", "organisations"),
    Column("circle", "integer", "Organisations that supply each other in a circle with it", "organisations"),
    Column("pagerank", "number", "PageRank from buyers to suppliers", "times the average"),
    Column("reached_through", "text", "The last one through whom every known supply way to it leads"),
    Column("reached_through_key", "key", "Its key"),
    Column("only_way_to", "integer", "Others whom every known supply way reaches through it", "organisations"),
    Column("confidence", "number", "How sure its links are on average", "0..1"),
    STATUS,
)

SHAPE_COLUMNS = (
    Column("measure", "text", "What is measured"),
    Column("here", "number", "Among the organisations asked about alone"),
    Column("everywhere", "number", "In the whole network"),
    Column("unit", "text", "In what it is measured"),
    Column("meaning", "text", "What it says"),
    STATUS,
)

MEASURES = {
    "organisations": (term("organisations"), term("organisations"), term("Who is there")),
    "tied": (term("with ties"), term("organisations"), term("Tied to another by a joint project or a supply link")),
    "ties": (term("ties"), term("pairs"), term("Pairs that are tied, each counted once")),
    "density": (term("density"), "0..1", term("Share of all possible pairs that are tied")),
    "parts": (term("parts"), term("parts"), term("Into how many pieces of two or more the network falls")),
    "largest_part": (term("largest part"), "0..1", term("Share of those with ties in it")),
    "cutting": (term("articulation points"), term("organisations"), term("Without any one of them a part falls apart")),
    "single_ties": (term("bridges"), term("ties"), term("Without any one of them a part falls apart")),
    "degeneracy": (
        term("degeneracy"),
        term("ties"),
        term("In the innermost core each is tied to so many others of it"),
    ),
    "top_share": (
        term("held by the best tied"),
        "0..1",
        term("Share of all ends of ties that the best tied hundredth holds"),
    ),
    "transitivity": (term("transitivity"), "0..1", term("How often two with a common neighbour are tied themselves")),
    "communities": (
        term("communities"),
        term("communities"),
        term("Groups of two or more, tied among themselves more than by chance"),
    ),
    "modularity": (term("modularity"), "-0.5..1", term("By how much: 0 = as by chance, above 0.3 = clear groups")),
    "supply_links": (term("supply links"), term("pairs"), term("Who supplies whom, each pair counted once")),
    "returned": (term("reciprocity"), "0..1", term("Share of supply links whose buyer also supplies the supplier")),
    "largest_circle": (
        term("largest circle"),
        term("organisations"),
        term("Largest group that supply each other in a circle"),
    ),
}
"""Name, unit and meaning of each measure of a Shape."""


@dataclass(frozen=True, eq=False)
class Links:
    """The records behind the links of each organisation, how sure these are on average, and the rank of their status.

    Without links, an organisation stands on its own record.
    """

    evidence: Evidence
    confidence: Floats
    rank: Integers

    @cached_property
    def status(self) -> list[str]:
        """The least certain status among the links of each organisation."""
        return [STATUS_OF_RANK[rank] for rank in self.rank.tolist()]


def links_of_each(graph: ValueGraph) -> Links:
    """Return what stands behind the ties of each organisation."""
    count = len(graph["organisations"])
    supplies, joint = active_supplies(graph), graph["collaborations"]
    supplies = supplies[supplies["supplier"] != supplies["buyer"]]
    parts = [
        _link_rows(graph, "supplies", supplies, ("supplier", "buyer")),
        _link_rows(graph, "collaborations", joint, ("first", "second")),
    ]
    who, sure, rank, position, of = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    links = np.bincount(who, minlength=count)
    total = np.bincount(who, weights=sure, minlength=count)
    worst = np.zeros(count, dtype=np.int64)
    np.maximum.at(worst, who, rank)
    alone = np.flatnonzero(links == 0)
    own = graph["organisations"]
    worst[alone] = by_status(own["status"], STATUS_RANK)[alone]
    records = graph.behind["organisations"].select(alone)
    return Links(
        Evidence.from_pairs(
            np.concatenate([of, np.repeat(alone, np.diff(records.offsets))]),
            np.concatenate([position, records.positions]),
            count,
        ),
        np.where(links > 0, total / np.maximum(links, 1), own["confidence"].to_numpy(float)),
        worst,
    )


def _link_rows(graph: ValueGraph, table: str, rows: Any, ends: tuple[str, str]) -> tuple[np.ndarray, ...]:
    """Organisation, confidence and rank at each end of the links; record and organisation of what stands behind."""
    behind = graph.behind[table].select(rows.index.to_numpy(np.int64))
    counts = np.diff(behind.offsets)
    both = [rows[end].to_numpy(np.int64) for end in ends]
    return (
        np.concatenate(both),
        np.tile(rows["confidence"].to_numpy(float), 2),
        np.tile(by_status(rows["status"], STATUS_RANK).astype(np.int64), 2),
        np.tile(behind.positions, 2),
        np.concatenate([np.repeat(end, counts) for end in both]),
    )


def standing_table(graph: ValueGraph, found: Standing, links: Links) -> Table:
    """Return where each organisation in scope stands, first those through whom most shortest ways lead."""
    degree = found.network.degree
    who = np.flatnonzero(graph.in_scope)
    who = who[np.lexsort((-degree[who], -np.nan_to_num(found.betweenness[who], nan=-1.0)))]
    if graph.organisation >= 0:
        who = np.concatenate([[graph.organisation], who[who != graph.organisation]])
    table = graph["organisations"]
    told = {name: table[name].to_numpy(object) for name in ("label", "key", "kind", "city", "region")}
    places = zip(told["city"][who], told["region"][who], strict=True)
    tied, trades = degree[who] > 0, found.network.trades[who]
    through = np.where(trades, found.nearest[who], -1)
    known = {
        "organisation": told["label"][who].tolist(),
        "organisation_key": told["key"][who].tolist(),
        "kind": told["kind"][who].tolist(),
        "place": [place_of({"city": city, "region": region}) for city, region in places],
        "ties": _where(tied, degree[who]),
        "suppliers": _where(trades, np.diff(found.network.suppliers_of.indptr)[who]),
        "buyers": _where(trades, np.diff(found.network.buyers_of.indptr)[who]),
        "partners": _where(found.partners[who] > 0, found.partners[who]),
        "betweenness": _where(tied & ~np.isnan(found.betweenness[who]), found.betweenness[who]),
        "articulation_point": _where(tied, found.pieces.cuts.parts[who] > 1),
        "cut_off": _where(tied, found.pieces.cuts.cut_off[who]),
        "constraint": _where(tied, found.constraint[who].round(6)),
        "participation": _where(~np.isnan(found.participation[who]), found.participation[who].round(6)),
        "core": _where(tied, found.pieces.core[who]),
        "part": _where(tied, found.pieces.part[who] + 1),
        "part_size": _where(tied, np.bincount(found.pieces.part)[found.pieces.part[who]]),
        "community": _where(tied, found.pieces.community[who] + 1),
        "community_size": _where(tied, np.bincount(found.pieces.community)[found.pieces.community[who]]),
        "circle": _where(trades, np.bincount(found.pieces.circle)[found.pieces.circle[who]]),
        "pagerank": _where(trades, found.pagerank[who].round(6)),
        "reached_through": _where(through >= 0, told["label"][through]),
        "reached_through_key": _where(through >= 0, told["key"][through]),
        "only_way_to": _where(trades, found.below[who]),
        "confidence": _where(tied, links.confidence[who].round(3)),
        "status": [links.status[one] for one in who.tolist()],
    }
    return Table(
        "organisations",
        say("Where each organisation {where} stands in the network", where=graph.scope_words),
        STANDING_COLUMNS,
        tuple(zip(*(known[column.name] for column in STANDING_COLUMNS), strict=True)),
        links.evidence.of_each(who),
    )


def _where(known: Booleans, values: np.ndarray) -> list[Cell]:
    """The values as plain cells, empty where they are not known."""
    return [value if told else None for value, told in zip(values.tolist(), known.tolist(), strict=True)]


def shape_table(graph: ValueGraph, here: Shape, everywhere: Shape, links: Links) -> Table:
    """Return how the network among the organisations in scope, and the whole one, are built."""
    who = np.flatnonzero(graph.in_scope)
    records = list(dict.fromkeys(links.evidence.select(who).positions[:LISTED].tolist()))
    status = STATUS_OF_RANK[int(links.rank[who].max())]
    rows = [
        {
            "measure": say(MEASURES[one.name][0]),
            "here": _rounded(getattr(here, one.name)),
            "everywhere": _rounded(getattr(everywhere, one.name)),
            "unit": say(MEASURES[one.name][1]),
            "meaning": say(MEASURES[one.name][2]),
            "status": status,
            "evidence": records,
        }
        for one in fields(here)
    ]
    title = say("How the network {where} is built", where=graph.scope_words)
    return Table.from_rows("network", title, SHAPE_COLUMNS, rows)


def _rounded(value: Cell) -> Cell:
    return round(value, 6) if isinstance(value, float) else value
