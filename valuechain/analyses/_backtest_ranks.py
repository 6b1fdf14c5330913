"""Where later partners stood among those suggested: ranks, and what is told of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._link_examples import by_degree, by_source, nearest, strangers
from valuechain.analyses._pair_features import partners
from valuechain.kernels.pair_features import COMMON, PARTNERS, features_of
from valuechain.model.language import term
from valuechain.model.watching import tell

if TYPE_CHECKING:
    from valuechain.analyses._link_history import Pairs
    from valuechain.analyses._link_model import Model
    from valuechain.kernels.pair_features import Surroundings
    from valuechain.model.arrays import Booleans, Floats, Integers

MATCHED, ALL = term("as well connected"), term("everybody")
"""Against whom a later partner is set: others with as many partners as it had, or all that were no partners."""

LEARNED, POPULARITY = term("learned"), term("preferential attachment")
COMMON_PARTNERS = term("common neighbours")
METHODS = (LEARNED, POPULARITY, COMMON_PARTNERS)

NEGATIVES = 100
"""Others with as many partners that a later partner is set against."""

HITS = 10
DRAWS = 1000
"""Times that organisations are drawn anew for an interval."""


@dataclass(frozen=True, eq=False)
class Ranks:
    """How each source organisation fared: mean over its new partners of 1 / rank, and share of ranks up to HITS.

    Both are (settings, methods, sources), in the order of (MATCHED, ALL) and METHODS. `negatives` (2,) is the mean
    number of others that a new partner was set against.
    """

    reciprocal: Floats
    hits: Floats
    negatives: Floats


@dataclass(frozen=True)
class Figure:
    """A mean over source organisations with its 95 % interval."""

    value: float
    low: float
    high: float


def ranks(around: Surroundings, model: Model, links: Pairs, known: Booleans, seed: int) -> Ranks:
    """Rank the new partners of each source one by one, its other new partners left out; ties get the expected rank."""
    chance = np.random.default_rng(seed)
    sources, start, new = by_source(links, len(known), chance)
    degree = partners(around)
    order = by_degree(degree, known, chance)
    reciprocal, hits = (np.zeros((2, len(METHODS), len(sources))) for _ in range(2))
    negatives = np.zeros(2)
    for place, source in enumerate(sources):
        later = new[start[place] : start[place + 1]]
        others = order[strangers(around, known, source, later)[order]]
        pairs = np.concatenate([later, others])
        features = features_of(around, sources[place : place + 1], np.array([0, len(pairs)]), pairs)
        scores = np.stack([model.score(features), features[:, PARTNERS], features[:, COMMON]])
        found = np.stack([_matched(scores, degree, later, others), _among_all(scores, len(later))])
        reciprocal[:, :, place] = (1.0 / found).mean(axis=2)
        hits[:, :, place] = (found <= HITS).mean(axis=2)
        negatives += min(NEGATIVES, len(others)), len(others)
        tell(place + 1, len(sources))
    return Ranks(reciprocal, hits, negatives / max(1, len(sources)))


def _matched(scores: Floats, degree: Integers, later: Integers, others: Integers) -> Floats:
    place_of = np.zeros(len(degree), dtype=np.int64)
    place_of[others] = np.arange(len(later), len(later) + len(others))
    found = np.empty((len(scores), len(later)))
    for number, one in enumerate(later):
        against = scores[:, place_of[nearest(degree, others, one, NEGATIVES)]]
        own = scores[:, number, None]
        found[:, number] = 1.0 + (against > own).sum(axis=1) + (against == own).sum(axis=1) / 2.0
    return found


def _among_all(scores: Floats, later: int) -> Floats:
    found = np.empty((len(scores), later))
    for method, score in enumerate(scores):
        against = np.sort(score[later:])
        above = len(against) - np.searchsorted(against, score[:later], side="right")
        level = len(against) - above - np.searchsorted(against, score[:later], side="left")
        found[method] = 1.0 + above + level / 2.0
    return found


def figure(each: Floats, seed: int) -> Figure:
    """Return the mean over sources and the interval in which it lies for 95 % of draws of as many of them."""
    low, high = np.percentile(_drawn_means(each[None], seed)[0], [2.5, 97.5])
    return Figure(float(each.mean()), float(low), float(high))


def ratio(each: Floats, other: Floats, seed: int) -> Figure:
    """Return how many times the mean of `other` the mean of `each` is, both drawn alike for the interval."""
    ours, theirs = _drawn_means(np.stack([each, other]), seed)
    low, high = np.percentile(ours / np.maximum(theirs, 1e-12), [2.5, 97.5])
    return Figure(float(each.mean() / max(1e-12, other.mean())), float(low), float(high))


def _drawn_means(each: Floats, seed: int) -> Floats:
    chance = np.random.default_rng(seed)
    count = each.shape[1]
    return np.stack([each[:, chance.integers(count, size=count)].mean(axis=1) for _ in range(DRAWS)], axis=1)
