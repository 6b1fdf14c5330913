"""The score of a pair of organisations, learnt from who began to work together in a span of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._pair_features import FEATURES, partners
from valuechain.kernels.pair_features import Weights, best_of, features_of
from valuechain.kernels.rows import starts

if TYPE_CHECKING:
    from valuechain.analyses._link_history import History, Pairs
    from valuechain.kernels.pair_features import Surroundings
    from valuechain.model.arrays import Booleans, Floats, Integers

SHOWN = 10
"""Suggestions for each organisation that are calibrated and tested."""

MOST_SOURCES = 2000
"""So many organisations, drawn by chance, are learnt from and tested on at most."""

NEAREST, RANDOM = 30, 30
"""Pairs without a link that are set beside each new link: with partners as many as the new one has, and any."""

_SCALE = np.array([feature.scale for feature in FEATURES])


@dataclass(frozen=True, eq=False)
class Model:
    """A linear score and the chance that it stands for.

    log(p / (1 - p)) = slope * score + offset + log(known_then / known): the chance was learnt among `known_then`
    organisations; an organisation gets no more new partners because there are more to choose from.
    """

    weights: Weights
    slope: float
    offset: float
    known_then: int

    def score(self, features: Floats) -> Floats:
        """Return the score of pairs from their features, a row each."""
        score: Floats = transformed(features) @ self.weights.weight
        return score

    def probability(self, score: Floats, known: int) -> Floats:
        """Return the chance (0..1) that scores stand for among so many known organisations."""
        logit = self.slope * score + self.offset + np.log(self.known_then / max(1, known))
        chance: Floats = 1.0 / (1.0 + np.exp(-logit))
        return chance


def transformed(features: Floats) -> Floats:
    """Return features as the score weighs them: log(1 + scale * value), or the value itself."""
    told: Floats = np.where(_SCALE > 0, np.log1p(features * _SCALE), features)
    return told


def fit(around: Surroundings, history: History, since: int, until: int, seed: int) -> Model:
    """Learn from the links that were new from `since` on and before `until`, as things stood before `since`.

    Logistic regression tells a new link from pairs without one. Its scores are then calibrated on what it would have
    shown at `since`: the SHOWN best of each organisation, and which of them became links (Platt 1999).
    """
    from sklearn.linear_model import LogisticRegression

    links = history.new_links(since, until)
    known = history.known_before(since)
    chance = np.random.default_rng(seed)
    first, second_start, second, became = examples(around, links, known, chance)
    x = transformed(features_of(around, first, second_start, second))
    spread = x.std(axis=0)
    spread[spread == 0] = np.inf
    learnt = LogisticRegression(max_iter=1000).fit((x - x.mean(axis=0)) / spread, became)
    weights = Weights(learnt.coef_[0] / spread, _SCALE)
    score, hit = shown(around, weights, links, known, history.group, chance)
    slope, offset = _calibrated(score, hit)
    return Model(weights, slope, offset, int(known.sum()))


def _calibrated(score: Floats, hit: Booleans) -> tuple[float, float]:
    from sklearn.linear_model import LogisticRegression

    if hit.all() or not hit.any():
        return 0.0, float(np.log((hit.sum() + 0.5) / ((~hit).sum() + 0.5)))
    mean, spread = score.mean(), score.std() or 1.0
    learnt = LogisticRegression(C=1e6).fit(((score - mean) / spread)[:, None], hit)
    slope = float(learnt.coef_[0, 0]) / spread
    return slope, float(learnt.intercept_[0]) - slope * mean


def shown(
    around: Surroundings, weights: Weights, links: Pairs, known: Booleans, group: Integers, chance: np.random.Generator
) -> tuple[Floats, Booleans]:
    """Return the scores of what would have been suggested to those who were known, and which of it became a link."""
    everybody = np.flatnonzero(known)
    sources = np.sort(chance.permutation(everybody)[:MOST_SOURCES])
    nobody = np.zeros(len(group) + 1, dtype=np.int64), np.zeros(0, dtype=np.int32)
    second, score, _ = best_of(around, weights, sources, SHOWN, *nobody, group, known)
    there = second >= 0
    first = np.broadcast_to(sources[:, None], second.shape)[there]
    return score[there], linked(links, len(group), first, second[there])


def linked(links: Pairs, count: int, first: Integers, second: Integers) -> Booleans:
    """Return which pairs are among the links, whichever end is named first."""
    low, high = np.minimum(first, second), np.maximum(first, second)
    found: Booleans = np.isin(low * count + high, links.first * count + links.second)
    return found


def by_source(links: Pairs, count: int, chance: np.random.Generator) -> tuple[Integers, Integers, Integers]:
    """Return who got new partners (MOST_SOURCES of them at most), where the new ones of each begin, and these."""
    ends = np.concatenate([links.first, links.second]), np.concatenate([links.second, links.first])
    sources = np.unique(ends[0])
    sources = np.sort(chance.permutation(sources)[:MOST_SOURCES])
    kept = np.isin(ends[0], sources)
    first, second = ends[0][kept], ends[1][kept]
    order = np.lexsort((second, first))
    row = np.searchsorted(sources, first[order])
    return sources, starts(row, len(sources)), second[order]


def examples(
    around: Surroundings, links: Pairs, known: Booleans, chance: np.random.Generator
) -> tuple[Integers, Integers, Integers, Booleans]:
    """Return pairs to learn from: whose, where the others of each begin, the others, and which of them became links."""
    sources, start, new = by_source(links, len(known), chance)
    degree = partners(around)
    order = by_degree(degree, chance)
    others: list[Integers] = []
    for place, source in enumerate(sources):
        found = new[start[place] : start[place + 1]]
        unlinked = order[strangers(around, known, source, found)[order]]
        near = [nearest(degree, unlinked, one, NEAREST) for one in found]
        drawn = chance.choice(unlinked, min(len(unlinked), RANDOM * len(found)), replace=False)
        others.append(np.concatenate([found, np.unique(np.concatenate([*near, drawn]))]))
    second_start = np.concatenate([[0], np.cumsum([len(some) for some in others])]).astype(np.int64)
    second = np.concatenate([np.zeros(0, dtype=np.int64), *others])
    first = np.repeat(sources, np.diff(second_start))
    return sources, second_start, second, linked(links, len(known), first, second)


def strangers(around: Surroundings, known: Booleans, source: int, new: Integers) -> Booleans:
    """Return who was known, and neither is nor became a partner of one organisation."""
    chosen = known.copy()
    chosen[source] = False
    chosen[around.partner[around.start[source] : around.start[source + 1]]] = False
    chosen[new] = False
    return chosen


def by_degree(degree: Integers, chance: np.random.Generator) -> Integers:
    """Return everybody in the order of their partners; equal ones in an order of chance."""
    return np.lexsort((chance.random(len(degree)), degree))


def nearest(degree: Integers, ordered: Integers, one: int, most: int) -> Integers:
    """Return the `most` of those in `ordered` whose number of partners is nearest, as a ratio, to that of `one`."""
    sizes = np.log1p(degree[ordered])
    size = np.log1p(degree[one])
    low, high = np.searchsorted(sizes, size, "left"), np.searchsorted(sizes, size, "right")
    begin, end = max(0, low - most), min(len(ordered), max(high, low + most) + most)
    window = np.arange(begin, end)
    # Of equal ones the first are taken: `ordered` has them in an order of chance.
    order = np.argsort(np.abs(sizes[window] - size), kind="stable")[:most]
    return ordered[window[order]]
