"""What ties regions today: joint projects and supply links between their organisations."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_array

from valuechain.analyses._chain import active_supplies
from valuechain.analyses._lookup import Lookup
from valuechain.model.errors import NotFoundError
from valuechain.model.language import say

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._pairs_seats import Seats
    from valuechain.model.arrays import Booleans, Floats, Integers
    from valuechain.model.graph import ValueGraph


@dataclass(frozen=True, eq=False)
class RegionTies:
    """Joint projects and supply links between regions.

    `projects` (regions x regions, symmetric, 0 on the diagonal) counts projects with organisations of both, `running`
    those of them that run on the graph's day, `supplies`
    (regions x regions) the links that deliver today from the row's region to the column's. `_parts` are who takes part
    in what, by project, with their region, and `_links` the supply links between two regions, by the pair of these.
    """

    graph: ValueGraph
    projects: Integers
    running: Integers
    supplies: Integers
    _parts: Lookup
    _links: Lookup

    @cached_property
    def expected(self) -> Floats:
        """Joint projects that two regions would have if each had as many as it has, but with whomever."""
        ends = self.projects.sum(axis=1).astype(float)
        expected: Floats = np.outer(ends, ends) / max(1.0, ends.sum())
        np.fill_diagonal(expected, 0.0)
        return expected

    def joint(self, region: int, partner: int) -> pd.DataFrame:
        """Return who takes part, from either region, in the projects that both have a part in.

        The index is the row in `graph["participations"]`; columns organisation, project, region.
        """
        parts = self._parts.table
        both = np.intersect1d(
            *(parts["project"][parts["region"] == one].to_numpy(np.int64) for one in (region, partner))
        )
        told = self._parts.of(*both) if len(both) else parts[:0]
        return told[told["region"].isin([region, partner])]

    def meeting(self, region: int) -> pd.DataFrame:
        """Return who from a region meets whom from another region in which project, a row each.

        Columns: organisation, project, status, part (its row in `graph["participations"]`); of the other one
        region_there, status_there, part_there.
        """
        parts = self._parts.table.rename_axis("part").reset_index()
        here = parts["region"] == region
        there = parts[~here].drop(columns="organisation")
        return (
            parts[here]
            .drop(columns="region")
            .merge(there.rename(columns={"region": "region_there"}), on="project", suffixes=("", "_there"))
        )

    def links(self, region: int, partner: int) -> pd.DataFrame:
        """Return the supply links that join two regions, in either direction; the index is the row in `supplies`."""
        return self._links.of(_pair(len(self.projects), region, partner))

    def joint_of_each(self, region: int, partner: int) -> Counter[int]:
        """Return how many of the projects that both regions have a part in each organisation takes part in."""
        return Counter(self.joint(region, partner)["organisation"].tolist())

    def statuses(self, region: int, partner: int) -> set[str]:
        """Return the statuses of the ties of two regions."""
        return {*self.joint(region, partner)["status"], *self.links(region, partner)["status"]}

    def evidence(self, region: int, partner: int) -> tuple[int, ...]:
        """Return the records behind the ties of two regions."""
        told = (("participations", self.joint(region, partner)), ("supplies", self.links(region, partner)))
        return tuple(dict.fromkeys(record for table, rows in told for record in self.graph.evidence(table, rows.index)))


def region_ties(graph: ValueGraph, where: Seats, programme: str) -> RegionTies:
    """Return the ties between regions; of projects those of one funding programme, or of all where it is empty.

    An organisation that counts in no region ties none. Raises NotFoundError for a programme that nobody told of.
    """
    count = len(where.number)
    parts = graph["participations"][["organisation", "project", "status"]]
    parts = parts.assign(region=where.row[parts["organisation"].to_numpy(np.int64)])
    parts = parts[
        (parts["region"] >= 0).to_numpy(bool) & _funded(graph, programme)[parts["project"].to_numpy(np.int64)]
    ]
    parts = parts.drop_duplicates(["organisation", "project"])
    run = _running(graph)[parts["project"].to_numpy(np.int64)]
    links = active_supplies(graph)
    links = links.assign(
        from_region=where.row[links["supplier"].to_numpy(np.int64)],
        to_region=where.row[links["buyer"].to_numpy(np.int64)],
    )
    links = links[
        (links["from_region"] >= 0) & (links["to_region"] >= 0) & (links["from_region"] != links["to_region"])
    ]
    source, target = (links[end].to_numpy(np.int64) for end in ("from_region", "to_region"))
    links = links.assign(pair=_pair(count, source, target))
    delivered = np.zeros((count, count), dtype=np.int64)
    np.add.at(delivered, (source, target), 1)
    projects = len(graph["projects"])
    return RegionTies(
        graph,
        _together(parts, projects, count),
        _together(parts[run], projects, count),
        delivered,
        Lookup.by(parts, "project", projects),
        Lookup.by(links, "pair", count * count),
    )


def _pair(regions: int, one: Any, other: Any) -> Any:
    """A number for each pair of regions, whichever stands first."""
    return np.minimum(one, other) * regions + np.maximum(one, other)


def _together(parts: pd.DataFrame, projects: int, regions: int) -> Integers:
    """In how many projects somebody from each of two regions takes part; none of a region with itself."""
    ends = parts["project"].to_numpy(np.int64), parts["region"].to_numpy(np.int64)
    taking_part = csr_array((np.ones(len(parts)), ends), shape=(projects, regions))
    taking_part.data[:] = 1.0
    together: Integers = (taking_part.T @ taking_part).toarray().astype(np.int64)
    np.fill_diagonal(together, 0)
    return together


def _running(graph: ValueGraph) -> Booleans:
    """Which projects have begun and not ended on the graph's day, as far as told."""
    told, day = graph["projects"], graph.view.valid_on
    running: Booleans = ~((told["end"] < day) | (told["start"] > day)).to_numpy(bool)
    return running


def _funded(graph: ValueGraph, programme: str) -> Booleans:
    """Which projects are of a programme."""
    told = graph["projects"]["programme"].fillna("")
    if not programme:
        return np.ones(len(told), dtype=bool)
    chosen: Booleans = (told.str.casefold() == programme.casefold()).to_numpy(bool)
    if not chosen.any():
        known = ", ".join(sorted(set(told) - {""})) or say("none")
        raise NotFoundError(
            say("No project is of the programme {programme!r}.", programme=programme),
            say("Programmes that are known: {programmes}.", programmes=known),
        )
    return chosen
