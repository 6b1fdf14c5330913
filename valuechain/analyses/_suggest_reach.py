"""How far suggestions reach: across sectors and regions, and how many of them name the same few."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._groups import Groups, regions, sectors
from valuechain.analyses._ties import ties
from valuechain.analyses._umbrellas import umbrellas

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Integers
    from valuechain.model.graph import ValueGraph

TEN = 10
"""So many of the most suggested organisations show how far suggestions run to the same few."""


@dataclass(frozen=True)
class Joined:
    """Two groups, how many suggestions would join them, and how many ties join them already."""

    first: str
    second: str
    suggestions: int
    ties: int
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Reach:
    """Of `pairs` advised and suggested: how many cross sectors and regions, of those whose are known of both ends.

    `popular` is the share (0..1) of the pairs that name the TEN most suggested.
    """

    pairs: int
    sectors: tuple[int, int]
    regions: tuple[int, int]
    popular: float


def reach(graph: ValueGraph, rows: pd.DataFrame) -> Reach:
    """Return how far suggestions reach; a pair that is suggested in two ways counts once."""
    pairs = rows[["organisation", "partner"]].drop_duplicates()
    counts = np.sort(np.bincount(pairs["partner"].to_numpy(np.int64), minlength=1))[::-1]
    return Reach(
        len(pairs),
        _crossing(graph.once(sectors), pairs),
        _crossing(graph.once(_regions), pairs),
        float(counts[:TEN].sum() / max(1, len(pairs))),
    )


def joined_regions(graph: ValueGraph, rows: pd.DataFrame) -> Joined | None:
    """Return, of the pairs of regions with the fewest ties, the one that most suggestions would join, if any."""
    groups = graph.once(_regions)
    pairs = rows[["organisation", "partner"]].drop_duplicates()
    one, other = (_member(groups, pairs[end].to_numpy(np.int64)) for end in ("organisation", "partner"))
    crossing = np.flatnonzero((one >= 0) & (other >= 0) & (one != other))
    if not len(crossing):
        return None
    low, high = np.minimum(one, other)[crossing], np.maximum(one, other)[crossing]
    count = len(groups.names)
    codes, times = np.unique(low * count + high, return_counts=True)
    tied = _ties_between(graph, groups, codes)
    best = np.lexsort((codes, -times, tied))[0]
    there = pairs.index[crossing[(low * count + high) == codes[best]]]
    first, second = divmod(int(codes[best]), count)
    return Joined(
        groups.labels[first], groups.labels[second], int(times[best]), int(tied[best]), tuple(there[:TEN].tolist())
    )


def _ties_between(graph: ValueGraph, groups: Groups, codes: Integers) -> Integers:
    """How many ties join each pair of regions, given as low x count + high."""
    count = len(groups.names)
    pairs = ties(graph).pairs
    one, other = (_member(groups, pairs[end].to_numpy(np.int64)) for end in ("first", "second"))
    known = (one >= 0) & (other >= 0)
    found = np.sort(np.minimum(one, other)[known] * count + np.maximum(one, other)[known])
    return np.searchsorted(found, codes, side="right") - np.searchsorted(found, codes)


def _member(groups: Groups, organisations: Integers) -> Integers:
    """The one group of each organisation, -1 where none is known."""
    starts = groups.shares.indptr
    known = np.append(groups.shares.indices, -1)[starts[:-1]]
    member = np.where(np.diff(starts) > 0, known, -1).astype(np.int64)
    return np.asarray(member[organisations], dtype=np.int64)


def _regions(graph: ValueGraph) -> Groups:
    """NUTS 2 regions of who has one: a name for many units lies in many places."""
    one_place = np.ones(len(graph["organisations"]), dtype=bool)
    one_place[list(graph.once(umbrellas))] = False
    return regions(graph, 2).among(one_place)


def _crossing(groups: Groups, pairs: pd.DataFrame) -> tuple[int, int]:
    """How many pairs have no group in common, and of how many the groups are known and told by the same source."""
    one, other = (pairs[end].to_numpy(np.int64) for end in ("organisation", "partner"))
    told = _source(groups)
    comparable = (told[one] >= 0) & (told[one] == told[other])
    one, other = one[comparable], other[comparable]
    in_common = np.asarray(groups.shares[one].multiply(groups.shares[other]).sum(axis=1)).ravel()
    return int((in_common == 0).sum()), len(one)


def _source(groups: Groups) -> Integers:
    """A number for what told the groups of each organisation, -1 where none is known."""
    import pandas as pd

    found = np.full(groups.shares.shape[0], -1, dtype=np.int64)
    found[groups.members["organisation"].to_numpy(np.int64)] = pd.factorize(groups.members["source"])[0]
    return found
