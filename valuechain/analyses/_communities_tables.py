"""The tables of the communities: what they are, how they are tied, and who belongs to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._candidates import RESEARCH_KINDS
from valuechain.analyses._communities import Communities
from valuechain.analyses._organisations import shown_of
from valuechain.model.language import say, term
from valuechain.model.result import STATUS, Column, Table, least_certain

if TYPE_CHECKING:
    from valuechain.analyses._structure_tables import Links
    from valuechain.model.graph import ValueGraph

SPLITS = 3
"""From so many that are cut off without it, an organisation is said to join its community to the rest."""

ALONE, SMALL = term("no tie"), term("in a pair")
"""What stands in place of a community."""


def records_of(links: Links, *organisations: int) -> tuple[int, ...]:
    """Return the records behind the ties of some organisations."""
    return tuple(dict.fromkeys(links.evidence.select(np.array(organisations, dtype=np.int64)).positions.tolist()))


def community_table(graph: ValueGraph, found: Communities, links: Links) -> Table:
    """Return one row for each community, the largest first."""
    head = (
        Column("number", "integer", "1 = the largest"),
        Column("community", "text", "What its members do more than others, or around whom it stands"),
        Column("organisations", "integer", "Who belongs to it", "organisations"),
        Column("smes", "integer", "Small and medium-sized firms among them", "organisations"),
        Column("research", "integer", "Research organisations and universities among them", "organisations"),
        Column("inside", "integer", "Ties among its members", "ties"),
        Column("outside", "integer", "Ties of its members to other communities", "ties"),
        Column("connector", "text", "Without whom most are cut off, from 3 on"),
        Column("connector_key", "key", "Its key"),
        Column("cut_off", "integer", "How many are cut off without it", "organisations"),
        Column("confidence", "number", "How sure the ties of its members are on average", "0..1"),
        STATUS,
    )
    return Table.from_rows(
        "communities", say("Communities {where}", where=graph.scope_words), head, _rows(graph, found, links)
    )


def _rows(graph: ValueGraph, found: Communities, links: Links) -> Iterator[dict[str, Any]]:
    organisations = graph["organisations"]
    counted = found.between().toarray()
    for community, name in enumerate(found.names):
        who = found.members(community)
        kinds = organisations["kind"].iloc[who]
        one = int(who[np.argmax(found.cut_off[who])])
        joins = found.cut_off[one] >= SPLITS
        yield {
            "number": community + 1,
            "community": name,
            "organisations": len(who),
            "smes": int((kinds == "sme").sum()),
            "research": int(kinds.isin(RESEARCH_KINDS).sum()),
            "inside": int(counted[community, community]),
            "outside": int(counted[community].sum() + counted[:, community].sum() - 2 * counted[community, community]),
            "connector": organisations["label"].iloc[one] if joins else None,
            "connector_key": organisations["key"].iloc[one] if joins else None,
            "cut_off": int(found.cut_off[one]) if joins else None,
            "confidence": round(float(links.confidence[who].mean()), 3),
            "status": least_certain(links.status[member] for member in who.tolist()),
            "evidence": records_of(links, *who.tolist()),
        }


def tie_table(graph: ValueGraph, found: Communities) -> Table:
    """Return one row for each pair of communities that are tied, the most ties first."""
    head = (
        Column("first", "text", "One community"),
        Column("first_number", "integer", "Its number"),
        Column("second", "text", "The other"),
        Column("second_number", "integer", "Its number"),
        Column("ties", "integer", "Ties between them", "ties"),
        Column("projects", "integer", "Joint projects, counted for each tie", "projects"),
        Column("supplies", "integer", "Supply links", "links"),
        Column("confidence", "number", "How sure these ties are on average", "0..1"),
        STATUS,
    )
    pairs = found.ties.pairs
    ends = np.sort(np.column_stack([found.of[pairs[end].to_numpy(np.int64)] for end in ("first", "second")]), axis=1)
    told = np.flatnonzero((ends[:, 0] >= 0) & (ends[:, 0] != ends[:, 1]))
    grouped = pairs.iloc[told].assign(low=ends[told, 0], high=ends[told, 1]).reset_index(names="pair")
    rows = [
        {
            "first": found.names[low],
            "first_number": low + 1,
            "second": found.names[high],
            "second_number": high + 1,
            "ties": len(some),
            "projects": int(some["projects"].sum()),
            "supplies": int(some["supplies"].sum()),
            "confidence": round(float(some["confidence"].mean()), 3),
            "status": least_certain(some["status"]),
            "evidence": found.ties.evidence(some["pair"]),
        }
        for (low, high), some in grouped.groupby(["low", "high"])
    ]
    rows.sort(key=lambda row: -row["ties"])
    return Table.from_rows("between", say("How the communities are tied"), head, rows)


def member_table(graph: ValueGraph, found: Communities, links: Links) -> Table:
    """Return one row for each organisation in scope: the communities by size, then pairs, then those without ties."""
    head = (
        Column("organisation", "text", "Who"),
        Column("organisation_key", "key", "Its key"),
        Column("number", "integer", "Number of its community, empty where it is in none"),
        Column("community", "text", "Its community; those in none are told so"),
        Column("kind", "text", "Kind of organisation"),
        Column("place", "text", "Where it lies"),
        Column("ties", "integer", "To how many others here it is tied", "ties"),
        Column("cut_off", "integer", "Who is cut off from the largest part without it", "organisations"),
        Column("confidence", "number", "How sure its ties are on average", "0..1"),
        STATUS,
    )
    where = np.where(found.of >= 0, found.of, found.count + found.alone)
    here = np.flatnonzero(graph.in_scope)
    order = here[np.lexsort((here, -found.degree[here], where[here]))]
    names = [*found.names, say(SMALL), say(ALONE)]
    known = {
        "number": [number + 1 if number < found.count else None for number in where[order].tolist()],
        "community": [names[number] for number in where[order].tolist()],
        "ties": found.degree[order].tolist(),
        "cut_off": found.cut_off[order].tolist(),
        "confidence": links.confidence[order].round(3).tolist(),
        "status": [links.status[one] for one in order.tolist()],
        "evidence": links.evidence.of_each(order),
    }
    told = (dict(zip(known, cells, strict=True)) for cells in zip(*known.values(), strict=True))
    rows = (shown | more for shown, more in zip(shown_of(graph, order), told, strict=True))
    return Table.from_rows("members", say("Who belongs where"), head, rows)
