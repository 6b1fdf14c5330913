"""Where each organisation stands in the picture of the network: communities first, then inside them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._communities import Communities, communities_everywhere
from valuechain.kernels.packing import disc_radius, filled_disc, packed_discs

if TYPE_CHECKING:
    from valuechain.model.arrays import Integers
    from valuechain.model.graph import ValueGraph

APART = 12.0
"""Units between two marks."""

AROUND = 34.0
"""Units of free room around a community."""

LEAST_WIDTH = 400.0
"""Units that a picture is wide at least."""

MOST_DISCS = 120
"""So many communities are packed near those they are tied to; smaller ones follow in rows below them."""


@dataclass(frozen=True, eq=False)
class Layout:
    """Places of all organisations, in whole units, whatever the scope: so that they stay put from view to view."""

    communities: Communities
    across: Integers
    down: Integers


def layout(graph: ValueGraph) -> Layout:
    """Return where everybody stands; to be made once for a graph.

    Each community is a disc with those of most ties in the middle; the discs lie near those they are tied to. Who is in
    no community stands in rows at the foot.
    """
    found = graph.once(communities_everywhere)
    count = min(found.count, MOST_DISCS)
    members = [found.members(number) for number in range(found.count)]
    radii = np.array([disc_radius(len(who)) * APART + AROUND for who in members])
    between = found.between().toarray()[:count, :count] if count else np.zeros((0, 0))
    sizes = np.array([len(who) for who in members[:count]], dtype=float)
    tied = (between + between.T) / np.sqrt(np.outer(sizes, sizes)) if count else between
    middles = packed_discs(radii[:count], tied)
    places = np.zeros((len(found.of), 2))
    for number in range(count):
        places[members[number]] = middles[number] + APART * filled_disc(len(members[number]))
    left = float((middles[:, 0] - radii[:count]).min(initial=-LEAST_WIDTH / 2))
    right = float((middles[:, 0] + radii[:count]).max(initial=LEAST_WIDTH / 2))
    foot = float((middles[:, 1] + radii[:count]).max(initial=0.0))
    for number in range(count, found.count):  # in rows, as many as fit
        places[members[number]] = APART * filled_disc(len(members[number]))
    foot = _in_rows(places, members[count:], radii[count:], (left, right), foot)
    rest = np.flatnonzero(found.of < 0)
    rest = rest[np.argsort(-found.degree[rest], kind="stable")]
    row_length = int((right - left) / APART)
    place = np.arange(len(rest))
    places[rest, 0] = (place % row_length) * APART + left
    places[rest, 1] = foot + AROUND + (place // row_length) * APART
    whole = np.rint(places).astype(np.int64)
    return Layout(replace(found, names=()), whole[:, 0], whole[:, 1])


def _in_rows(
    places: np.ndarray, members: list[Integers], radii: np.ndarray, sides: tuple[float, float], foot: float
) -> float:
    """Move small communities to rows of discs below `foot`; return where the last row ends."""
    (left, right), tallest = sides, 0.0
    x = left
    for who, radius in zip(members, radii.tolist(), strict=True):
        if x + 2 * radius > right:
            x, foot, tallest = left, foot + tallest, 0.0
        places[who] += (x + radius, foot + radius)
        x, tallest = x + 2 * radius, max(tallest, 2 * radius)
    return foot + tallest
