"""The directory as tables: organisations, how many have which value of each facet, and the ties among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._chain import known_offers
from valuechain.analyses._communities_tables import ALONE, SMALL
from valuechain.analyses._groups import sectors
from valuechain.analyses._organisations import shown_of
from valuechain.analyses._traits import UNKNOWN, Trait, newest_days
from valuechain.model.language import labels_listed, say
from valuechain.model.merge import by_status
from valuechain.model.names import MANY_OF_KIND
from valuechain.model.result import STATUS, Column, Table
from valuechain.model.schema import STATUS_OF_RANK, STATUS_RANK

if TYPE_CHECKING:
    from valuechain.analyses._layout import Layout
    from valuechain.model.arrays import Booleans, Integers
    from valuechain.model.graph import ValueGraph

MOST_TIES = 5_000
"""So many ties are listed, those between organisations with most ties first."""

_SCOPED = {"kind": "kinds", "region": "regions"}
"""Facets that the scope chooses."""


@dataclass(frozen=True, eq=False)
class Directory:
    """Who is asked for: `chosen` are the codes asked for by facet, `community` is a number, 0 for all.

    `names` are those of the communities.
    """

    graph: ValueGraph
    place: Layout
    names: tuple[str, ...]
    traits: Mapping[str, Trait]
    chosen: Mapping[str, tuple[str, ...]]
    community: int

    @cached_property
    def _masks(self) -> dict[str, Booleans]:
        """Who passes what is asked for, facet by facet."""
        scope, count = self.graph.scope, len(self.graph.tables["organisations"])
        masks = {name: self.traits[name].having(codes, count) for name, codes in self.chosen.items()}
        for name, field in _SCOPED.items():
            others = replace(scope, kinds=(), regions=())
            masks[name] = replace(self.graph, scope=replace(others, **{field: getattr(scope, field)})).in_scope
        return masks

    def passing(self, apart: str = "") -> Booleans:
        """Return who has all that is asked for, what one facet asks for left apart."""
        found = replace(self.graph, scope=replace(self.graph.scope, kinds=(), regions=())).in_scope.copy()
        if self.community:
            found &= self.place.communities.of == self.community - 1
        for name, mask in self._masks.items():
            if name != apart:
                found &= mask
        return found

    @cached_property
    def who(self) -> Integers:
        """Who has all that is asked for, those with most ties first."""
        found = np.flatnonzero(self.passing())
        return found[np.argsort(-self.place.communities.degree[found], kind="stable")]

    def label(self, organisation: int) -> str:
        """Return the name of an organisation."""
        return str(self.graph.tables["organisations"]["label"].iloc[organisation])


def organisation_table(found: Directory) -> Table:
    """Return one row for each organisation asked for, those with most ties first."""
    head = (
        Column("organisation", "text", "Who"),
        Column("organisation_key", "key", "Its key"),
        Column("kind", "text", "Kind of organisation"),
        Column("place", "text", "Where it lies"),
        Column("community", "text", "Its community in the whole network; those in none are told so"),
        Column("number", "integer", "Number of its community, empty where it is in none"),
        Column("stages", "text", "Stages of the chain in which it offers something"),
        Column("stage_key", "key", "Key of the stage in which it offers most"),
        Column("capabilities", "text", "What it offers"),
        Column("markets", "text", "Application markets"),
        Column("sector", "text", "Sector that it belongs to, the first of several"),
        Column("ties", "integer", "To how many others it is tied by joint projects or supply links", "ties"),
        Column("cut_off", "integer", "Who is cut off from the largest part of the network without it", "organisations"),
        Column("staff", "integer", "Staff, empty where nobody said", "people"),
        Column("newest", "date", "Day of the newest record about it or what it offers"),
        Column("across", "integer", "Its place in the picture, from left to right"),
        Column("down", "integer", "Its place in the picture, from top to bottom"),
        STATUS,
    )
    title = say("Organisations {where}", where=found.graph.scope_words)
    return Table.from_rows("organisations", title, head, _rows(found))


def _rows(found: Directory) -> Iterator[dict[str, Any]]:
    graph, communities = found.graph, found.place.communities
    organisations = graph.tables["organisations"]
    labels = graph["capabilities"]["label"].tolist()
    stages, stage_keys = graph["stages"]["label"].tolist(), graph["stages"]["key"].tolist()
    offered, markets, in_sectors = _offers_of_each(graph), _labels_of_each(found, "market"), _first_sectors(graph)
    own = by_status(organisations["status"], STATUS_RANK).tolist()
    names = [*found.names, say(SMALL), say(ALONE)]
    where = np.where(communities.of >= 0, communities.of, len(found.names) + communities.alone).tolist()
    columns = {
        "ties": communities.degree.tolist(),
        "cut_off": communities.cut_off.tolist(),
        "staff": organisations["staff"].tolist(),
        "newest": newest_days(graph).tolist(),
        "across": found.place.across.tolist(),
        "down": found.place.down.tolist(),
    }
    behind = graph.behind["organisations"]
    for one, shown in zip(found.who.tolist(), shown_of(graph, found.who), strict=True):
        offers = offered[one]
        yield {
            **shown,
            **{name: column[one] for name, column in columns.items()},
            "community": names[where[one]],
            "number": where[one] + 1 if where[one] < len(found.names) else None,
            "stages": labels_listed((stages[stage] for stage in offers.stages), 6) or None,
            "stage_key": stage_keys[offers.main_stage] if offers.stages else None,
            "capabilities": labels_listed(labels[capability] for capability in offers.capabilities) or None,
            "markets": labels_listed(markets[one]) or None,
            "sector": in_sectors.get(one),
            "status": STATUS_OF_RANK[max(own[one], offers.rank)],
            "evidence": tuple(dict.fromkeys((*behind.of(one), *graph.evidence("offers", offers.rows)))),
        }


@dataclass
class _Offers:
    """What one organisation offers: capabilities, rows of offers that say so, the rank of the least certain one.

    `stages` are those that it stands in, in the order of the chain, with how many capabilities it has in each.
    """

    capabilities: list[int]
    rows: list[int]
    stages: dict[int, int]
    rank: int = 0

    @property
    def main_stage(self) -> int:
        """The stage in which it offers most."""
        return max(self.stages, key=lambda stage: self.stages[stage])


def _offers_of_each(graph: ValueGraph) -> list[_Offers]:
    stage_of = graph["capabilities"]["stage"].to_numpy(np.int64)
    order_of = np.append(graph["stages"]["order"].to_numpy(float), np.inf)
    offers = known_offers(graph)
    in_order = np.argsort(order_of[stage_of[offers["capability"].to_numpy(np.int64)]], kind="stable")
    columns = [offers[name].to_numpy() for name in ("organisation", "capability", "offer")]
    columns.append(by_status(offers["status"], STATUS_RANK))
    found = [_Offers([], [], {}) for _ in range(len(graph.tables["organisations"]))]
    for who, capability, row, rank in zip(*(column[in_order].tolist() for column in columns), strict=True):
        mine = found[who]
        mine.capabilities.append(capability)
        mine.rank = max(mine.rank, rank)
        stage = int(stage_of[capability])
        if stage >= 0:
            mine.stages[stage] = mine.stages.get(stage, 0) + 1
        if row >= 0:
            mine.rows.append(row)
    return found


def _first_sectors(graph: ValueGraph) -> dict[int, str]:
    """The first sector of each organisation of which one is known."""
    known = sectors(graph)
    words = [known.label(name) for name in known.names]
    starts, first = known.shares.indptr.tolist(), known.shares.indices.tolist()
    return {one: words[first[start]] for one, start in enumerate(starts[:-1]) if start < starts[one + 1]}


def _labels_of_each(found: Directory, facet: str) -> list[list[str]]:
    trait = found.traits[facet]
    words = [value_words(found.graph, facet, code) for code in trait.codes]
    each = trait.of_each(len(found.graph.tables["organisations"]))
    return [[words[value] for value in some if trait.codes[value] != UNKNOWN] for some in each]


def value_words(graph: ValueGraph, facet: str, code: str) -> str:
    """Return what people call a value of a facet."""
    if code == UNKNOWN:
        return say("not known")
    if facet in ("capability", "market"):
        label = str(graph["capabilities"]["label"].iloc[graph.find("capabilities", code)])
        return label.removeprefix("Market: ").removeprefix("Markt: ")
    if facet == "stage":
        return str(graph["stages"]["label"].iloc[graph.find("stages", code)])
    if facet == "region":
        return graph.region_label(code)
    if facet == "kind":
        return say(MANY_OF_KIND.get(code, code))
    return code


def facet_table(found: Directory) -> Table:
    """Return one row for each value of each facet that somebody has, with how many there are."""
    head = (
        Column("facet", "text", "Name of the option that chooses among the values"),
        Column("value", "text", "The value, as the option takes it"),
        Column("label", "text", "What it is called"),
        Column("organisations", "integer", "Who has it and all else that is asked for", "organisations"),
        Column("chosen", "boolean", "Whether it is asked for"),
        STATUS,
    )
    scope = found.graph.scope
    chosen = {**found.chosen, "kind": scope.kinds, "region": scope.regions}
    rows = []
    for facet, trait in found.traits.items():
        for code, count in zip(trait.codes, trait.counts(found.passing(facet)).tolist(), strict=True):
            if count or code in chosen[facet]:
                rows.append(
                    {
                        "facet": facet,
                        "value": code,
                        "label": value_words(found.graph, facet, code),
                        "organisations": count,
                        "chosen": code in chosen[facet],
                        "status": "inferred" if facet == "known" and code == "inferred" else "declared",
                    }
                )
    return Table.from_rows("facets", say("How many have what"), head, rows)


def tie_table(found: Directory) -> Table:
    """Return the ties among the organisations asked for, those between the best tied first."""
    head = (
        Column("first", "text", "The one"),
        Column("first_key", "key", "Its key"),
        Column("second", "text", "The other"),
        Column("second_key", "key", "Its key"),
        Column("projects", "integer", "Joint projects", "projects"),
        Column("supplies", "integer", "Supply links", "links"),
        Column("confidence", "number", "How sure the surest link between them is", "0..1"),
        STATUS,
    )
    ties, degree = found.place.communities.ties, found.place.communities.degree
    inside = found.passing()
    first, second = (ties.pairs[end].to_numpy(np.int64) for end in ("first", "second"))
    rows = np.flatnonzero(inside[first] & inside[second])
    rows = rows[np.argsort(-np.minimum(degree[first[rows]], degree[second[rows]]), kind="stable")]
    labels, keys = (found.graph.tables["organisations"][name].array for name in ("label", "key"))
    columns = {name: ties.pairs[name].to_numpy() for name in ("projects", "supplies", "confidence", "status")}
    told = (
        {
            "first": labels[first[row]],
            "first_key": keys[first[row]],
            "second": labels[second[row]],
            "second_key": keys[second[row]],
            **{name: column[row] for name, column in columns.items()},
            "evidence": ties.evidence((row,)),
        }
        for row in rows[:MOST_TIES].tolist()
    )
    table = Table.from_rows("ties", say("Ties among them"), head, told)
    return replace(table, cut=max(0, len(rows) - MOST_TIES))
