"""The rings around one organisation as tables: who stands in them, and the links among those who are listed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._candidates import RESEARCH_KINDS
from valuechain.analyses._connections import LINKS
from valuechain.analyses._organisations import shown_of
from valuechain.model.language import say
from valuechain.model.result import STATUS, Column, Table
from valuechain.model.schema import STATUS_OF_RANK

if TYPE_CHECKING:
    from valuechain.analyses._connections import Connections
    from valuechain.kernels.shortest_ways import Ways
    from valuechain.model.arrays import Integers
    from valuechain.model.graph import ValueGraph

MOST_LISTED = 2_000
"""So many neighbours are listed, and so many links among them."""

RECORDS = 200
"""Behind a whole ring stand all links that lead there; so many of its pairs tell their records."""


@dataclass(frozen=True, eq=False)
class Neighbourhood:
    """Who is reached from the organisation asked about, in how many steps and by which connections."""

    graph: ValueGraph
    known: Connections
    ways: Ways
    steps: int

    @cached_property
    def rings(self) -> list[Integers]:
        """Who stands in each ring, the surest first, then who is reached on most ways."""
        found = []
        for step in range(1, self.steps + 1):
            ring = np.flatnonzero(self.ways.steps == step)
            found.append(ring[np.lexsort((ring, -self.ways.ways[ring], -self.ways.sureness[ring]))])
        return found

    @cached_property
    def listed(self) -> Integers:
        """The nearest of all, as many as are listed."""
        return np.concatenate(self.rings)[:MOST_LISTED]

    @cached_property
    def held(self) -> Integers:
        """For each organisation, how many of the second ring are reached through it alone."""
        return np.bincount(self.ways.before[self._single], minlength=len(self.ways.steps))

    def held_by(self, organisation: int) -> Integers:
        """Return those of the second ring who are reached through an organisation alone."""
        found: Integers = self._single[self.ways.before[self._single] == organisation]
        return found

    @cached_property
    def _single(self) -> Integers:
        second = self.rings[1] if self.steps > 1 else np.zeros(0, dtype=np.int64)
        single: Integers = second[self.ways.ways[second] == 1.0]
        return single

    def way_to(self, organisation: int) -> list[int]:
        """Return the pairs on the surest of the shortest ways to an organisation."""
        pairs = []
        while organisation != self.graph.organisation:
            pairs.append(int(self.ways.link[organisation]))
            organisation = int(self.ways.before[organisation])
        return pairs[::-1]

    def label(self, organisation: int) -> str:
        """Return the name of an organisation."""
        return str(self.graph.tables["organisations"]["label"].iloc[organisation])


def ring_table(found: Neighbourhood) -> Table:
    """Return one row for each ring."""
    head = (
        Column("ring", "integer", "Steps from the organisation asked about", "steps"),
        Column("organisations", "integer", "Who stands there", "organisations"),
        Column("smes", "integer", "Small and medium-sized firms among them", "organisations"),
        Column("research", "integer", "Research organisations and universities among them", "organisations"),
        Column("supplies", "integer", "Reached from the ring before by a supply link", "organisations"),
        Column("projects", "integer", "Reached by a joint project", "organisations"),
        Column("memberships", "integer", "Reached by a membership", "organisations"),
        Column("ownership", "integer", "Reached by ownership", "organisations"),
        Column("single", "integer", "Reached on one way alone", "organisations"),
        Column("confidence", "number", "How sure the ways are on average", "0..1"),
        STATUS,
    )
    kinds = found.graph.tables["organisations"]["kind"]
    rows = []
    for step, ring in enumerate(found.rings, start=1):
        if not len(ring):
            continue
        kind = kinds.iloc[ring]
        rows.append(
            {
                "ring": step,
                "organisations": len(ring),
                "smes": int((kind == "sme").sum()),
                "research": int(kind.isin(RESEARCH_KINDS).sum()),
                **{name: _reached_by(found, step, table) for name, table in LINKS.items()},
                "single": int((found.ways.ways[ring] == 1.0).sum()),
                "confidence": round(float(found.ways.sureness[ring].mean()), 3),
                "status": STATUS_OF_RANK[int(found.known.rank[found.ways.link[ring]].max())],
                "evidence": found.known.evidence(found.ways.link[ring[:RECORDS]].tolist()),
            }
        )
    return Table.from_rows("rings", say("Rings around {name}", name=found.label(found.graph.organisation)), head, rows)


def _reached_by(found: Neighbourhood, step: int, table: int) -> int:
    """How many of a ring are reached from the ring before by a link of a table."""
    known, steps = found.known, found.ways.steps
    chosen = known.table == table
    source, target = known.source[chosen], known.target[chosen]
    inward = np.concatenate([target[(steps[source] == step - 1) & (steps[target] == step)],
                             source[(steps[target] == step - 1) & (steps[source] == step)]])  # fmt: skip
    return len(np.unique(inward))


def neighbour_table(found: Neighbourhood) -> Table:
    """Return one row for each neighbour listed, ring by ring."""
    head = (
        Column("ring", "integer", "Steps from the organisation asked about", "steps"),
        Column("organisation", "text", "Who"),
        Column("organisation_key", "key", "Its key"),
        Column("link", "text", "What the one before on the way does with it"),
        Column("through", "text", "The one before on the way, empty for a direct link"),
        Column("through_key", "key", "Its key"),
        Column("ways", "integer", "Equally short ways that lead to it", "ways"),
        Column("kind", "text", "Kind of organisation"),
        Column("place", "text", "Where it lies"),
        Column("confidence", "number", "How sure the surest of these ways is", "0..1"),
        STATUS,
    )
    title = say("Who stands around {name}", name=found.label(found.graph.organisation))
    table = Table.from_rows("neighbours", title, head, _neighbours(found))
    reached = sum(map(len, found.rings))
    return Table(table.name, table.title, table.columns, table.rows, table.evidence, reached - len(found.listed))


def _neighbours(found: Neighbourhood) -> Iterator[dict[str, Any]]:
    ways, known = found.ways, found.known
    labels, keys = (found.graph.tables["organisations"][name].array for name in ("label", "key"))
    for one, shown in zip(found.listed.tolist(), shown_of(found.graph, found.listed), strict=True):
        before, way = int(ways.before[one]), found.way_to(one)
        direct = before == found.graph.organisation
        yield {
            **shown,
            "ring": int(ways.steps[one]),
            "link": known.words(way[-1], before),
            "through": None if direct else labels[before],
            "through_key": None if direct else keys[before],
            "ways": int(ways.ways[one]),
            "confidence": round(float(ways.sureness[one]), 3),
            "status": known.status(way),
            "evidence": known.evidence(way),
        }


def link_table(found: Neighbourhood) -> Table:
    """Return the links among those who are listed, those of the inner rings first."""
    head = (
        Column("first", "text", "The one"),
        Column("first_key", "key", "Its key"),
        Column("link", "text", "What it does with the other"),
        Column("second", "text", "The other"),
        Column("second_key", "key", "Its key"),
        Column("ring", "integer", "The ring of the one that is nearer", "steps"),
        Column("outer_ring", "integer", "The ring of the other", "steps"),
        Column("confidence", "number", "How sure the surest link between them is", "0..1"),
        STATUS,
    )
    known, steps = found.known, found.ways.steps
    inside = np.zeros(len(steps), dtype=bool)
    inside[found.listed] = inside[found.graph.organisation] = True
    pairs = np.flatnonzero(inside[known.low] & inside[known.high])
    swapped = steps[known.low[pairs]] > steps[known.high[pairs]]
    near = np.where(swapped, known.high[pairs], known.low[pairs])
    far = np.where(swapped, known.low[pairs], known.high[pairs])
    order = np.lexsort((pairs, -known.sure[pairs], steps[far], steps[near]))
    labels, keys = (found.graph.tables["organisations"][name].array for name in ("label", "key"))
    rows = (
        {
            "first": labels[one],
            "first_key": keys[one],
            "link": known.words(pair, one),
            "second": labels[other],
            "second_key": keys[other],
            "ring": int(steps[one]),
            "outer_ring": int(steps[other]),
            "confidence": round(float(known.sure[pair]), 3),
            "status": known.status((pair,)),
            "evidence": known.evidence((pair,)),
        }
        for pair, one, other in zip(
            *(column[order[:MOST_LISTED]].tolist() for column in (pairs, near, far)), strict=True
        )
    )
    table = Table.from_rows("links", say("Links among them"), head, rows)
    cut = max(0, len(pairs) - MOST_LISTED)
    return Table(table.name, table.title, table.columns, table.rows, table.evidence, cut)
