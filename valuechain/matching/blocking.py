"""Which pairs are worth comparing: those that share something rare. Nothing here grows with the square of the store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from valuechain.matching.comparable import Comparable
    from valuechain.model.arrays import Integers

LARGEST_BLOCK = 40
"""Organisations that may share one thing and all be compared with each other; more share it by chance."""

RAREST_WORDS = 3
"""Words of a name by which it is looked for."""

WINDOW = 4
"""Neighbours in alphabetical order that are compared."""

ID_WINDOW = 50
"""Neighbours that are compared where more than a block holds one strong id."""


def pairs(some: Comparable) -> tuple[Integers, Integers]:
    """Return the rows of each pair to compare, the smaller row first, without repeats.

    Compared are organisations that share a strong id, a web domain, one of the rarest words of a name, a postcode or
    town together with the beginning of a name, a group, or that are neighbours in the alphabetical order of names.
    Where more than LARGEST_BLOCK share one of these, the next rarer thing has to bring them together; only of strong
    ids each holder is still compared with its ID_WINDOW neighbours.
    """
    from valuechain.matching.comparable import IDS

    count = len(some.keys)
    found = [_coded(*pair, count) for pair in _by_words(some)]
    for name in ("domain", "group_id", *IDS):
        found.append(_coded(*_in_blocks(some.codes[name], np.arange(count)), count))
    for name in IDS:
        found.append(_coded(*_neighbours(some.codes[name], ID_WINDOW), count))
    found += [_coded(*pair, count) for pair in _by_place(some)]
    found.append(_coded(*_alphabetical(some), count))
    together = np.unique(np.concatenate(found))
    return together // max(count, 1), together % max(count, 1)


def _by_words(some: Comparable) -> Iterator[tuple[Integers, Integers]]:
    """Organisations that share one of the rarest words of a name, and such as have their rarest word in common."""
    weights, owner = some.weights, some.names["organisation"].to_numpy(np.int64)
    row = np.repeat(np.arange(weights.shape[0]), np.diff(weights.indptr))
    order = np.lexsort((weights.indices, -weights.data, row))
    rank = np.arange(len(order)) - weights.indptr[row[order]]
    chosen = order[rank < RAREST_WORDS]
    yield _in_blocks(weights.indices[chosen].astype(np.int64), owner[row[chosen]])


def _by_place(some: Comparable) -> Iterator[tuple[Integers, Integers]]:
    """Organisations in one postcode or town whose names begin alike: with one word, or one letter."""
    owner = some.names["organisation"].to_numpy(np.int64)
    words = [one[0] for one in some.names["words"]]
    city = _numbered(some.city[place] for place in owner)
    postcode = some.codes["postcode"][owner]
    first, letter = _numbered(iter(words)), _numbered(word[0] for word in words)
    for place in (city, postcode):
        for beginning in (first, letter):
            both = np.where((place >= 0) & (beginning >= 0), place * (len(words) + 1) + beginning, -1)
            yield _in_blocks(both, owner)


def _alphabetical(some: Comparable) -> tuple[Integers, Integers]:
    """Neighbours in the alphabetical order of all names."""
    owner = some.names["organisation"].to_numpy(np.int64)
    order = np.array(sorted(range(len(owner)), key=some.names["text"].tolist().__getitem__), dtype=np.int64)
    sides = [(owner[order[:-step]], owner[order[step:]]) for step in range(1, min(WINDOW, len(order) - 1) + 1)]
    if not sides:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    return np.concatenate([one for one, _ in sides]), np.concatenate([other for _, other in sides])


def _in_blocks(block: Integers, row: Integers) -> tuple[Integers, Integers]:
    """All pairs of rows within each block that is not too large; blocks of number -1 are none."""
    together = np.unique(np.stack([block[block >= 0], row[block >= 0]], axis=1), axis=0)
    _, start, size = np.unique(together[:, 0], return_index=True, return_counts=True)
    firsts, seconds = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for many in range(2, LARGEST_BLOCK + 1):
        begin = start[size == many]
        if len(begin):
            one, other = np.triu_indices(many, 1)
            firsts.append(together[(begin[:, None] + one).ravel(), 1])
            seconds.append(together[(begin[:, None] + other).ravel(), 1])
    return np.concatenate(firsts), np.concatenate(seconds)


def _neighbours(code: Integers, window: int) -> tuple[Integers, Integers]:
    """Each row with the next rows of the same code, at most `window` of them."""
    order = np.argsort(code, kind="stable")
    order = order[code[order] >= 0]
    firsts, seconds = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for step in range(1, min(window, len(order) - 1) + 1):
        alike = code[order[:-step]] == code[order[step:]]
        firsts.append(order[:-step][alike])
        seconds.append(order[step:][alike])
    return np.concatenate(firsts).astype(np.int64), np.concatenate(seconds).astype(np.int64)


def _coded(first: Integers, second: Integers, count: int) -> Integers:
    """One number for each pair of two different rows."""
    low, high = np.minimum(first, second), np.maximum(first, second)
    coded: Integers = (low * count + high)[low != high]
    return coded


def _numbered(values: Iterator[str]) -> Integers:
    seen: dict[str, int] = {}
    return np.array([seen.setdefault(value, len(seen)) if value else -1 for value in values], dtype=np.int64)
