"""Whom an organisation worked with: its projects with small and medium-sized firms, and those with one partner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._lookup import Lookup
from valuechain.model.graph import Adjacency

if TYPE_CHECKING:
    from valuechain.model.arrays import Integers
    from valuechain.model.graph import ValueGraph


@dataclass(frozen=True, eq=False)
class ProjectsWithSmes:
    """In how many projects each organisation works beside a small or medium-sized firm other than itself.

    `table` has a row for each organisation and such a project; its index is the row in `participations`.
    """

    counts: Integers
    table: Lookup

    def of(self, organisation: int) -> tuple[Integers, Integers]:
        """Return the projects of one organisation, and its rows in `participations`."""
        rows = self.table.of(organisation)
        return rows["project"].to_numpy(np.int64), rows.index.to_numpy(np.int64)


def projects_with_smes(graph: ValueGraph) -> ProjectsWithSmes:
    """Return everybody's projects with small and medium-sized firms; to be made once for a graph."""
    taking_part = graph["participations"][["organisation", "project"]].drop_duplicates()
    taking_part = taking_part[(taking_part["organisation"] >= 0) & (taking_part["project"] >= 0)]
    who, project = (taking_part[name].to_numpy(np.int64) for name in ("organisation", "project"))
    small = (graph["organisations"]["kind"] == "sme").to_numpy(bool)[who]
    others = np.bincount(project[small], minlength=len(graph["projects"]))[project] - small
    chosen = taking_part[others > 0]
    count = len(graph["organisations"])
    counts = np.bincount(chosen["organisation"].to_numpy(np.int64), minlength=count)
    return ProjectsWithSmes(counts, Lookup.by(chosen, "organisation", count))


def joint_rows(graph: ValueGraph, first: int, second: int) -> list[int]:
    """Return the rows of `collaborations` that join two organisations."""
    links = graph.once(_collaborations)
    mine = slice(links.indptr[first], links.indptr[first + 1])
    rows = links.links[mine][links.indices[mine] == second]
    return [int(row) for row in rows % max(1, len(graph["collaborations"]))]


def _collaborations(graph: ValueGraph) -> Adjacency:
    """Who works with whom, each pair from both ends."""
    links = graph["collaborations"]
    first, second = (links[end].to_numpy(np.int64) for end in ("first", "second"))
    ends = np.concatenate([first, second]), np.concatenate([second, first])
    return Adjacency.from_pairs(*ends, len(graph["organisations"]))
