"""Who joins groups that would otherwise not meet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.kernels.betweenness import between_groups
from valuechain.kernels.participation import participation
from valuechain.kernels.triangles import constraint
from valuechain.model.watching import tell

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from valuechain.analyses._groups import Groups
    from valuechain.model.arrays import Floats
    from valuechain.model.graph import Adjacency

EXACT_UP_TO = 2000
"""Up to so many organisations with ties and a group, shortest paths are followed from every one of them."""

SOURCES = 1000
"""Beyond that from so many of them at most, evenly spread over the list ..."""

EFFORT = 150_000_000
"""... and no more than follow so many ties in all."""

FEWEST = 100
"""But never from fewer than these."""


@dataclass(frozen=True)
class Roles:
    """How each organisation spans groups; not a number where it cannot be said.

    `sources` counts the organisations from which shortest paths were followed, of `ends` that have ties and a group.
    """

    participation: Floats
    constraint: Floats
    betweenness: Floats
    sources: int
    ends: int

    @property
    def is_estimate(self) -> bool:
        """Whether betweenness is estimated from some of the organisations."""
        return self.sources < self.ends

    @property
    def standard_error(self) -> float:
        """How far the largest estimate of betweenness may well be off: at most sqrt(b (1 - b) / sources)."""
        largest = float(np.nan_to_num(self.betweenness).max(initial=0.0))
        return float(np.sqrt(largest * (1.0 - largest) / max(1, self.sources))) if self.is_estimate else 0.0


def roles(neighbours: Adjacency, ties: csr_array, groups: Groups) -> Roles:
    """Return the role of each organisation between groups."""
    shares = groups.shares
    start = shares.indptr.astype(np.int64)
    ends = np.flatnonzero((np.diff(start) > 0) & (np.diff(neighbours.indptr) > 0)).astype(np.int64)
    sources = ends
    if len(ends) > EXACT_UP_TO:
        most = min(SOURCES, max(FEWEST, EFFORT // len(neighbours.indices)))
        sources = ends[np.linspace(0, len(ends) - 1, most).round().astype(np.int64)]
    return Roles(
        participation(ties, shares),
        constraint(neighbours.indptr, neighbours.indices),
        between_groups(
            neighbours.indptr, neighbours.indices, start, shares.indices.astype(np.int64), shares.data,
            len(groups.names), sources, tell,
        ),
        len(sources),
        len(ends),
    )  # fmt: skip
